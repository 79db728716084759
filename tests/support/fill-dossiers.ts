import type { Rank } from '../../src/kernel/labels.ts';
import { newId } from '../../src/kernel/ids.ts';
import { retentionText } from '../../src/departments/dossiers/rules.ts';
import { readPlan } from '../../src/departments/dossiers/rules-load.ts';
import * as store from '../../src/departments/dossiers/store.ts';
import { insertHeading, namesOf, planFor } from '../../src/departments/dossiers/store-plan.ts';
import type { GeneratedLetter, GeneratedPlan } from './generated-office.ts';

/** A dossier that letters go into as they are written. */
interface Shelf {
  readonly id: string;
  readonly titleRank: Rank;
  /** Its owner's clearance: what is above stays out, and bears the code as it was typed. */
  readonly cleared: Rank;
  places: number;
}

interface Keeping {
  readonly agencyId: string;
  readonly officerId: string;
  readonly clerkId: string;
}

export type Shelves = ReadonlyMap<string, Shelf>;
const keyOf = (year: number, notation: string): string => `${String(year)} ${notation}`;
const today = (): string => new Date().toISOString().slice(0, 10);

/** The plans, read and written by the product's own reading and store, and every dossier opened as its year began. */
export async function openPlans(
  tx: store.Transaction,
  { agencyId, officerId }: Keeping,
  plans: readonly GeneratedPlan[],
): Promise<Shelves> {
  const { units, people } = await namesOf(tx, agencyId, today());
  const clearances = new Map([...people].map(([name, { clearance }]) => [name, clearance]));
  const shelves = new Map<string, Shelf>();
  for (const { year, rows } of plans) {
    const startDate = `${String(year)}-01-02`;
    const at = { tx, at: new Date(`${startDate}T01:00:00Z`), by: officerId };
    const none = new Map<string, never>();
    const known = { headings: none, dossiers: none, units: new Set(units.keys()), people: clearances };
    const { problems, headings, dossiers } = readPlan(rows, { ...known, clearance: 2 });
    if (problems.length > 0) throw new Error(`the plan cannot be read: ${JSON.stringify(problems.slice(0, 5))}`);
    const planId = await planFor(at, agencyId, year);
    const headingIds = new Map<string, string>();
    for (const { key, parentKey: _, ...heading } of headings)
      headingIds.set(key, await insertHeading(at, { planId, parentId: null, ...heading }));
    for (const { headingKey, order, retention, unit, owner, ...row } of dossiers) {
      const keeper = people.get(owner ?? '');
      const id = await store.insertDossier(at, {
        ...row,
        agencyId,
        year,
        planId,
        planOrder: order,
        headingId: headingIds.get(headingKey) ?? null,
        unitId: units.get(unit ?? '') ?? null,
        ownerId: keeper?.id ?? null,
        retention: retentionText(retention),
        retentionBasis: null,
        language: null,
        startDate: null,
        endDate: null,
        state: 'planned',
      });
      shelves.set(keyOf(year, row.notation), {
        id,
        titleRank: row.titleRank,
        cleared: keeper?.clearance ?? 5,
        places: 0,
      });
    }
    const ids = [...shelves.values()].map((shelf) => shelf.id);
    for (const [id, dossier] of await store.lockDossiers(tx, ids)) {
      if (dossier.state !== 'planned') continue;
      await store.updateDossier(tx, dossier, { state: 'open', openedAt: at.at, openedBy: at.by, startDate });
      for (const [field, before, after] of [
        ['state', 'planned', 'open'],
        ['startDate', null, startDate],
      ] as const)
        await store.keepDossierChange(at, id, { field, before, after }, { rankBefore: dossier.titleRank });
    }
  }
  return shelves;
}

/** Where a letter goes as it is registered, and the link it is given then: rows of places and of the dossiers' history. */
export function placesFor(
  shelves: Shelves,
  { clerkId }: Keeping,
  letter: GeneratedLetter,
  record: { readonly id: string; readonly moment: Date },
) {
  const year = Number((letter.arrivalDate ?? letter.issuedDate).slice(0, 4));
  const { linkNotation, dossierNotation } = letter;
  const wanted: readonly (readonly [string | null, boolean])[] = [
    [dossierNotation, true],
    [linkNotation === dossierNotation ? null : linkNotation, false],
  ];
  const { id: recordId, moment } = record;
  return wanted.flatMap(([notation, home]) => {
    const shelf = notation === null ? undefined : shelves.get(keyOf(year, notation));
    if (!shelf || letter.rank > shelf.cleared) return [];
    shelf.places += 1;
    return [
      {
        item: {
          id: newId(moment),
          dossier_id: shelf.id,
          record_id: recordId,
          home,
          place: shelf.places,
          added_at: moment,
          added_by: clerkId,
        },
        change: {
          id: newId(moment),
          dossier_id: shelf.id,
          record_id: recordId,
          field: 'record',
          after: { recordId, as: home ? 'home' : 'link' },
          changed_at: moment,
          changed_by: clerkId,
          rank: shelf.titleRank,
        },
      },
    ];
  });
}

/** Every dossier bears the highest label inside. */
export const markDossiers = (tx: store.Transaction, shelves: Shelves): Promise<void> =>
  store.remark(
    tx,
    [...shelves.values()].map(({ id }) => id),
  );
