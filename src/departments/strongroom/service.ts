import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { ObjectStoreError, type Area, type ObjectStore } from './ports.ts';
import { orphanGraceHours, pieceBytes, piecesAround, type ByteRange } from './rules.ts';

export interface Received {
  readonly key: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly sha512: Buffer;
  /** On this machine's own disk, for the reading machine; it may vanish, `localCopy` finds or makes it again. */
  readonly path: string;
}

export interface Stored {
  readonly id: string;
  readonly area: Area;
  readonly size: number;
  readonly sha256: Buffer;
}

export type Strongroom = ReturnType<typeof createStrongroom>;

const largestReadTwice = 64 << 20;
/** Digests of about 16 GB of files, in 2 MB. */
const mostPieces = 65_536;

/** Where bytes lie, and the proof that they are the bytes that came. */
export function createStrongroom(options: {
  readonly store: ObjectStore;
  readonly spool: string;
  readonly clock: Clock;
}) {
  const { store, spool, clock } = options;
  const spooled = (key: string) => join(spool, key);

  /** Streams a file through both hashes into quarantine. Resolves when quarantine holds it durably. */
  async function receive(source: Readable): Promise<Received> {
    const key = newId(clock.now());
    const hash256 = createHash('sha256');
    const hash512 = createHash('sha512');
    let size = 0;
    const measure = new Transform({
      highWaterMark: 1 << 18,
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        hash256.update(chunk);
        hash512.update(chunk);
        done(null, chunk);
      },
    });
    // Its chunks come out as they went in: read as bytes, all that waits would be copied together each time.
    const toStore = new PassThrough({
      writableHighWaterMark: 1 << 18,
      readableObjectMode: true,
      readableHighWaterMark: 4,
    });
    const path = store.quarantinePath?.(key) ?? spooled(key);
    const between = store.quarantinePath ? [measure] : [measure, await copyingInto(path)];
    const storing = store.put('quarantine', key, toStore);
    const passing = pipeline([source, ...between, toStore]);
    // A store that fails must not leave the sender waiting for a drain that never comes.
    storing.catch((cause: unknown) => {
      measure.destroy(cause instanceof Error ? cause : new Error('store failed'));
    });
    const [stored, passed] = await Promise.allSettled([storing, passing]);
    if (passed.status === 'rejected' || stored.status === 'rejected') {
      await rm(spooled(key), { force: true });
      if (stored.status === 'fulfilled') await store.erase(key);
      throw storeRefusal(
        stored.status === 'rejected' && stored.reason instanceof ObjectStoreError
          ? stored.reason
          : passed.status === 'rejected'
            ? passed.reason
            : (stored as PromiseRejectedResult).reason,
      );
    }
    if (stored.value.size !== size) {
      await discard(key);
      throw new Refusal('file-not-kept');
    }
    return { key, size, sha256: hash256.digest(), sha512: hash512.digest(), path };
  }

  /** Passes bytes on and keeps a copy of them, for the reading machine: a store far away is not asked for them again. */
  async function copyingInto(path: string): Promise<Transform> {
    await mkdir(spool, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      throw storeRefusal(cause);
    });
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    const copying = new Transform({
      highWaterMark: 1 << 18,
      transform(chunk: Buffer, _encoding, done) {
        if (file.write(chunk)) done(null, chunk);
        else
          file.once('drain', () => {
            done(null, chunk);
          });
      },
      flush(done) {
        file.end(done);
      },
      destroy(cause, done) {
        file.destroy();
        done(cause);
      },
    });
    file.on('error', (cause) => copying.destroy(cause));
    return copying;
  }

  /** Forgets what was received and not acknowledged. */
  async function discard(key: string): Promise<void> {
    await rm(spooled(key), { force: true });
    await store.erase(key);
  }

  /** Copies being made: a viewer asks for many pages of a file at once, and one copy serves them all. */
  const copying = new Map<string, Promise<string>>();

  /**
   * A path on this machine with the object's bytes. Those of the vault are checked against the hash (`content-damaged`
   * when they differ); those of quarantine are checked when they are in the vault.
   */
  async function localCopy(content: Stored): Promise<string> {
    if (content.area === 'quarantine' && store.quarantinePath) {
      const path = store.quarantinePath(content.id);
      if (await stat(path).catch(() => undefined)) return path;
    }
    const under = copying.get(content.id);
    if (under) return under;
    const copy = makeCopy(content).finally(() => copying.delete(content.id));
    copying.set(content.id, copy);
    return copy;
  }

  /**
   * Reads from such a path. A path of quarantine vanishes when its file goes to the vault: work that failed on a path that
   * is gone is begun again, once, on the vault's bytes.
   */
  async function withLocalCopy<T>(content: Stored, work: (path: string) => Promise<T>): Promise<T> {
    const path = await localCopy(content);
    try {
      return await work(path);
    } catch (cause) {
      if (await stat(path).catch(() => undefined)) throw cause;
      return work(await localCopy(content));
    }
  }

  async function makeCopy(content: Stored): Promise<string> {
    const path = spooled(content.id);
    const there = await stat(path).catch(() => undefined);
    if (there?.size === content.size) return path;
    // It appears under its name only when it is whole: another process may be making the same one.
    const making = `${path}.${newId(clock.now())}`;
    try {
      await mkdir(spool, { recursive: true, mode: 0o700 });
      await pipeline(await openWhole(content), createWriteStream(making, { flags: 'wx', mode: 0o600 }));
      await rename(making, path);
      return path;
    } catch (cause) {
      await rm(making, { force: true });
      throw storeRefusal(cause);
    }
  }

  /**
   * Asks where the row says the bytes are. A row that was read before its file moved says quarantine when they are in the
   * vault already, and that is no damage: a key is used once, and whoever asks checks the hash.
   */
  async function whereItLies<T>(content: Stored, ask: (area: Area) => Promise<T>): Promise<T> {
    try {
      return await ask(content.area);
    } catch (cause) {
      const moved = content.area === 'quarantine' && cause instanceof ObjectStoreError && cause.failure === 'missing';
      if (!moved) throw cause;
      return ask('vault');
    }
  }

  /**
   * The stored bytes, hashed as they pass: when the last ones do not complete the hash taken at the door, the stream
   * ends in `content-damaged` instead of its end, so that nobody takes a changed file for a whole one.
   */
  async function openWhole(content: Stored): Promise<Readable> {
    try {
      const source = await whereItLies(content, (area) => store.get(area, content.id));
      const hash = createHash('sha256');
      let held: Buffer | undefined;
      const check = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          // The last piece is held back until the hash is known: a reader with every byte would think it whole.
          const ready = held;
          held = chunk;
          done(null, ready);
        },
        flush(done) {
          if (hash.digest().equals(content.sha256)) done(null, held);
          else done(new Refusal('content-damaged'));
        },
      });
      source.on('error', (cause) => check.destroy(cause));
      check.on('close', () => {
        source.destroy();
      });
      return answering(source.pipe(check));
    } catch (cause) {
      throw storeRefusal(cause);
    }
  }

  /** Digests of the pieces of objects that were found whole, the last ones asked for; those being taken now. */
  const known = new Map<string, readonly Buffer[]>();
  const learning = new Map<string, Promise<readonly Buffer[]>>();

  async function piecesOf(content: Stored): Promise<readonly Buffer[]> {
    const before = known.get(content.id);
    if (before) {
      known.delete(content.id);
      known.set(content.id, before);
      return before;
    }
    const under = learning.get(content.id);
    if (under) return under;
    const pieces = learn(content).finally(() => learning.delete(content.id));
    learning.set(content.id, pieces);
    return pieces;
  }

  async function learn(content: Stored): Promise<readonly Buffer[]> {
    const pieces: Buffer[] = [];
    // What does not complete the hash of the door throws before it ends.
    for await (const piece of inPieces(await openWhole(content))) pieces.push(digestOf(piece));
    known.set(content.id, pieces);
    let held = [...known.values()].reduce((sum, one) => sum + one.length, 0);
    for (const [id, one] of known) {
      if (held <= mostPieces || id === content.id) break;
      known.delete(id);
      held -= one.length;
    }
    return pieces;
  }

  /**
   * For a reader: no byte that did not come in. Each piece is checked before it goes, by digests that were taken the
   * first time the whole was right: a store that was honest then may lie now. Only the first reader of a whole large
   * file gets its bytes while they are checked, because reading it twice would keep him waiting; his copy is cut.
   */
  async function open(content: Stored, range?: ByteRange): Promise<Readable> {
    if (!range && content.size > largestReadTwice && !known.has(content.id)) return openWhole(content);
    try {
      return answering(await openPart(content, range ?? { start: 0, end: content.size - 1 }));
    } catch (cause) {
      throw storeRefusal(cause);
    }
  }

  async function openPart(content: Stored, range: ByteRange): Promise<Readable> {
    const pieces = await piecesOf(content);
    const { first, bytes } = piecesAround(range, content.size);
    const source = await whereItLies(content, (area) => store.getRange(area, content.id, bytes.start, bytes.end));
    const checked = async function* (): AsyncGenerator<Buffer> {
      let at = bytes.start;
      let number = first;
      try {
        for await (const piece of inPieces(source)) {
          if (!pieces[number]?.equals(digestOf(piece))) throw new Refusal('content-damaged');
          yield piece.subarray(Math.max(0, range.start - at), Math.min(piece.length, range.end + 1 - at));
          at += piece.length;
          number += 1;
        }
      } catch (cause) {
        throw storeRefusal(cause);
      }
      if (at <= range.end) throw new Refusal('content-damaged');
    };
    const stream = Readable.from(checked());
    // Not in the generator: one that a reader left before the first byte never began, and ends nothing.
    stream.once('close', () => source.destroy());
    return stream;
  }

  /** The object is to be read whole again before a part of it is given. */
  function doubt(key: string): void {
    known.delete(key);
  }

  /** Reads the whole object and says whether it is what came in. */
  async function intact(content: Stored): Promise<boolean> {
    try {
      for await (const _chunk of await openWhole(content)) continue;
      return true;
    } catch (cause) {
      if (cause instanceof Refusal && cause.code === 'content-damaged') return false;
      throw storeRefusal(cause);
    }
  }

  /** Quarantine to vault, checked there. The quarantine copy goes only with `leaveQuarantine`, after the row is committed. */
  async function toVault(content: Stored): Promise<void> {
    try {
      await store.promote(content.id);
    } catch (cause) {
      throw storeRefusal(cause);
    }
    if (!(await intact({ ...content, area: 'vault' }))) throw new Refusal('content-damaged');
  }

  async function leaveQuarantine(key: string): Promise<void> {
    await store.erase(key);
  }

  async function dropLocalCopy(key: string): Promise<void> {
    await rm(spooled(key), { force: true });
  }

  /** Erases quarantine objects and local copies that no row names and that are older than the grace. */
  async function sweep(isKnown: (keys: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number> {
    const before = clock.now().getTime() - orphanGraceHours * 3_600_000;
    let swept = 0;
    for await (const object of store.list('quarantine')) {
      if (object.storedAt.getTime() >= before || (await isKnown([object.key])).has(object.key)) continue;
      await store.erase(object.key);
      swept += 1;
    }
    for (const name of await readdir(spool).catch(() => [])) {
      const there = await stat(join(spool, name)).catch(() => undefined);
      if (there && there.mtimeMs < before) await rm(join(spool, name), { force: true });
    }
    return swept;
  }

  return {
    receive,
    discard,
    localCopy,
    withLocalCopy,
    open,
    doubt,
    intact,
    toVault,
    leaveQuarantine,
    dropLocalCopy,
    sweep,
    ping: () => store.ping(),
    storeName: store.name,
  };
}

const digestOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** The same bytes in pieces of one size; the last may be shorter. */
async function* inPieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    held.push(chunk);
    size += chunk.length;
    if (size < pieceBytes) continue;
    let rest = Buffer.concat(held, size);
    for (; rest.length >= pieceBytes; rest = rest.subarray(pieceBytes)) yield rest.subarray(0, pieceBytes);
    held = rest.length > 0 ? [rest] : [];
    size = rest.length;
  }
  if (size > 0) yield Buffer.concat(held, size);
}

/** A stream may fail before its reader has begun, while the log is being written: the reader hears of it, the process does not end. */
function answering(stream: Readable): Readable {
  stream.on('error', () => undefined);
  return stream;
}

/** A store's failure in the words of the house; what is a refusal already stays one. */
function storeRefusal(cause: unknown): unknown {
  if (cause instanceof Refusal) return cause;
  if (cause instanceof ObjectStoreError) {
    const code = (
      { exists: undefined, missing: 'content-damaged', full: 'store-full', unavailable: 'store-unavailable' } as const
    )[cause.failure];
    return code === undefined ? cause : Object.assign(new Refusal(code), { cause });
  }
  const system = (cause as { code?: string } | undefined)?.code;
  if (system === 'ENOSPC' || system === 'EDQUOT') return Object.assign(new Refusal('store-full'), { cause });
  if (system === 'ERR_STREAM_PREMATURE_CLOSE' || system === 'ECONNRESET')
    return Object.assign(new Refusal('upload-interrupted'), { cause });
  return cause;
}
