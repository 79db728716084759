import type { dossierLines, DossierView } from '../../contract/dossiers.ts';
import type { BodyOf } from '../../contract/line.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import type { Rank } from '../../kernel/labels.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import { mayBeKept, mayKnowDossier } from '../classification/index.ts';
import * as told from './events.ts';
import { dossierDetail, itemFacts, sightOf, standingRecords, type Door } from './queries.ts';
import { mayKeep, nextNotation, retentionOf, retentionText, stateAllows, type DossierAction } from './rules.ts';
import { askedChecks, checksOf, missingFor } from './rules-checks.ts';
import { dossierView } from './service-view.ts';
import * as store from './store.ts';
import type { DossierChange, DossierFields, StoredDossier, Transaction, Writing } from './store.ts';
import { headingById } from './store-plan.ts';

export interface DossierPorts {
  readonly database: { transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> };
  readonly onBehalfOf: (actor: Actor) => Door;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly site: 'networked' | 'isolated';
  /**
   * Writes the code of a record's home into its fields, with its history, in the transaction of the move. Why is said in the
   * dossier alone: who reads the record may not know the dossier.
   */
  readonly setCode: (
    tx: Transaction,
    who: Requester,
    actor: Actor,
    recordId: string,
    code: { readonly year: number; readonly notation: string } | null,
  ) => Promise<void>;
}

type Body<Name extends keyof typeof dossierLines> = BodyOf<(typeof dossierLines)[Name]>;
export type Dossiers = ReturnType<typeof createDossiers>;

export const wrongField = (path: string, problem: string): Refusal =>
  new Refusal('bad-request', {}, [{ path, problem }]);

/** Whoever keeps a dossier must be able to see what stands in it. */
export const aboveOwner = (path: string): Refusal =>
  new Refusal('above-owner-clearance', {}, [{ path, problem: 'above-owner-clearance' }]);

/** May it be done: known, theirs to do, and in a state for it, in this order, so that a stranger learns nothing. */
export function checkAct(actor: Actor, action: DossierAction, dossier: StoredDossier | undefined): StoredDossier {
  if (!dossier || !mayKnowDossier(actor, dossier).allowed) throw new Refusal('not-found');
  if (!mayKeep(actor, action, dossier)) throw new Refusal('role-not-allowed');
  if (!stateAllows(action, dossier.state)) throw new Refusal('dossier-not-open', { notation: dossier.notation });
  return dossier;
}

