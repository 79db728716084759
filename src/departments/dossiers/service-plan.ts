import type { dossierLines, Heading } from '../../contract/dossiers.ts';
import type { BodyOf, ReplyOf } from '../../contract/line.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import type { AuditLog } from '../audit/index.ts';
import { headingAdded, planLoaded } from './events.ts';
import { nextNumeral, retentionText } from './rules.ts';
import { readPlan, type LoadedDossier, type PlanLoad } from './rules-load.ts';
import { wrongField, type DossierPorts } from './service.ts';
import { insertDossier, lockCodes, notationsOf, type Transaction, type Writing } from './store.ts';
import * as store from './store-plan.ts';

type Body<Name extends keyof typeof dossierLines> = BodyOf<(typeof dossierLines)[Name]>;
type LoadReply = ReplyOf<(typeof dossierLines)['load']>;
export type FilePlan = ReturnType<typeof createFilePlan>;

/** The yearly plan: its headings one by one, or the whole of it from a table. */
export function createFilePlan(options: {
  readonly database: DossierPorts['database'];
  readonly audit: AuditLog;
  readonly clock: Clock;
}) {
  const { database, audit, clock } = options;

  const writing = (tx: Transaction, actor: Actor): Writing => ({ tx, at: clock.now(), by: actor.personId });

  /** Two levels, as the form has: what stands below a large heading bears an Arabic numeral and has nothing below it. */
  function addHeading(who: Requester, actor: Actor, wish: Body<'addHeading'>): Promise<Heading> {
    return database.transaction(async (tx) => {
      await lockCodes(tx, actor.agencyId);
      const standing = await store.headingsOfPlan(tx, actor.agencyId, wish.year);
      const parent = standing.find(({ id }) => id === wish.parentId);
      if (wish.parentId !== null && !parent) throw wrongField('parentId', 'unknown-heading');
      if (parent && parent.parentId !== null) throw wrongField('parentId', 'too-deep');
      const beside = standing.filter(({ parentId }) => parentId === wish.parentId);
      if (beside.some(({ title }) => title === wish.title)) throw wrongField('title', 'taken');
      const at = writing(tx, actor);
      const planId = await store.planFor(at, actor.agencyId, wish.year);
      const { ordinal, numeral } = nextNumeral(
        beside.map((heading) => heading.numeral),
        wish.parentId === null,
      );
      const heading = { parentId: wish.parentId, numeral, title: wish.title };
      const id = await store.insertHeading(at, { planId, ordinal, ...heading });
      await audit.tell(tx, who, headingAdded(id, wish.year));
      return { id, ...heading };
    });
  }

  /** Said first, done when asked for and nothing is wrong; read again under the lock of codes. */
  function load(who: Requester, actor: Actor, wish: Body<'load'>): Promise<LoadReply> {
    return database.transaction(async (tx) => {
      if (wish.apply) await lockCodes(tx, actor.agencyId);
      const names = await store.namesOf(tx, actor.agencyId, vietnamDay(clock.now()));
      const standing = await store.headingsOfPlan(tx, actor.agencyId, wish.year);
      const ways = waysOf(standing);
      const codes = await notationsOf(tx, actor.agencyId, wish.year);
      const read = readPlan(wish.rows, {
        headings: new Map(standing.map(({ id, title }) => [ways.get(id) ?? '', title])),
        dossiers: new Map(codes.map(({ notation, planTitle }) => [notation, planTitle])),
        units: new Set(names.units.keys()),
        people: new Map([...names.people].map(([name, { clearance }]) => [name, clearance])),
        clearance: actor.clearance,
      });
      if (!wish.apply || read.problems.length > 0) return answerOf(read, false);
      const at = writing(tx, actor);
      const planId = await store.planFor(at, actor.agencyId, wish.year);
      if (wish.document !== null && wish.document !== '') await store.setPlanDocument(at, planId, wish.document);
      const headingIds = new Map([...ways].map(([id, way]) => [way, id]));
      for (const { key, parentKey, title, ...heading } of read.headings) {
        const parentId = headingIds.get(parentKey ?? '') ?? null;
        headingIds.set(key, await store.insertHeading(at, { planId, parentId, title, ...heading }));
      }
      for (const dossier of read.dossiers)
        await insertDossier(at, {
          ...plannedFrom(dossier),
          headingId: headingIds.get(dossier.headingKey) ?? null,
          unitId: names.units.get(dossier.unit ?? '') ?? null,
          ownerId: names.people.get(dossier.owner ?? '')?.id ?? null,
          agencyId: actor.agencyId,
          year: wish.year,
          planId,
        });
      await audit.tell(tx, who, planLoaded(wish.year, read.headings.length, read.dossiers.length));
      return answerOf(read, true);
    });
  }

  return { addHeading, load };
}

/** `I`, `I.2`: the way to each heading, as the load says it. */
function waysOf(headings: readonly store.StoredHeading[]): Map<string, string> {
  const ways = new Map<string, string>();
  for (const { id, parentId, numeral } of headings)
    ways.set(id, parentId === null ? numeral : `${ways.get(parentId) ?? ''}.${numeral}`);
  return ways;
}

function plannedFrom({ notation, title, titleRank, retention, note, order }: LoadedDossier) {
  return {
    notation,
    title,
    titleRank,
    retention: retentionText(retention),
    retentionBasis: null,
    language: null,
    startDate: null,
    endDate: null,
    note,
    planOrder: order,
    state: 'planned',
  } as const;
}

function answerOf(read: PlanLoad, applied: boolean): LoadReply {
  return {
    applied,
    problems: [...read.problems],
    headings: { added: read.headings.length, there: read.there.headings },
    dossiers: { added: read.dossiers.length, there: read.there.dossiers },
  };
}
