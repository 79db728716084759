import type { RecordView } from '../../contract/registry.ts';
import type { Actor } from '../../kernel/actor.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { isSecret } from '../../kernel/labels.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { decide, loadSubject } from '../classification/index.ts';
import { recordJoined, versionAdded } from './events.ts';
import type { Change } from './rules.ts';
import type { RecordRow } from './schema.ts';
import type { RegistryPorts } from './service.ts';
import { heldFiles, insertVersion, moveFile, newestVersion } from './store-files.ts';
import { keepChanges, lockRecord, updateRecord, type Transaction } from './store.ts';

export type FileRole = 'main' | 'attachment';
export interface FilePlace {
  readonly versionId: string;
  readonly role: FileRole;
}

export type RecordFiles = ReturnType<typeof createRecordFiles>;

/** Files come to a record, each to its version. What is there is never overwritten: a new version is put before it. */
export function createRecordFiles(ports: RegistryPorts) {
  const { database, audit, clock } = ports;

  /** The record, held, if this person may add a file to it; refused alike when it is missing and when it is not theirs. */
  async function open(tx: Transaction, actor: Actor, recordId: string): Promise<RecordRow> {
    // Both are asked whether or not there is a record: a refusal takes as long as an absence.
    const row = await lockRecord(tx, recordId);
    const subject = await loadSubject(tx, recordId);
    if (!row || !subject || !decide(actor, 'add-file', subject, vietnamDay(clock.now())).allowed)
      throw new Refusal('not-found');
    return row;
  }

  /** Where the next file of this record belongs; a version is begun when it needs one. */
  async function place(
    tx: Transaction,
    row: RecordRow,
    wish: { readonly as: 'version' | 'attachment'; readonly reason: string | undefined; readonly by: string },
  ): Promise<FilePlace & { readonly number: number }> {
    const newest = await newestVersion(tx, row.id);
    const reason = (wish.reason ?? '') === '' ? null : (wish.reason ?? null);
    if (row.state === 'declared' && newest && reason === null)
      throw new Refusal('bad-request', {}, [{ path: 'reason', problem: 'needed' }]);
    if (wish.as === 'attachment') {
      // An attachment of nothing is the document itself.
      if (!newest) throw new Refusal('bad-request', {}, [{ path: 'as', problem: 'no-file-yet' }]);
      return { versionId: newest.id, role: 'attachment', number: newest.number };
    }
    const number = (newest?.number ?? 0) + 1;
    const versionId = await insertVersion(tx, {
      recordId: row.id,
      kind: newest ? 'rescan' : row.state === 'draft' ? 'original' : 'scan',
      number,
      note: reason,
      at: clock.now(),
      by: wish.by,
    });
    return { versionId, role: 'main', number };
  }

  /** The first file of a record that was just made for it. */
  async function placeFirst(tx: Transaction, recordId: string, by: string): Promise<FilePlace> {
    const version = { recordId, kind: 'original', number: 1, note: null, at: clock.now(), by } as const;
    return { versionId: await insertVersion(tx, version), role: 'main' };
  }

  /** A file is there: in the log, in the record's history once it is registered, and soon in the index. */
  async function tellAdded(
    tx: Transaction,
    who: Requester,
    row: RecordRow,
    added: {
      readonly as: 'version' | 'attachment';
      readonly number: number;
      readonly reason: string | undefined;
      readonly by: string;
      readonly names: readonly string[];
      /** The draft they come from. */
      readonly from: string | null;
    },
  ): Promise<void> {
    const change: Change =
      added.as === 'version'
        ? { field: 'version', before: added.number === 1 ? null : added.number - 1, after: added.number }
        : { field: 'attachment', before: null, after: added.names };
    if (row.state === 'declared')
      await keepChanges(tx, [change], {
        recordId: row.id,
        at: clock.now(),
        by: added.by,
        reason: added.reason ?? null,
      });
    await audit.tell(
      tx,
      who,
      versionAdded(row.id, row.rank, {
        as: added.as,
        number: added.number,
        files: added.names.length,
        from: added.from,
      }),
    );
    await ports.changed(tx, row.id);
  }

  /**
   * A draft turned out to be the scan of a registered record: its files go there as they are, the draft ends. The label of
   * the record counts from then on. The draft's own was given by rule, to whatever nobody has looked at yet.
   */
  async function join(
    who: Requester,
    actor: Actor,
    draftId: string,
    wish: {
      readonly intoId: string;
      readonly as: 'version' | 'attachment';
      readonly reason?: string | undefined;
      readonly version: number;
    },
  ): Promise<RecordView> {
    const { intoId } = wish;
    if (intoId === draftId) throw new Refusal('bad-request', {}, [{ path: 'intoId', problem: 'itself' }]);
    await database.transaction(async (tx) => {
      const today = vietnamDay(clock.now());
      // Both are held, in one order for everybody.
      for (const id of [draftId, intoId].sort()) await lockRecord(tx, id);
      const [draft, draftSubject] = [await lockRecord(tx, draftId), await loadSubject(tx, draftId)];
      const [target, targetSubject] = [await lockRecord(tx, intoId), await loadSubject(tx, intoId)];
      const decision = draftSubject && decide(actor, 'register', draftSubject, today);
      if (draft && decision?.rule === 'state')
        throw new Refusal('already-registered', { number: draft.arrivalNumber ?? '—' });
      if (!draft || !decision?.allowed) throw new Refusal('not-found');
      if (
        !target ||
        !targetSubject ||
        target.state !== 'declared' ||
        !decide(actor, 'add-file', targetSubject, today).allowed
      )
        throw new Refusal('not-found');
      if (draft.version !== wish.version) throw new Refusal('conflict');
      // A secret rank was set by a person who looked; it is lowered by relabelling, not by the way.
      if (isSecret(draft.rank) && draft.rank > target.rank)
        throw new Refusal('bad-request', {}, [{ path: 'intoId', problem: 'lower-rank' }]);
      const files = await heldFiles(tx, draftId);
      const to = await place(tx, target, { as: wish.as, reason: wish.reason, by: actor.personId });
      for (const file of files)
        await moveFile(tx, file.id, {
          recordId: intoId,
          versionId: to.versionId,
          role: to.role === 'main' ? file.role : 'attachment',
        });
      await updateRecord(tx, draftId, { state: 'joined', joinedInto: intoId, version: draft.version + 1 });
      await ports.joined(tx, who, actor, draftId, intoId);
      await audit.tell(tx, who, recordJoined(draftId, draft.rank, intoId));
      await tellAdded(tx, who, target, {
        as: wish.as,
        number: to.number,
        reason: wish.reason,
        by: actor.personId,
        names: files.map((file) => file.name),
        from: draftId,
      });
      await ports.changed(tx, draftId);
    });
    return ports.view(actor, intoId);
  }

  return { open, place, placeFirst, tellAdded, join };
}