/** Opened, corrected, closed, opened again. What goes in and out is in service-items.ts, the plan in service-plan.ts. */
export function createDossiers(ports: DossierPorts) {
  const { database, audit, clock } = ports;
  const today = (): string => vietnamDay(clock.now());

  const view = (actor: Actor, id: string): Promise<DossierView> =>
    dossierView(ports.onBehalfOf(actor), actor, id, today());

  function acting<T>(actor: Actor, work: (at: Writing) => Promise<T>): Promise<T> {
    return database.transaction((tx) => work({ tx, at: clock.now(), by: actor.personId }));
  }

  /** An act that changes nothing still shows the dossier to who asked: the log says so. */
  async function onlySeen({ tx }: Writing, who: Requester, actor: Actor, id: string): Promise<void> {
    const seen = await dossierDetail(tx, sightOf(actor, today()), id);
    if (seen) await audit.tell(tx, who, told.dossierViewed(seen, seen.records));
  }

  async function locked(at: Writing, actor: Actor, action: DossierAction, id: string, version: number) {
    const dossier = checkAct(actor, action, (await store.lockDossiers(at.tx, [id])).get(id));
    if (dossier.version !== version) throw new Refusal('conflict');
    return dossier;
  }

  /** Somebody who works here today, cleared as far as `seen` goes. */
  async function checkOwner(at: Writing, actor: Actor, ownerId: string, seen: Rank): Promise<void> {
    const clearance = await store.clearanceOf(at.tx, actor.agencyId, ownerId, today());
    if (clearance === undefined) throw wrongField('ownerId', 'unknown-person');
    if (clearance < seen) throw aboveOwner('ownerId');
  }

  function checkTitleRank(actor: Actor, rank: Rank): void {
    if (!mayBeKept(rank, ports.site)) throw new Refusal('secret-not-kept-here');
    if (rank > actor.clearance) throw wrongField('titleRank', 'above-own-clearance');
  }

  async function checkHeading(at: Writing, actor: Actor, headingId: string, year: number): Promise<string> {
    const heading = await headingById(at.tx, actor.agencyId, headingId);
    if (heading?.year !== year) throw wrongField('headingId', 'unknown-heading');
    return heading.planId;
  }

  async function checkUnit(at: Writing, actor: Actor, unitId: string): Promise<string> {
    const symbol = await store.unitSymbol(at.tx, actor.agencyId, unitId, today());
    if (symbol === undefined) throw wrongField('unitId', 'unknown-unit');
    return symbol;
  }

  function checkDates({ startDate, endDate }: { startDate: string | null; endDate: string | null }): void {
    if (startDate !== null && endDate !== null && endDate < startDate) throw wrongField('endDate', 'before-start');
  }

  /** Outside the plan, or added to it where the archive adds it: open at once (Điều 29(1)). */
  async function add(who: Requester, actor: Actor, wish: Body<'add'>): Promise<DossierView> {
    checkTitleRank(actor, wish.titleRank);
    checkDates(wish);
    // Nobody opens a dossier that they could not find again.
    const ownerId = wish.ownerId ?? (actor.deskOf.length > 0 ? null : actor.personId);
    const id = await acting(actor, async (at) => {
      if (ownerId !== null) await checkOwner(at, actor, ownerId, wish.titleRank);
      const symbol = wish.unitId === null ? undefined : await checkUnit(at, actor, wish.unitId);
      // Headings stand still from here on too: one that is empty may be removed.
      await store.lockCodes(at.tx, actor.agencyId);
      const planId = wish.headingId === null ? null : await checkHeading(at, actor, wish.headingId, wish.year);
      const notation = await codeFor(at, actor, wish, symbol);
      const dossier = {
        ...fieldsOf(wish),
        ownerId,
        notation,
        startDate: wish.startDate ?? today(),
        agencyId: actor.agencyId,
        year: wish.year,
        // The plan is the archive's; what others add stands under its heading and outside the plan.
        planId: actor.permissions.has('dossier.plan') ? planId : null,
        planOrder: null,
        state: 'open' as const,
      };
      checkDates(dossier);
      if (!mayKnowDossier(actor, dossier).allowed) throw wrongField('ownerId', 'out-of-own-reach');
      const added = await store.insertDossier(at, dossier);
      await store.keepDossierChange(at, added, { field: 'state', before: null, after: 'open' });
      await audit.tell(at.tx, who, told.dossierAdded({ id: added, rank: wish.titleRank }, wish.year));
      return added;
    });
    return view(actor, id);
  }

  /** The code that was said, when nobody bears it; else the next of its heading. Under the lock of codes. */
  async function codeFor(
    at: Writing,
    actor: Actor,
    wish: { year: number; notation: string | null; headingId: string | null },
    unitSymbol: string | undefined,
  ): Promise<string> {
    const standing = await store.notationsOf(at.tx, actor.agencyId, wish.year);
    const taken = new Set(standing.map(({ notation }) => notation));
    if (wish.notation !== null) {
      if (taken.has(wish.notation)) throw wrongField('notation', 'taken');
      return wish.notation;
    }
    const symbol = unitSymbol ?? (await store.agencySymbol(at.tx, actor.agencyId));
    const beside = standing
      .filter(({ headingId }) => headingId === wish.headingId)
      .map(({ notation }) => notation)
      // Without a heading nothing holds codes together but their abbreviation.
      .filter((notation) => wish.headingId !== null || notation.endsWith(`.${symbol}`));
    const next = nextNotation(beside, symbol, taken);
    if (next.length > 20) throw wrongField('notation', 'needed');
    return next;
  }

  async function open(who: Requester, actor: Actor, id: string, wish: Body<'open'>): Promise<DossierView> {
    await acting(actor, async (at) => {
      const dossier = await locked(at, actor, 'open', id, wish.version);
      const startDate = wish.startDate ?? dossier.startDate ?? today();
      checkDates({ startDate, endDate: dossier.endDate });
      await store.updateDossier(at.tx, dossier, { state: 'open', openedAt: at.at, openedBy: at.by, startDate });
      await keep(at, dossier, [
        { field: 'state', before: dossier.state, after: 'open' },
        { field: 'startDate', before: dossier.startDate, after: startDate },
      ]);
      await audit.tell(at.tx, who, told.dossierOpened({ id, rank: dossier.titleRank }));
    });
    return view(actor, id);
  }

  async function keep(at: Writing, dossier: StoredDossier, changes: readonly DossierChange[], reason?: string) {
    for (const change of changes)
      if (JSON.stringify(change.before) !== JSON.stringify(change.after))
        await store.keepDossierChange(at, dossier.id, change, {
          reason: reason ?? null,
          rankBefore: dossier.titleRank,
        });
  }

  async function correct(who: Requester, actor: Actor, id: string, wish: Body<'correct'>): Promise<DossierView> {
    await acting(actor, async (at) => {
      // A new code goes into the fields of every document whose home this is; records are held before dossiers.
      const inside = wish.fields.notation === undefined ? [] : await store.homeRecords(at.tx, id);
      await store.lockRecords(at.tx, inside);
      const dossier = await locked(at, actor, 'correct', id, wish.version);
      const said = saidOf(wish.fields);
      if (!(await setFields(at, who, actor, dossier, said, wish.reason, inside))) await onlySeen(at, who, actor, id);
    });
    return view(actor, id);
  }

  /** Fields of a dossier that is held, as the documents `inside` are when its code changes. False when nothing changes. */
  async function setFields(
    at: Writing,
    who: Requester,
    actor: Actor,
    dossier: StoredDossier,
    said: Partial<DossierFields>,
    reason?: string,
    inside: readonly string[] = [],
  ): Promise<boolean> {
    const { id } = dossier;
    const after = { ...dossier, ...said };
    const changes = changedFields(dossier, after);
    if (changes.length === 0) return false;
    const changed = new Set(changes.map(({ field }) => field));
    await checkCorrection(at, actor, dossier, after, changed, reason);
    const set = Object.fromEntries(changes.map(({ field, after: value }) => [field, value]));
    await store.updateDossier(at.tx, dossier, set);
    await keep(at, dossier, changes.map(asRead), reason);
    await store.remark(at.tx, [id]);
    if (changed.has('notation')) {
      if ((await store.homeRecords(at.tx, id)).join() !== inside.join()) throw new Refusal('conflict');
      const code = { year: dossier.year, notation: after.notation };
      for (const recordId of inside) await ports.setCode(at.tx, who, actor, recordId, code);
    }
    const rank = Math.max(dossier.titleRank, after.titleRank) as Rank;
    await audit.tell(at.tx, who, told.dossierCorrected({ id, rank }, [...changed]));
    return true;
  }

  async function checkCorrection(
    at: Writing,
    actor: Actor,
    before: StoredDossier,
    after: StoredDossier,
    changed: ReadonlySet<string>,
    reason: string | undefined,
  ): Promise<void> {
    checkDates(after);
    if (changed.has('titleRank')) checkTitleRank(actor, after.titleRank);
    if (after.titleRank < before.titleRank && (reason ?? '') === '') throw wrongField('reason', 'needed');
    if (changed.has('unitId') && after.unitId !== null) await checkUnit(at, actor, after.unitId);
    if (changed.has('headingId') || changed.has('notation')) await store.lockCodes(at.tx, actor.agencyId);
    if (changed.has('headingId') && after.headingId !== null)
      await checkHeading(at, actor, after.headingId, after.year);
    if (after.ownerId !== null && (changed.has('ownerId') || after.titleRank > before.titleRank)) {
      // Only as far as this person sees: refusing for what they may not know would tell them of it. Closing looks again.
      const seen = (await dossierDetail(at.tx, sightOf(actor, today()), before.id))?.rank ?? 0;
      await checkOwner(at, actor, after.ownerId, Math.max(after.titleRank, changed.has('ownerId') ? seen : 0) as Rank);
    }
    if (!mayKnowDossier(actor, after).allowed) throw wrongField('ownerId', 'out-of-own-reach');
    if (changed.has('notation')) {
      const standing = await store.notationsOf(at.tx, actor.agencyId, before.year);
      if (standing.some(({ notation }) => notation === after.notation)) throw wrongField('notation', 'taken');
    }
  }

  /**
   * Whoever closes has gone through everything that stands inside (Điều 29), so they must be able to see it all. Who cannot
   * is told so only when everything they do see is in order, and in the same words whatever it is and how much: that
   * somebody else must close is the least that can be said.
   */
  async function close(who: Requester, actor: Actor, id: string, wish: Body<'close'>): Promise<DossierView> {
    await acting(actor, async (at) => {
      const dossier = await locked(at, actor, 'close', id, wish.version);
      if (wish.endDate > today()) throw wrongField('endDate', 'in-the-future');
      checkDates({ startDate: dossier.startDate, endDate: wish.endDate });
      const facts = await itemFacts(at.tx, sightOf(actor, today()), id);
      const checks = checksOf({ ...dossier, retention: retentionOf(dossier.retention) }, facts);
      const missing = missingFor(checks, wish.confirmed);
      if (missing.length > 0)
        throw new Refusal(
          'dossier-not-ready',
          {},
          missing.map((code) => ({ path: `checks.${code}`, problem: 'needed' })),
        );
      if ((await standingRecords(at.tx, id)) !== facts.length) throw new Refusal('another-must-close');
      await store.updateDossier(at.tx, dossier, {
        state: 'closed',
        closedAt: at.at,
        closedBy: at.by,
        closingNote: wish.closingNote,
        endDate: wish.endDate,
        confirmed: askedChecks.filter((code) => wish.confirmed.includes(code)),
      });
      const changes: DossierChange[] = [
        { field: 'endDate', before: dossier.endDate, after: wish.endDate },
        { field: 'state', before: dossier.state, after: 'closed' },
      ];
      await keep(at, dossier, changes, wish.closingNote);
      await audit.tell(at.tx, who, told.dossierClosed({ id, rank: dossier.titleRank }, facts.length));
    });
    return view(actor, id);
  }

  async function reopen(who: Requester, actor: Actor, id: string, wish: Body<'reopen'>): Promise<DossierView> {
    await acting(actor, async (at) => {
      const dossier = await locked(at, actor, 'reopen', id, wish.version);
      await store.updateDossier(at.tx, dossier, {
        state: 'open',
        closedAt: null,
        closedBy: null,
        closingNote: null,
        confirmed: [],
      });
      const changes: DossierChange[] = [
        { field: 'closingNote', before: dossier.closingNote, after: null },
        { field: 'state', before: dossier.state, after: 'open' },
      ];
      await keep(at, dossier, changes, wish.reason);
      await audit.tell(at.tx, who, told.dossierReopened({ id, rank: dossier.titleRank }));
    });
    return view(actor, id);
  }

  return { view, acting, onlySeen, add, open, correct, setFields, close, reopen };
}

