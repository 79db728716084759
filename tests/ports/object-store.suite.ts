import { createCipheriv, createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { ObjectStoreError, type Area, type ObjectStore } from '../../src/departments/strongroom/ports.ts';
import { newId } from '../../src/kernel/ids.ts';

export interface StoreUnderTest {
  readonly store: ObjectStore;
  /** Puts the store out of reach; what it answers brings it back. */
  cut(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const kib = 1024;
const mib = 1024 * kib;
/** What the S3 adapter sends as one part; the folder has no parts and passes the same sizes. */
const part = 16 * mib;
const areas: readonly Area[] = ['quarantine', 'vault'];

/** Bytes that are the same for the same seed and differ at every place, so that a lost or doubled block shows. */
export function bytesOf(seed: number, size: number): Buffer {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16));
  return cipher.update(Buffer.alloc(size));
}

/** A source in chunks of uneven length. */
export function sourceOf(bytes: Buffer, chunk = 50_001): Readable {
  return Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
    })(),
    { objectMode: false },
  );
}

/** Gives `bytes`, then fails. */
function failingSource(bytes: Buffer, error: Error): Readable {
  return Readable.from(
    (async function* () {
      for (let at = 0; at < bytes.length; at += 64 * kib) yield bytes.subarray(at, at + 64 * kib);
      throw error;
    })(),
    { objectMode: false },
  );
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function failureOf(work: Promise<unknown>): Promise<string> {
  const cause: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return cause instanceof ObjectStoreError ? cause.failure : `not a failure of the store: ${String(cause)}`;
}

async function keysOf(store: ObjectStore, area: Area): Promise<Map<string, { size: number; storedAt: Date }>> {
  const keys = new Map<string, { size: number; storedAt: Date }>();
  for await (const { key, size, storedAt } of store.list(area)) {
    if (keys.has(key)) throw new Error(`${key} is listed twice`);
    keys.set(key, { size, storedAt });
  }
  return keys;
}

/** Every sentence of the port's contract. A store passes all of it or is not a store. */
export function objectStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`object store contract: ${name}`, () => {
    let made: StoreUnderTest;
    let store: ObjectStore;

    beforeAll(async () => {
      made = await make();
      store = made.store;
    }, 120_000);
    // Unset when making failed.
    afterAll(async () => (made as StoreUnderTest | undefined)?.close());

    const read = async (area: Area, key: string) => buffer(await store.get(area, key));
    const nothingUnder = async (area: Area, key: string) => {
      expect(await store.stat(area, key)).toBeUndefined();
      expect(await failureOf(store.get(area, key))).toBe('missing');
      expect((await keysOf(store, area)).has(key)).toBe(false);
    };

    describe.each(areas)('%s', (area) => {
      it.each([0, 1, 64 * kib - 1, 64 * kib, 64 * kib + 1, 5 * mib, part - 1, part, part + 1, 2 * part, 2 * part + 1])(
        'gives %d bytes back as they were, with and without the size said before',
        async (size) => {
          const bytes = bytesOf(size, size);
          for (const said of [size, undefined]) {
            const key = newId();
            expect(await store.put(area, key, sourceOf(bytes), said)).toEqual({ size });
            expect(await store.stat(area, key)).toEqual({ size });
            expect(digest(await read(area, key))).toBe(digest(bytes));
          }
        },
      );

      it('gives any bytes back, in whatever pieces they came, and any range of them', async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.uint8Array({ maxLength: 3000 }),
            fc.integer({ min: 1, max: 700 }),
            fc.nat(),
            fc.nat(),
            async (array, chunk, a, b) => {
              const bytes = Buffer.from(array);
              const key = newId();
              await store.put(area, key, sourceOf(bytes, chunk));
              expect((await read(area, key)).equals(bytes)).toBe(true);
              if (bytes.length === 0) return;
              const [start, end] = [a % bytes.length, b % bytes.length].sort((x, y) => x - y) as [number, number];
              const ranged = await buffer(await store.getRange(area, key, start, end));
              expect(ranged.equals(bytes.subarray(start, end + 1))).toBe(true);
            },
          ),
          { numRuns: 25 },
        );
      });

      it('counts a range with both ends in it, cuts its end at the last byte, refuses one that begins after it', async () => {
        const key = newId();
        const bytes = bytesOf(7, 1000);
        await store.put(area, key, sourceOf(bytes));
        const range = async (start: number, end: number) => buffer(await store.getRange(area, key, start, end));
        expect(await range(0, 0)).toEqual(bytes.subarray(0, 1));
        expect(await range(999, 999)).toEqual(bytes.subarray(999));
        expect(await range(0, 999)).toEqual(bytes);
        expect(await range(990, 5000)).toEqual(bytes.subarray(990));
        for (const [start, end] of [
          [1000, 1000],
          [5, 4],
          [-1, 4],
          [0.5, 4],
        ] as const) {
          await expect(store.getRange(area, key, start, end)).rejects.toMatchObject({ name: 'RangeError' });
        }
      });

      it('says missing before the first byte, and undefined for its stat', async () => {
        const key = newId();
        await nothingUnder(area, key);
        expect(await failureOf(store.getRange(area, key, 0, 9))).toBe('missing');
      });

      it.each([
        ['shorter', 10],
        ['of the same length', 2000],
        ['longer', 90_000],
        ['of several parts', 2 * part + 5],
      ])('refuses a second put of a key, %s than the first, and keeps what was there', async (_name, size) => {
        const key = newId();
        const first = bytesOf(1, 2000);
        await store.put(area, key, sourceOf(first));
        for (const said of [size, undefined]) {
          expect(await failureOf(store.put(area, key, sourceOf(bytesOf(2, size)), said))).toBe('exists');
        }
        expect((await read(area, key)).equals(first)).toBe(true);
      });

      it.each([
        ['small', 3000],
        ['several parts', 2 * part + 77],
      ])('of two puts of one key at once takes one whole, never a mixture (%s)', async (_name, size) => {
        const key = newId();
        const both = [bytesOf(3, size), bytesOf(4, size)];
        const ends = await Promise.allSettled(both.map((bytes) => store.put(area, key, sourceOf(bytes), size)));
        const winners = both.filter((_bytes, at) => ends[at]?.status === 'fulfilled');
        expect(winners).toHaveLength(1);
        for (const end of ends) {
          if (end.status === 'rejected') expect(await failureOf(Promise.reject(end.reason as Error))).toBe('exists');
        }
        expect(digest(await read(area, key))).toBe(digest(winners[0]!));
      });

      it.each([0, 1, 64 * kib, part + 10])(
        'keeps nothing of a source that fails after %d bytes, and carries its error',
        async (size) => {
          const key = newId();
          const error = new Error('the sender went away');
          const cause: unknown = await store
            .put(area, key, failingSource(bytesOf(5, size), error))
            .catch((reason: unknown) => reason);
          expect([cause, (cause as Error).cause]).toContain(error);
          await nothingUnder(area, key);
          const again = bytesOf(6, 100);
          await store.put(area, key, sourceOf(again));
          expect((await read(area, key)).equals(again)).toBe(true);
        },
      );

      it('keeps nothing of a source that is cut without a word', async () => {
        const key = newId();
        const source = new PassThrough();
        const putting = store.put(area, key, source);
        putting.catch(() => undefined);
        source.write(bytesOf(8, 100 * kib), () => source.destroy());
        await expect(putting).rejects.toBeDefined();
        await nothingUnder(area, key);
      });

      it.each([
        ['fewer', 2999],
        ['more', 3001],
      ])('keeps nothing when %s bytes come than were said', async (_name, came) => {
        const key = newId();
        await expect(store.put(area, key, sourceOf(bytesOf(9, came)), 3000)).rejects.toBeDefined();
        await nothingUnder(area, key);
      });

      it('takes a source that had ended, or failed, before it was given', async () => {
        const failed = new PassThrough();
        failed.on('error', () => undefined);
        failed.destroy(new Error('already gone'));
        const key = newId();
        await expect(store.put(area, key, failed)).rejects.toBeDefined();
        await nothingUnder(area, key);
        const ended = new PassThrough();
        ended.end('done');
        expect(await store.put(area, newId(), ended)).toEqual({ size: 4 });
      });

      it('lists every key once with its size and the moment it was stored', async () => {
        const given = new Map(Array.from({ length: 12 }, (_, at) => [newId(), at * 100]));
        for (const [key, size] of given) await store.put(area, key, sourceOf(bytesOf(10, size)));
        const listed = await keysOf(store, area);
        for (const [key, size] of given) {
          expect(listed.get(key)?.size).toBe(size);
          // The store's clock is its own; a day is what the sweep of orphans waits.
          expect(Math.abs(Date.now() - listed.get(key)!.storedAt.getTime())).toBeLessThan(3_600_000);
        }
        const other = await keysOf(store, area === 'vault' ? 'quarantine' : 'vault');
        for (const key of given.keys()) expect(other.has(key)).toBe(false);
      });
    });

    it('refuses what is not a key, everywhere', async () => {
      const otherVersion = newId().replace(/^(.{14})7/u, '$14');
      for (const key of ['', '../vault/x', 'a', newId().toUpperCase(), `${newId()}/..`, otherVersion]) {
        for (const work of [
          store.put('quarantine', key, sourceOf(bytesOf(1, 1))),
          store.get('vault', key),
          store.getRange('vault', key, 0, 1),
          store.stat('vault', key),
          store.promote(key),
          store.erase(key),
        ]) {
          await expect(work).rejects.toMatchObject({ name: 'TypeError' });
        }
      }
    });

    it.each([0, 500, 2 * part + 1])('promotes %d bytes; a second time, and at once, changes nothing', async (size) => {
      const key = newId();
      const bytes = bytesOf(11, size);
      await store.put('quarantine', key, sourceOf(bytes));
      await Promise.all([store.promote(key), store.promote(key)]);
      await store.promote(key);
      for (const area of areas) expect(digest(await read(area, key))).toBe(digest(bytes));
      expect((await keysOf(store, 'vault')).get(key)?.size).toBe(size);
      await store.erase(key);
      await store.promote(key);
      expect(digest(await read('vault', key))).toBe(digest(bytes));
      await nothingUnder('quarantine', key);
    });

    it('has nothing to promote where nothing was put', async () => {
      const key = newId();
      expect(await failureOf(store.promote(key))).toBe('missing');
      await nothingUnder('vault', key);
    });

    it('never promotes over other bytes in the vault', async () => {
      const key = newId();
      const kept = bytesOf(12, 300);
      await store.put('vault', key, sourceOf(kept));
      await store.put('quarantine', key, sourceOf(bytesOf(13, 301)));
      expect(await failureOf(store.promote(key))).toBe('exists');
      expect((await read('vault', key)).equals(kept)).toBe(true);
    });

    it('erases in quarantine only, twice as well as once, and leaves the vault alone', async () => {
      const key = newId();
      await store.erase(key);
      await store.put('quarantine', key, sourceOf(bytesOf(14, 5000)));
      await store.promote(key);
      await store.erase(key);
      await store.erase(key);
      await nothingUnder('quarantine', key);
      expect((await read('vault', key)).equals(bytesOf(14, 5000))).toBe(true);
    });

    it('is unavailable, not missing, when out of reach, and works again afterwards without a restart', async () => {
      const key = newId();
      const bytes = bytesOf(15, 4000);
      await store.put('quarantine', key, sourceOf(bytes));
      await store.ping();
      const mend = await made.cut();
      try {
        const listing = async () => {
          await keysOf(store, 'vault');
        };
        const ends = await Promise.all(
          [
            store.ping(),
            store.put('quarantine', newId(), sourceOf(bytes)),
            store.put('vault', newId(), sourceOf(bytesOf(1, part + 1))),
            store.get('quarantine', key),
            store.get('vault', newId()),
            store.getRange('quarantine', key, 0, 1),
            store.stat('quarantine', key),
            store.promote(key),
            store.erase(key),
            listing(),
          ].map(failureOf),
        );
        expect(new Set(ends)).toEqual(new Set(['unavailable']));
      } finally {
        await mend();
      }
      await store.ping();
      expect((await read('quarantine', key)).equals(bytes)).toBe(true);
      await store.put('quarantine', newId(), sourceOf(bytes));
      await store.promote(key);
      expect((await read('vault', key)).equals(bytes)).toBe(true);
    }, 180_000);
  });
}
