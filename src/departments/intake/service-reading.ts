import type { Clock } from '../../kernel/clock.ts';
import type { Requester } from '../../kernel/event.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import { contentDamaged, contentVaulted, type Strongroom } from '../strongroom/index.ts';
import { fileRead, fileRecognised } from './events.ts';
import { linesOfWords, secrecyMarkOn } from '../classification/index.ts';
import type { Reading, ReadingMachine } from './ports.ts';
import { firstLines, mayNameMark } from './rules.ts';
import {
  fileById,
  finish,
  keepReading,
  keepRecognised,
  knownInQuarantine,
  lockFile,
  setDamaged,
  setStage,
  setVaulted,
  waitingPages,
  type Connection,
  type FileRow,
} from './store.ts';

export interface ReadingPorts {
  readonly database: { transaction<T>(work: (tx: Connection) => Promise<T>): Promise<T>; readonly alone: Connection };
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly strongroom: Strongroom;
  readonly machine: ReadingMachine;
  /** The record's place in the search index is to be made anew. */
  readonly changed: (tx: Connection, recordId: string) => Promise<void>;
  /** A độ mật was read in a file that is here: `undefined` where secrets may be kept. */
  readonly marked: ((who: Requester, fileId: string) => Promise<void>) | undefined;
  readonly recogniseLater: (tx: Connection, fileId: string, page: number) => Promise<void>;
}

const worker: Requester = { actor: null, address: 'local', requestId: 'job', machine: 'worker' };

export type FileReader = ReturnType<typeof createFileReader>;

/**
 * What happens to a file after its receipt: read, moved into the vault and checked there, its scans recognised. Each
 * step begins where the row says the last one ended, so that a job killed anywhere is done again without harm.
 */
export function createFileReader(ports: ReadingPorts) {
  const { database, audit, clock, strongroom, machine } = ports;

  async function read(fileId: string): Promise<void> {
    let file = await fileById(database.alone, fileId);
    if (!file) return;
    if (file.stage === 'received') file = await readText(file);
    if (file.area === 'quarantine') await toVault(file);
    await goOn(file);
    // Only now: until the row is committed, quarantine is where the file is.
    await strongroom.leaveQuarantine(file.id);
    if (file.waiting === 0) await strongroom.dropLocalCopy(file.id);
  }

  async function readText(file: FileRow): Promise<FileRow> {
    const path = await strongroom.localCopy(file);
    const reading = await machine.readText({ path, format: file.format });
    if (reading.problem === 'interrupted') throw new Error('reading was interrupted');
    // At the door the machine may have been too busy, and what is read again has never been looked at so.
    if (ports.marked && (await bearsMark(path, file, reading))) await ports.marked(worker, file.fileId);
    return database.transaction(async (tx) => {
      const now = await lockFile(tx, file.fileId);
      if (now?.stage !== 'received') return now ?? file;
      await keepReading(tx, file.fileId, reading);
      // Under the lock: a draft may have been joined to another record meanwhile, and its files with it.
      await audit.tell(tx, worker, fileRead(now.recordId, file.fileId, reading.pages.length, reading.problem ?? null));
      await ports.changed(tx, now.recordId);
      return { ...now, stage: 'checked', waiting: reading.pages.filter((page) => page.needsOcr).length };
    });
  }

  async function bearsMark(path: string, file: FileRow, reading: Reading): Promise<boolean> {
    const lines = firstLines(reading);
    if (!mayNameMark(lines)) return false;
    const head = await machine.readHead({ path, format: file.format });
    // What takes too long to be read with its places is judged by the order of its lines.
    return secrecyMarkOn('lines' in head ? head.lines : lines) !== null;
  }

  async function toVault(file: FileRow): Promise<void> {
    try {
      await strongroom.toVault(file);
    } catch (cause) {
      if (cause instanceof Refusal && cause.code === 'content-damaged') await damaged(file);
      throw cause;
    }
  }

  /** Its bytes are in the vault: says so, and sends it where it goes from there. */
  async function goOn(file: FileRow): Promise<void> {
    await database.transaction(async (tx) => {
      const now = await lockFile(tx, file.fileId);
      if (now?.area === 'quarantine') {
        await setVaulted(tx, file.id, clock.now());
        await audit.tell(tx, worker, contentVaulted(now.recordId, file.fileId, file.sha256.toString('hex')));
      }
      if (now?.stage !== 'checked' && now?.stage !== 'vaulted') return;
      const pages = await waitingPages(tx, file.fileId);
      for (const page of pages) await ports.recogniseLater(tx, file.fileId, page);
      if (pages.length > 0) await setStage(tx, file.fileId, 'recognising');
      else await finish(tx, file.fileId);
    });
  }

  async function recognise(fileId: string, page: number): Promise<void> {
    const file = await fileById(database.alone, fileId);
    if (file?.stage !== 'recognising') return;
    const path = await strongroom.localCopy(file);
    const read = await machine.recognise({ path, format: file.format }, page);
    if ('problem' in read && read.problem === 'interrupted') throw new Error('recognition was interrupted');
    if (ports.marked && page === 1 && 'words' in read && secrecyMarkOn(linesOfWords(read.words)))
      await ports.marked(worker, fileId);
    const left = await database.transaction(async (tx) => {
      const now = await lockFile(tx, fileId);
      if (now?.stage !== 'recognising') return undefined;
      const waiting = await keepRecognised(tx, fileId, page, 'problem' in read ? undefined : read);
      if ('problem' in read) await setStage(tx, fileId, 'recognising', read.problem);
      if (waiting === 0) {
        await finish(tx, fileId);
        await audit.tell(tx, worker, fileRecognised(now.recordId, fileId, page));
      }
      // The first page holds what is asked for most; the others are worth one index write together.
      if (page === 1 || waiting === 0) await ports.changed(tx, now.recordId);
      return waiting;
    });
    if (left === 0) await strongroom.dropLocalCopy(file.id);
  }

  async function damaged(file: FileRow): Promise<void> {
    await database.transaction(async (tx) => {
      await setDamaged(tx, file.id, clock.now());
      await setStage(tx, file.fileId, 'failed', 'damaged');
      await audit.tell(tx, worker, contentDamaged(file.recordId, file.fileId, file.sha256.toString('hex')));
    });
  }

  /** Erases what uploads left in quarantine that were never acknowledged. */
  function sweep(): Promise<number> {
    return strongroom.sweep((keys) => knownInQuarantine(database.alone, keys));
  }

  return { read, recognise, sweep };
}
