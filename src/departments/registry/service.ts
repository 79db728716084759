import type { RecordFields, RecordView, SaidFields } from '../../contract/registry.ts';
import { recordFieldNames } from '../../contract/registry.ts';
import type { Direction } from '../../contract/shapes.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import { sha256Of } from '../../kernel/digest.ts';
import type { Requester } from '../../kernel/event.ts';
import { newId } from '../../kernel/ids.ts';
import { rankBeforeRegistration, type Rank } from '../../kernel/labels.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import { decide, labelRecord, loadSubject, opensToAll, readersFor } from '../classification/index.ts';
import { recordCorrected, recordRegistered, recordRelabelled, recordViewed } from './events.ts';
import { changesBetween, fieldsBeforeRegistration } from './rules.ts';
import type { RecordRow } from './schema.ts';
import { createDistribution, type Distribution } from './service-distribution.ts';
import { enter } from './service-entering.ts';
import { bodyOf } from './store-correspondents.ts';
import { newestVersion } from './store-files.ts';
import { once } from './store-once.ts';
import { yearOfNumber } from './store-registers.ts';
import { insertRecord, keepChanges, lockRecord, supportingUnits, updateRecord, type Transaction } from './store.ts';

export interface RegistryPorts {
  readonly database: { transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> };
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly site: 'networked' | 'isolated';
  /** Adds the job that brings the search index up to date, in the transaction of the change. */
  readonly changed: (tx: Transaction, recordId: string) => Promise<void>;
  /** The dossiers look: where it stands, and where its fields say it is to stand. In the transaction of the change. */
  readonly filed: (
    tx: Transaction,
    who: Requester,
    actor: Actor,
    record: {
      readonly id: string;
      readonly rank: Rank;
      readonly code: { readonly year: number; readonly notation: string } | null;
      readonly reason: string | null;
    },
  ) => Promise<void>;
  /** A draft has become the scan of another record: what was put into a dossier is that one now. */
  readonly joined: (tx: Transaction, who: Requester, actor: Actor, draftId: string, intoId: string) => Promise<void>;
  readonly view: (actor: Actor, recordId: string) => Promise<RecordView>;
}

/** The dossier that a record's fields name, when they name a whole code. */
function codeIn({ dossierYear, dossierNotation }: RecordFields) {
  return dossierYear === null || dossierNotation === null ? null : { year: dossierYear, notation: dossierNotation };
}

export type Registry = ReturnType<typeof createRegistry>;

export function fieldsOf(row: RecordRow): RecordFields {
  return Object.fromEntries(recordFieldNames.map((name) => [name, row[name]])) as RecordFields;
}

