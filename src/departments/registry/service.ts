import type { RecordFields, RecordView, SaidFields } from '../../contract/registry.ts';
import { recordFieldNames } from '../../contract/registry.ts';
import type { Direction } from '../../contract/shapes.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { rankBeforeRegistration, type Rank } from '../../kernel/labels.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import { decide, labelRecord, loadSubject, mayBeKept, opensToAll, readersFor } from '../classification/index.ts';
import { recordCorrected, recordFrozen, recordRegistered, recordRelabelled } from './events.ts';
import {
  changesBetween,
  fieldsBeforeRegistration,
  impossibleDates,
  missingForRegister,
  numberAndSymbol,
  registerFor,
  type Change,
} from './rules.ts';
import type { RecordRow } from './schema.ts';
import {
  enter,
  insertRecord,
  keepChanges,
  lockRecord,
  registerOf,
  setSupportingUnits,
  strangeUnits,
  supportingUnits,
  updateRecord,
  type Transaction,
} from './store.ts';

export interface RegistryPorts {
  readonly database: { transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> };
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly site: 'networked' | 'isolated';
  /** Adds the job that brings the search index up to date, in the transaction of the change. */
  readonly changed: (tx: Transaction, recordId: string) => Promise<void>;
  /** The same for a record whose file is about to be read: when nothing else is to be done, since it comes again then. */
  readonly arrived: (tx: Transaction, recordId: string) => Promise<void>;
  readonly view: (actor: Actor, recordId: string) => Promise<RecordView>;
}

interface Distribution {
  readonly rank: Rank;
  readonly leadUnitId: string | null;
  readonly supportingUnitIds: readonly string[];
  readonly openToAll: boolean;
}

export type Registry = ReturnType<typeof createRegistry>;

export function fieldsOf(row: RecordRow): RecordFields {
  return Object.fromEntries(recordFieldNames.map((name) => [name, row[name]])) as RecordFields;
}

