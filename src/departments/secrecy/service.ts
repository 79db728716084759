import type { BodyOf } from '../../contract/line.ts';
import type { secrecyLines } from '../../contract/secrecy.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Requester } from '../../kernel/event.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import { giveBack, withhold as withholdRecord, type RegistryTransaction } from '../registry/index.ts';
import { recordFrozen, recordReleased, releaseAsked, releaseDecided } from './events.ts';
import { mayConfirm, type Cause } from './rules.ts';
import * as store from './store.ts';

type Wish<Name extends keyof typeof secrecyLines> = BodyOf<(typeof secrecyLines)[Name]>;

export interface SecrecyPorts {
  readonly database: {
    transaction<T>(work: (tx: RegistryTransaction) => Promise<T>): Promise<T>;
    readonly alone: store.Connection;
  };
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** The record's place in the search index is to be made anew. */
  readonly changed: (tx: RegistryTransaction, recordId: string) => Promise<void>;
  /** Nobody may see it any more: copies under way are cut, its entry leaves the index now and not after the job, local copies go. */
  readonly vanished: (recordId: string, contentIds: readonly string[]) => Promise<void>;
}

export type Secrecy = ReturnType<typeof createSecrecy>;

export function createSecrecy(ports: SecrecyPorts) {
  const { database, audit, clock } = ports;

  /**
   * Withholds a record in the caller's transaction, which calls `vanish` after its commit. What is withheld already, or is no
   * document any more, stays as it is; answers whether anything was done.
   */
  async function withhold(
    tx: RegistryTransaction,
    who: Requester,
    recordId: string,
    cause: Cause,
    note: string | null = null,
  ): Promise<boolean> {
    const was = await withholdRecord(tx, recordId);
    if (!was) return false;
    const by = who.actor?.personId ?? null;
    await store.insertWithholding(tx, { ...was, recordId, cause, note, at: clock.now(), by });
    await audit.tell(tx, who, recordFrozen(recordId, was.rank, cause));
    await ports.changed(tx, recordId);
    return true;
  }

  async function vanish(recordId: string): Promise<void> {
    await ports.vanished(recordId, await store.contentsOf(database.alone, recordId));
  }

  /** A mark was read in a file that is here already. What two persons have settled since it came is left alone. */
  async function withholdFile(who: Requester, fileId: string): Promise<void> {
    const recordId = await database.transaction(async (tx) => {
      const id = await store.recordOfUnsettledFile(tx, fileId);
      return id !== undefined && (await withhold(tx, who, id, 'mark-read')) ? id : undefined;
    });
    if (recordId !== undefined) await vanish(recordId);
  }

  /** A file that bears a mark was sent for this record and refused: the record is the same secret, or part of it. */
  async function withholdTarget(who: Requester, recordId: string): Promise<void> {
    const done = await database.transaction((tx) => withhold(tx, who, recordId, 'mark-sent'));
    if (done) await vanish(recordId);
  }

  /** Told to the security officer by word of mouth: a number is all that is needed. */
  async function withholdNumbered(who: Requester, actor: Actor, wish: Wish<'withhold'>): Promise<void> {
    const recordId = await database.transaction(async (tx) => {
      const id = await store.recordUnderNumber(tx, actor.agencyId, wish);
      if (id === undefined || !(await withhold(tx, who, id, 'officer', wish.reason))) throw new Refusal('not-found');
      return id;
    });
    await vanish(recordId);
  }

  async function askRelease(who: Requester, actor: Actor, id: string, wish: Wish<'askRelease'>): Promise<void> {
    await database.transaction(async (tx) => {
      const standing = await store.standingWithholding(tx, actor.agencyId, id);
      if (!standing) throw new Refusal('not-found');
      const asked = { ...wish, withholdingId: id, at: clock.now(), by: actor.personId };
      const change = await store.askRelease(tx, asked);
      if (change === undefined) throw new Refusal('conflict');
      await audit.tell(tx, who, releaseAsked(standing.recordId, change, wish.ground));
    });
  }

  /** Confirmed, the record is again what it was before: the same state, label, number, files. */
  async function decideRelease(
    who: Requester,
    actor: Actor,
    releaseId: string,
    wish: Wish<'decideRelease'>,
  ): Promise<void> {
    await database.transaction(async (tx) => {
      const seen = await store.waitingRelease(tx, actor.agencyId, releaseId);
      if (!seen) throw new Refusal('not-found');
      if (wish.confirm && !mayConfirm(actor.personId, seen)) throw new Refusal('second-person-needed');
      if (!wish.confirm && wish.reason === '')
        throw new Refusal('bad-request', {}, [{ path: 'reason', problem: 'needed' }]);
      // Of two who decide at once the second waits here, and finds nothing that waits.
      const rank = await giveBack(tx, seen.recordId, wish.confirm ? seen.from : 'frozen');
      if (!(await store.waitingRelease(tx, actor.agencyId, releaseId))) throw new Refusal('not-found');
      const decided = { by: actor.personId, at: clock.now(), confirmed: wish.confirm, reason: wish.reason };
      await store.closeRelease(tx, releaseId, decided);
      await audit.tell(tx, who, releaseDecided(seen.recordId, releaseId, wish.confirm));
      if (!wish.confirm) return;
      await store.endWithholding(tx, seen.id, decided.at);
      await audit.tell(tx, who, recordReleased(seen.recordId, rank, seen.ground));
      await ports.changed(tx, seen.recordId);
    });
  }

  return { withhold, vanish, withholdFile, withholdTarget, withholdNumbered, askRelease, decideRelease };
}