/** The record itself: made when a file arrives, entered in a register by a clerk, corrected with a reason ever after. */
export function createRegistry(ports: RegistryPorts) {
  const { database, audit, clock } = ports;
  const { checkDistribution, checkFields, distribute } = createDistribution(ports);

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
      joinedInto: null,
      correspondentId: null,
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

  /** Enters a draft in its register; the number is allocated there, or taken from the system that gave it. */
  async function register(
    who: Requester,
    actor: Actor,
    id: string,
    wish: { fields: SaidFields; version: number; takenNumber?: number | null | undefined } & Distribution,
  ): Promise<RecordView> {
    await database.transaction(async (tx) => {
      const row = await locked(tx, actor, 'register', id, wish.version);
      await checkDistribution(tx, actor, wish, new Set());
      const now = clock.now();
      const before = fieldsOf(row);
      const changes = changesBetween(before, arrivedToday(before, wish.fields, now));
      const fields = { ...before, ...Object.fromEntries(changes.map((change) => [change.field, change.after])) };
      checkFields(fields);
      const moved = await distribute(tx, actor, row, wish, 'registered');
      await keepChanges(tx, [...changes, ...moved], { recordId: id, at: now, by: actor.personId, reason: null });
      const entered = await entry(tx, who, actor, { row, fields, wish, file: true });
      await updateRecord(tx, id, {
        ...fields,
        ...entered,
        state: 'declared',
        version: row.version + 1,
        rank: wish.rank,
        openToAll: opensToAll(wish.rank, wish.openToAll),
        leadUnitId: wish.leadUnitId,
        registeredAt: now,
        registeredBy: actor.personId,
      });
      await ports.filed(tx, who, actor, { id, rank: wish.rank, code: codeIn(fields), reason: null });
      await ports.changed(tx, id);
    });
    return ports.view(actor, id);
  }

  /**
   * An unopened named envelope, a bid, a book, or paper whose scan comes later: in the register at once, without a file
   * ("kèm theo không số hóa"). `key` makes a repeated request the same request: it is given no second number.
   */
  async function registerPaper(
    who: Requester,
    actor: Actor,
    wish: {
      fields: SaidFields & Pick<RecordFields, 'direction' | 'subject' | 'paperKind'>;
      takenNumber?: number | null | undefined;
    } & Distribution,
    key: string | undefined,
  ): Promise<RecordView> {
    const at = clock.now();
    const id = newId(at);
    const hash = sha256Of(JSON.stringify(['registerPaper', wish]));
    const { recordId } = await database.transaction((tx) =>
      once(tx, { personId: actor.personId, key, hash, at }, { recordId: id }, async () => {
        const blank = fieldsBeforeRegistration('', wish.fields.direction);
        const changes = changesBetween(blank, arrivedToday(blank, wish.fields, at));
        const fields = { ...blank, ...Object.fromEntries(changes.map((change) => [change.field, change.after])) };
        if (fields.paperKind === null)
          throw new Refusal('bad-request', {}, [{ path: 'fields.paperKind', problem: 'needed' }]);
        await checkDistribution(tx, actor, wish, new Set());
        checkFields(fields);
        const row: RecordRow = {
          ...fields,
          id,
          agencyId: actor.agencyId,
          state: 'declared',
          version: 1,
          rank: wish.rank,
          openToAll: opensToAll(wish.rank, wish.openToAll),
          leadUnitId: wish.leadUnitId,
          joinedInto: null,
          correspondentId: null,
          arrivalNumber: null,
          receivedAt: at,
          receivedBy: actor.personId,
          registeredAt: at,
          registeredBy: actor.personId,
        };
        await insertRecord(tx, row);
        await distribute(tx, actor, row, wish, 'registered');
        await updateRecord(tx, id, await entry(tx, who, actor, { row, fields, wish, file: false }));
        await ports.filed(tx, who, actor, { id, rank: wish.rank, code: codeIn(fields), reason: null });
        await ports.changed(tx, id);
      }),
    );
    return ports.view(actor, recordId);
  }

  /** What has arrived and does not say when, arrived today. */
  function arrivedToday(before: RecordFields, said: SaidFields, at: Date): SaidFields {
    const incoming = (said.direction ?? before.direction) === 'incoming';
    return incoming && (said.arrivalDate ?? before.arrivalDate) === null
      ? { ...said, arrivalDate: vietnamDay(at) }
      : said;
  }

  /** The body that sent it and the line of the book; the register's row, which everybody waits for, is held as late as it can be. */
  async function entry(
    tx: Transaction,
    who: Requester,
    actor: Actor,
    about: {
      readonly row: RecordRow;
      readonly fields: RecordFields;
      readonly wish: { readonly rank: Rank; readonly takenNumber?: number | null | undefined };
      readonly file: boolean;
    },
  ): Promise<Pick<RecordRow, 'arrivalNumber' | 'correspondentId'>> {
    const { row, fields, wish, file } = about;
    const [at, by, { id: recordId, agencyId }] = [clock.now(), actor.personId, row];
    const correspondentId = await bodyOf({ tx, agencyId, at, by }, fields.issuer, actor);
    const takenNumber = wish.takenNumber ?? null;
    const { book, number, taken } = await enter(tx, { recordId, agencyId, fields, takenNumber, at, by });
    const { direction, year } = book;
    await audit.tell(tx, who, recordRegistered(recordId, wish.rank, { direction, year, number, taken, file }));
    return { arrivalNumber: number, correspondentId };
  }

  /** A number stands in the book of the year in which the document came (Nghị định 30/2020, Điều 22) and leaves it never. */
  async function checkYear(tx: Transaction, row: RecordRow, { arrivalDate }: RecordFields): Promise<void> {
    const year = arrivalDate === null ? undefined : await yearOfNumber(tx, row.id);
    if (arrivalDate === null || year === undefined || Number(arrivalDate.slice(0, 4)) === year) return;
    throw new Refusal('number-of-another-year', { number: row.arrivalNumber ?? '—', year }, [
      { path: 'fields.arrivalDate', problem: 'number-of-another-year' },
    ]);
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
      if (changes.some(({ field }) => field === 'arrivalDate')) await checkYear(tx, row, fields);
      if (declared && fields.paperKind === null && !(await newestVersion(tx, id)))
        throw new Refusal('bad-request', {}, [{ path: 'fields.paperKind', problem: 'needed' }]);
      const now = clock.now();
      const moved = await distribute(tx, actor, row, distribution, wish.reason ?? 'draft');
      const all = [...changes, ...moved];
      // Nothing changes, and the answer is the record: it was looked at.
      if (all.length === 0) return audit.tell(tx, who, recordViewed(id, row.rank, 'reader'));
      await keepChanges(tx, all, { recordId: id, at: now, by: actor.personId, reason: wish.reason ?? null });
      const writing = { tx, agencyId: row.agencyId, at: now, by: actor.personId };
      await updateRecord(tx, id, {
        ...fields,
        correspondentId:
          fields.issuer === row.issuer ? row.correspondentId : await bodyOf(writing, fields.issuer, actor),
        version: row.version + 1,
        rank: distribution.rank,
        openToAll: opensToAll(distribution.rank, distribution.openToAll),
        leadUnitId: distribution.leadUnitId,
      });
      await ports.filed(tx, who, actor, {
        id,
        rank: distribution.rank,
        code: codeIn(fields),
        reason: wish.reason ?? null,
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

  return { receive, register, registerPaper, correct };
}
