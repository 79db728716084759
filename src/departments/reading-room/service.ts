import { Readable as Stream } from 'node:stream';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import { setDamaged, type ReadingMachine } from '../intake/index.ts';
import { contentDamaged, rangeOf, type Strongroom } from '../strongroom/index.ts';
import { contentGiven, pictureViewed, textViewed } from './events.ts';
import { readableFile, textOf, unitNameOf, type Door, type Readable } from './queries.ts';
import { pictureMark } from './rules.ts';
import { createCopies } from './service-copies.ts';

export interface ReadingRoomPorts {
  readonly onBehalfOf: (actor: Actor) => Door;
  readonly database: { readonly alone: Door; transaction<T>(work: (tx: Door) => Promise<T>): Promise<T> };
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly strongroom: Strongroom;
  readonly machine: ReadingMachine;
  /** Where copies wait for whoever they were made for; emptied at each start. */
  readonly copyFolder: string;
}

export type ReadingRoom = ReturnType<typeof createReadingRoom>;

/** Nothing is given before its event is on disk; whatever is given is what came in. */
export function createReadingRoom(ports: ReadingRoomPorts) {
  const { onBehalfOf, database, audit, clock, strongroom, machine } = ports;

  /** Copies on their way out, by their record; and how often any record was cut since the house opened. */
  const leaving = new Map<string, Set<Stream>>();
  let cuts = 0;

  /** The record was withheld: whoever is being given a copy gets no further byte of it. */
  function cut(recordId: string): void {
    cuts += 1;
    for (const stream of leaving.get(recordId) ?? []) stream.destroy(new Refusal('not-found'));
  }

  /** What was allowed when it was asked for may be withheld since: asked again when anything was. */
  async function stillHis(actor: Actor, action: 'read' | 'download', fileId: string, since: number): Promise<void> {
    if (cuts !== since) await fileFor(actor, action, fileId);
  }

  function watchedFor(recordId: string, stream: Stream): void {
    const others = leaving.get(recordId) ?? new Set();
    leaving.set(recordId, others.add(stream));
    stream.once('close', () => {
      others.delete(stream);
      if (others.size === 0 && leaving.get(recordId) === others) leaving.delete(recordId);
    });
  }

  async function fileFor(actor: Actor, action: 'read' | 'download', fileId: string): Promise<Readable> {
    const file = await readableFile(onBehalfOf(actor), actor, action, fileId, vietnamDay(clock.now()));
    if (!file) throw new Refusal('not-found');
    return file;
  }

  async function content(
    who: Requester,
    actor: Actor,
    fileId: string,
    as: 'inline' | 'attachment',
    rangeHeader: string | undefined,
  ) {
    const [action, since] = [as === 'inline' ? ('read' as const) : ('download' as const), cuts];
    const file = await fileFor(actor, action, fileId);
    // Whoever gets here knows the document and may read it: the answer says where the copy is to be had.
    if (!file.mayHaveOriginal) throw new Refusal('original-not-given');
    const range = rangeOf(rangeHeader, file.size);
    if (range === 'unsatisfiable') throw new Refusal('range-not-satisfiable', { size: file.size });
    // Pieces that were right once prove nothing of one that was found wrong since.
    if (file.damaged) strongroom.doubt(file.id);
    const source = await strongroom.open(file, range).catch((cause: unknown) => flagged(who, file, cause));
    await audit.tellDurably(who, contentGiven(file, as, range)).catch((cause: unknown) => {
      source.destroy();
      throw cause;
    });
    const stream = Stream.from(watched(who, file, source));
    // A reader who leaves before the first byte would leave the file open.
    stream.once('close', () => source.destroy());
    watchedFor(file.recordId, stream);
    await stillHis(actor, action, fileId, since).catch((cause: unknown) => {
      stream.destroy();
      throw cause;
    });
    return {
      stream,
      size: range ? range.end - range.start + 1 : file.size,
      mediaType: file.mediaType,
      fileName: file.name,
      disposition: as,
      range: range ? { ...range, of: file.size } : undefined,
      acceptRanges: true,
      etag: `"${file.sha256.toString('hex')}"`,
    };
  }

  async function* watched(who: Requester, file: Readable, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    try {
      yield* source;
    } catch (cause) {
      await flagged(who, file, cause);
    }
  }

  /** Says in the row and in the log that stored bytes are no longer those that came; then lets the refusal go on. */
  async function flagged(who: Requester, file: Readable, cause: unknown): Promise<never> {
    if (cause instanceof Refusal && cause.code === 'content-damaged') {
      await database.transaction(async (tx) => {
        await setDamaged(tx, file.id, clock.now());
        await audit.tell(tx, who, contentDamaged(file.recordId, file.fileId, file.sha256.toString('hex')));
      });
    }
    throw cause;
  }

  /** Work on the file's bytes on this machine, also when they move to the vault meanwhile. */
  async function withLocalCopy<T>(who: Requester, file: Readable, work: (path: string) => Promise<T>): Promise<T> {
    return strongroom.withLocalCopy(file, work).catch((cause: unknown) => {
      // A disk without room for the copy: the file itself can be read all the same.
      if (cause instanceof Refusal && cause.code === 'store-full') throw new Refusal('content-not-ready');
      return flagged(who, file, cause);
    });
  }

  async function markFor(actor: Actor, file: Readable) {
    const at = clock.now();
    const unitName = await unitNameOf(onBehalfOf(actor), actor, vietnamDay(at));
    return pictureMark({ personName: actor.fullName, unitName, rank: file.rank, at });
  }

  async function picture(who: Requester, actor: Actor, fileId: string, page: number, width: number) {
    const since = cuts;
    const file = await fileFor(actor, 'read', fileId);
    const mark = file.rank === 0 ? undefined : await markFor(actor, file);
    const drawn = await withLocalCopy(who, file, (path) =>
      machine.render({ path, format: file.format }, page, width, mark),
    );
    if ('problem' in drawn) throw new Refusal('content-not-ready');
    await audit.tellDurably(who, pictureViewed(file, page));
    await stillHis(actor, 'read', fileId, since);
    return {
      stream: Stream.from([Buffer.from(drawn.png)]),
      size: drawn.png.byteLength,
      mediaType: 'image/png',
      fileName: undefined,
      disposition: 'inline' as const,
    };
  }

  async function text(who: Requester, actor: Actor, fileId: string, from: number, limit: number) {
    const since = cuts;
    const file = await fileFor(actor, 'read', fileId);
    const pages = await textOf(onBehalfOf(actor), fileId, from, limit + 1);
    const given = pages.slice(0, limit);
    await audit.tellDurably(who, textViewed(file, from, given.length));
    await stillHis(actor, 'read', fileId, since);
    return { unit: file.textUnit ?? ('page' as const), pages: given, next: pages[limit]?.number ?? null };
  }

  return {
    content,
    picture,
    text,
    cut,
    copies: createCopies({ ...ports, fileFor, withLocalCopy, stillHis, watchedFor, moment: () => cuts }),
  };
}
