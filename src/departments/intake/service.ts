import type { Readable } from 'node:stream';
import type { Receipt } from '../../contract/intake.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { newId } from '../../kernel/ids.ts';
import { rankBeforeRegistration, type Rank } from '../../kernel/labels.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import { decide, loadSubject, mayBeKept, secrecyMarkOn, type SecrecyMark } from '../classification/index.ts';
import { once, type FilePlace, type RecordFiles, type Registry } from '../registry/index.ts';
import type { Strongroom } from '../strongroom/index.ts';
import { fileReceived, fileRefused, readAgainAsked, secretReported } from './events.ts';
import type { FileFormat, Identify, ReadingMachine } from './ports.ts';
import { keptName, refusalFor, requestHash } from './rules.ts';
import { fileById, insertFile, setStage } from './store.ts';

/** What the registry's transaction offers; intake adds its rows in the same one. */
type Transaction = Parameters<Registry['receive']>[0];

export interface IntakePorts {
  readonly database: { transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> };
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly strongroom: Strongroom;
  readonly registry: Registry;
  readonly files: RecordFiles;
  readonly site: 'networked' | 'isolated';
  readonly identify: Identify;
  readonly machine: Pick<ReadingMachine, 'readHead'>;
  readonly secrecy: Withholding<Transaction>;
  /** Adds the job `intake.read` for a file, in the transaction that receives it. */
  readonly readLater: (tx: Transaction, fileId: string) => Promise<void>;
  /** The same for the file of a record that was just made, which is to be in the search index too. */
  readonly arrived: (tx: Transaction, recordId: string, fileId: string) => Promise<void>;
}

/** What is said of a độ mật to the department that keeps the ceiling. */
export interface Withholding<Tx> {
  withhold(tx: Tx, who: Requester, recordId: string, cause: 'reported' | 'mark-lifted'): Promise<boolean>;
  /** After the commit of the above. */
  vanish(recordId: string): Promise<void>;
  /** A file that bears a mark was sent for this record and refused. */
  withholdTarget(who: Requester, recordId: string): Promise<void>;
}

export interface UploadWish {
  readonly rank?: Rank | undefined;
  readonly relativePath?: string | undefined;
  readonly attachTo?: string | undefined;
  readonly as: 'attachment' | 'version';
  readonly reason?: string | undefined;
}

export type Intake = ReturnType<typeof createIntake>;