/** The record itself: made when a file arrives, entered in a register by a clerk, corrected with a reason ever after. */
export function createRegistry(ports: RegistryPorts) {
  const { database, audit, clock, site } = ports;

  /** A record nobody has described yet, in the caller's transaction: Có điều kiện, seen by its uploader and the desk. */
  async function receive(
    tx: Transaction,
    actor: Actor,
    id: string,
    fileName: string,
    direction: Direction,
  ): Promise<void> {
    const now = clock.now();
    await insertRecord(tx, {
      ...fieldsBeforeRegistration(fileName, direction),
      id,
      agencyId: actor.agencyId,
      state: 'draft',
      version: 1,
      rank: rankBeforeRegistration,
      openToAll: false,
      leadUnitId: null,
      arrivalNumber: null,
      receivedAt: now,
      receivedBy: actor.personId,
      registeredAt: null,
      registeredBy: null,
    });
    const readers = readersFor({
      agencyId: actor.agencyId,
      uploaderId: actor.personId,
      leadUnitId: null,
      supportingUnitIds: [],
      openToAll: false,
    });
    await labelRecord(tx, {
      recordId: id,
      rank: rankBeforeRegistration,
      readers,
      by: actor.personId,
      at: now,
      today: vietnamDay(now),
      reason: 'received',
    });
    await ports.arrived(tx, id);
  }

  async function locked(
    tx: Transaction,
    actor: Actor,
    action: 'register' | 'correct',
    id: string,
    version: number,
  ): Promise<RecordRow> {
    // Both are asked whether or not there is a record: a refusal takes as long as an absence.
    const row = await lockRecord(tx, id);
    const subject = await loadSubject(tx, id);
    const decision = subject && decide(actor, action, subject, vietnamDay(clock.now()));
    if (!row || !decision || (!decision.allowed && decision.rule !== 'state' && decision.rule !== 'permission'))
      throw new Refusal('not-found');
    if (decision.rule === 'permission') throw new Refusal('role-not-allowed');
    if (decision.rule === 'state') throw new Refusal('already-registered', { number: row.arrivalNumber ?? '—' });
    if (row.version !== version) throw new Refusal('conflict');
    return row;
  }

  /** A unit that ended since keeps the records it has: only those that are named anew must stand today. */
  async function checkDistribution(
    tx: Transaction,
    actor: Actor,
    wish: Distribution,
    standing: ReadonlySet<string | null>,
  ): Promise<void> {
    if (!mayBeKept(wish.rank, site)) throw new Refusal('secret-not-kept-here');
    if (wish.rank > actor.clearance)
      throw new Refusal('bad-request', {}, [{ path: 'rank', problem: 'above-own-clearance' }]);
    const named = [...wish.supportingUnitIds, ...(wish.leadUnitId === null ? [] : [wish.leadUnitId])];
    const anew = named.filter((unit) => !standing.has(unit));
    const strange = await strangeUnits(tx, actor.agencyId, anew, vietnamDay(clock.now()));
    if (strange.length > 0)
      throw new Refusal('bad-request', {}, [
        { path: strange.includes(wish.leadUnitId ?? '') ? 'leadUnitId' : 'supportingUnitIds', problem: 'unknown-unit' },
      ]);
  }

  function checkFields(fields: RecordFields): void {
    const wrong = [
      ...missingForRegister(fields).map((field) => ({ path: `fields.${field}`, problem: 'needed' })),
      ...impossibleDates(fields, vietnamDay(clock.now())),
    ];
    if (wrong.length > 0) throw new Refusal('bad-request', {}, wrong);
  }

  async function distribute(
    tx: Transaction,
    actor: Actor,
    row: RecordRow,
    wish: Distribution,
    reason: string,
  ): Promise<Change[]> {
    const now = clock.now();
    const openToAll = opensToAll(wish.rank, wish.openToAll);
    const supportingUnitIds = [...new Set(wish.supportingUnitIds)].sort();
    const before = {
      rank: row.rank,
      leadUnitId: row.leadUnitId,
      openToAll: row.openToAll,
      supportingUnitIds: await setSupportingUnits(tx, row.id, supportingUnitIds),
    };
    const after = { rank: wish.rank, leadUnitId: wish.leadUnitId, openToAll, supportingUnitIds };
    const readers = readersFor({ agencyId: row.agencyId, uploaderId: row.receivedBy, ...after });
    await labelRecord(tx, {
      recordId: row.id,
      rank: wish.rank,
      readers,
      by: actor.personId,
      at: now,
      today: vietnamDay(now),
      reason,
    });
    return (Object.keys(after) as (keyof typeof after)[])
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => ({ field: name as never, before: before[name], after: after[name] }));
  }

  /** Enters a draft in its register; the number is allocated here and nowhere else. */
  async function register(
    who: Requester,
    actor: Actor,
    id: string,
    wish: { fields: SaidFields; version: number } & Distribution,
  ): Promise<RecordView> {
    await database.transaction(async (tx) => {
      const row = await locked(tx, actor, 'register', id, wish.version);
      await checkDistribution(tx, actor, wish, new Set());
      const now = clock.now();
      const today = vietnamDay(now);
      const before = fieldsOf(row);
      const said: SaidFields = { ...wish.fields };
      if ((said.direction ?? before.direction) === 'incoming' && (said.arrivalDate ?? before.arrivalDate) === null)
        said.arrivalDate = today;
      const changes = changesBetween(before, said);
      const fields = {
        ...before,
        ...Object.fromEntries(changes.map((change) => [change.field, change.after])),
      };
      checkFields(fields);
      const moved = await distribute(tx, actor, row, wish, 'registered');
      await keepChanges(tx, [...changes, ...moved], { recordId: id, at: now, by: actor.personId, reason: null });
      const book = registerFor(fields, today);
      const register = await registerOf(tx, row.agencyId, book.direction, book.year, book.kind, now);
      const number = await enter(tx, register, {
        recordId: id,
        numberText: numberAndSymbol(fields.codeNumber, fields.codeNotation),
        at: now,
        by: actor.personId,
      });
      await updateRecord(tx, id, {
        ...fields,
        state: 'declared',
        version: row.version + 1,
        rank: wish.rank,
        openToAll: opensToAll(wish.rank, wish.openToAll),
        leadUnitId: wish.leadUnitId,
        arrivalNumber: number,
        registeredAt: now,
        registeredBy: actor.personId,
      });
      await audit.tell(
        tx,
        who,
        recordRegistered(id, wish.rank, { direction: book.direction, year: book.year, number }),
      );
      await ports.changed(tx, id);
    });
    return ports.view(actor, id);
  }

  /** Corrects a record. Once it is registered a reason is needed; its numbers and its direction stay. */
  async function correct(
    who: Requester,
    actor: Actor,
    id: string,
    wish: {
      fields: SaidFields;
      version: number;
      reason?: string | undefined;
      rank?: Rank | undefined;
      leadUnitId?: string | null | undefined;
      supportingUnitIds?: readonly string[] | undefined;
      openToAll?: boolean | undefined;
    },
  ): Promise<RecordView> {
    await database.transaction(async (tx) => {
      const row = await locked(tx, actor, 'correct', id, wish.version);
      const declared = row.state === 'declared';
      if (declared && (wish.reason ?? '') === '')
        throw new Refusal('bad-request', {}, [{ path: 'reason', problem: 'needed' }]);
      if (declared && wish.fields.direction !== undefined && wish.fields.direction !== row.direction)
        throw new Refusal('bad-request', {}, [{ path: 'fields.direction', problem: 'registered' }]);
      const supporting = await supportingUnits(tx, id);
      const distribution: Distribution = {
        rank: wish.rank ?? row.rank,
        leadUnitId: wish.leadUnitId === undefined ? row.leadUnitId : wish.leadUnitId,
        supportingUnitIds: wish.supportingUnitIds ?? supporting,
        openToAll: wish.openToAll ?? row.openToAll,
      };
      await checkDistribution(tx, actor, distribution, new Set([row.leadUnitId, ...supporting]));
      const changes = changesBetween(fieldsOf(row), wish.fields);
      const fields = {
        ...fieldsOf(row),
        ...Object.fromEntries(changes.map((change) => [change.field, change.after])),
      };
      if (declared) checkFields(fields);
      const now = clock.now();
      const moved = await distribute(tx, actor, row, distribution, wish.reason ?? 'draft');
      const all = [...changes, ...moved];
      if (all.length === 0) return;
      await keepChanges(tx, all, { recordId: id, at: now, by: actor.personId, reason: wish.reason ?? null });
      await updateRecord(tx, id, {
        ...fields,
        version: row.version + 1,
        rank: distribution.rank,
        openToAll: opensToAll(distribution.rank, distribution.openToAll),
        leadUnitId: distribution.leadUnitId,
      });
      await audit.tell(
        tx,
        who,
        recordCorrected(
          id,
          distribution.rank,
          all.map((change) => change.field),
        ),
      );
      if (distribution.rank !== row.rank) await audit.tell(tx, who, recordRelabelled(id, row.rank, distribution.rank));
      await ports.changed(tx, id);
    });
    return ports.view(actor, id);
  }

  /** A draft that is said to bear a secrecy mark is withheld from everybody until the security officer has decided. */
  async function freezeDraft(tx: Transaction, who: Requester, actor: Actor, id: string): Promise<void> {
    const row = await lockRecord(tx, id);
    const subject = await loadSubject(tx, id);
    if (!row || !subject || !decide(actor, 'correct', subject, vietnamDay(clock.now())).allowed)
      throw new Refusal('not-found');
    await updateRecord(tx, id, { state: 'frozen', version: row.version + 1 });
    await audit.tell(tx, who, recordFrozen(id, row.rank));
    await ports.changed(tx, id);
  }

  return { receive, register, correct, freezeDraft };
}