const emptyAsNull = (value: string | null): string | null => (value === '' ? null : value);

function fieldsOf(wish: Omit<Body<'add'>, 'year' | 'notation'>): Omit<DossierFields, 'notation'> {
  return {
    headingId: wish.headingId,
    title: wish.title,
    titleRank: wish.titleRank,
    unitId: wish.unitId,
    ownerId: wish.ownerId,
    retention: retentionText(wish.retention),
    retentionBasis: emptyAsNull(wish.retentionBasis),
    language: emptyAsNull(wish.language),
    startDate: wish.startDate,
    endDate: wish.endDate,
    note: emptyAsNull(wish.note),
  };
}

/** Fields as they are kept; what was not said stays out. */
function saidOf({ retention, ...rest }: Body<'correct'>['fields']): Partial<DossierFields> {
  const said = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, value === '' ? null : value] as const);
  return {
    ...Object.fromEntries(said),
    ...(retention === undefined ? {} : { retention: retentionText(retention) }),
  };
}

const correctable = [
  'notation',
  'headingId',
  'title',
  'titleRank',
  'unitId',
  'ownerId',
  'retention',
  'retentionBasis',
  'language',
  'startDate',
  'endDate',
  'note',
] as const satisfies readonly (keyof DossierFields)[];

function changedFields(before: DossierFields, after: DossierFields) {
  return correctable
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

/** The history says a period as the contract does. */
function asRead(change: DossierChange): DossierChange {
  if (change.field !== 'retention') return change;
  const read = (kept: unknown) => retentionOf(kept as string | null);
  return { field: change.field, before: read(change.before), after: read(change.after) };
}