/** Documents arrive here: hashed, kept in quarantine, told what they are, and acknowledged. */
export function createIntake(ports: IntakePorts) {
  const { database, audit, clock, strongroom, registry, files, site, secrecy } = ports;

  /**
   * Takes one file. Resolves when its bytes are durable and its row is committed; whatever is refused leaves nothing
   * behind. `key` makes a repeated request the same request: its first receipt is given again.
   */
  async function receive(
    who: Requester,
    actor: Actor,
    file: { readonly name: string; readonly stream: Readable },
    wish: UploadWish,
    key: string | undefined,
  ): Promise<Receipt> {
    // Luật Bảo vệ bí mật nhà nước: refused before a byte is kept.
    if (wish.rank !== undefined && !mayBeKept(wish.rank, site)) throw new Refusal('secret-not-kept-here');
    if (wish.attachTo !== undefined) await database.transaction((tx) => files.open(tx, actor, wish.attachTo ?? ''));
    // What nobody has looked at is Có điều kiện: whoever is not cleared for it would not see what they brought.
    else if (actor.clearance < rankBeforeRegistration) throw new Refusal('clearance-needed');
    const received = await strongroom.receive(file.stream);
    const name = keptName(file.name);
    const identity =
      received.size === 0 ? ({ kind: 'refused', why: 'empty' } as const) : await ports.identify(received.path, name);
    if (identity.kind === 'refused') {
      await strongroom.discard(received.key);
      await audit.tellDurably(who, fileRefused(identity.why));
      throw new Refusal(refusalFor[identity.why]);
    }
    const mark = await markOn(received.path, identity.format);
    if (mark && !mark.lifted) {
      // Before the first row: nothing of it has ever stood in the database, its log of writes or a job.
      await strongroom.discard(received.key);
      if (wish.attachTo !== undefined) await secrecy.withholdTarget(who, wish.attachTo);
      throw new Refusal('secret-not-kept-here');
    }
    // What is usual is left out, as it was before it could be said: a cut import goes on after an upgrade.
    const { as, ...others } = wish;
    const hash = requestHash(name, as === 'attachment' ? others : wish, received.sha256);
    const now = clock.now();
    const receipt: Receipt = {
      recordId: wish.attachTo ?? newId(now),
      fileId: newId(now),
      fileName: name,
      mediaType: identity.mediaType,
      format: identity.format,
      size: received.size,
      sha256: received.sha256.toString('hex'),
      sha512: received.sha512.toString('hex'),
      receivedAt: now.toISOString(),
      stage: 'received',
      ...(mark ? { withheld: true } : {}),
    };
    try {
      const given = await database.transaction(async (tx) => {
        const request = { personId: actor.personId, key, hash, at: now };
        return once(tx, request, receipt, async () => {
          const place = await placeOf(tx, who, actor, receipt, wish);
          await insertFile(tx, {
            id: receipt.fileId,
            recordId: receipt.recordId,
            place,
            name,
            received,
            mediaType: identity.mediaType,
            format: identity.format,
            at: now,
          });
          await audit.tell(
            tx,
            who,
            fileReceived(receipt.recordId, receipt.fileId, receipt.sha256, receipt.size, receipt.format),
          );
          if (wish.attachTo === undefined) await ports.arrived(tx, receipt.recordId, receipt.fileId);
          else await ports.readLater(tx, receipt.fileId);
          if (mark) await secrecy.withhold(tx, who, receipt.recordId, 'mark-lifted');
        });
      });
      if (given.fileId !== receipt.fileId) await strongroom.discard(received.key);
      else if (mark) await secrecy.vanish(receipt.recordId);
      return given;
    } catch (cause) {
      // A refusal was said before anything was committed. After any other failure the commit may have happened: the
      // bytes stay, and the sweep erases them later if no row names them.
      if (cause instanceof Refusal && cause.code !== 'database-unavailable') await strongroom.discard(received.key);
      throw cause;
    }
  }

  /** The độ mật that the file's first page bears, where none may be kept. A scan bears none that a text layer could tell. */
  async function markOn(path: string, format: FileFormat): Promise<SecrecyMark | null> {
    if (mayBeKept(3, site)) return null;
    const head = await ports.machine.readHead({ path, format });
    // What cannot be read now is read whole by the job, which looks again.
    return 'lines' in head ? secrecyMarkOn(head.lines) : null;
  }

  /** A draft of its own; or the record that it was sent for, as an attachment or as a version before the others. */
  async function placeOf(
    tx: Transaction,
    who: Requester,
    actor: Actor,
    receipt: Receipt,
    wish: UploadWish,
  ): Promise<FilePlace> {
    if (wish.attachTo === undefined) {
      await registry.receive(tx, actor, receipt.recordId, receipt.fileName, 'incoming');
      return files.placeFirst(tx, receipt.recordId, actor.personId);
    }
    const { as, reason } = wish;
    // Held until the file is in: neither a registration nor another file may come between.
    const row = await files.open(tx, actor, wish.attachTo);
    const place = await files.place(tx, row, { as, reason, by: actor.personId });
    await files.tellAdded(tx, who, row, {
      as,
      number: place.number,
      reason,
      by: actor.personId,
      names: [receipt.fileName],
      from: null,
    });
    return place;
  }

  /** Reads a file once more, from the beginning: after a reader was mended, or when a person does not believe it. */
  async function readAgain(who: Requester, actor: Actor, fileId: string): Promise<void> {
    await database.transaction(async (tx) => {
      const file = await fileById(tx, fileId);
      const subject = await loadSubject(tx, file?.recordId ?? fileId);
      if (!file || !subject || !decide(actor, 'correct', subject, vietnamDay(clock.now())).allowed)
        throw new Refusal('not-found');
      await audit.tell(tx, who, readAgainAsked(file.recordId, fileId));
      await setStage(tx, fileId, 'received');
      await ports.readLater(tx, fileId);
    });
  }

  /** "Văn bản có dấu mật?": the fact is logged, and the document, registered or not, is withheld from everybody. */
  async function reportSecret(who: Requester, actor: Actor, recordId: string | null): Promise<boolean> {
    if (recordId === null) {
      await audit.tellDurably(who, secretReported(undefined));
      return false;
    }
    await database.transaction(async (tx) => {
      const subject = await loadSubject(tx, recordId);
      if (!subject || !decide(actor, 'correct', subject, vietnamDay(clock.now())).allowed)
        throw new Refusal('not-found');
      if (!(await secrecy.withhold(tx, who, recordId, 'reported'))) throw new Refusal('not-found');
      await audit.tell(tx, who, secretReported(recordId));
    });
    await secrecy.vanish(recordId);
    return true;
  }

  return { receive, readAgain, reportSecret };
}
