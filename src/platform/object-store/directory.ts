import { randomBytes } from 'node:crypto';
import { link, lstat, mkdir, open, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ObjectStoreError, type Area, type ObjectStore } from '../../departments/strongroom/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import { entriesOf, storeError, syncFolder, systemCode, unless, writeNewFile } from './directory-files.ts';
import { checkedKey, checkRange, isKey } from './key.ts';
import { bytesOfSource, takingFrom } from './source.ts';

/** A put still running keeps its file's time fresh; a file untouched for a day belongs to a process that died. */
const leftoverHours = 24;

const areas: readonly Area[] = ['quarantine', 'vault'];

/**
 * Bytes in a folder:
 *
 *     <folder>/quarantine/incoming/<key>.<random>   being written
 *     <folder>/quarantine/<3 hex>/<key>             there
 *     <folder>/vault/…                              the same
 *
 * The three hex digits are the key's last ones, which are random (its first ones are the hour): 4,096 folders, so a
 * million objects are 244 names a folder. A name appears by link(2), which refuses a name that exists; rename(2) would
 * overwrite it. Files are read-only from the start (0400): nothing in here is ever changed.
 *
 * The folder itself is made at first use, its parent never: when a disk is not mounted, bytes must not land on the disk
 * underneath. Once it has been seen, a folder that vanishes is `unavailable` until it is back.
 */
export function createDirectoryStore(options: { readonly folder: string; readonly clock: Clock }): ObjectStore {
  const { folder, clock } = options;
  const areaFolder = (area: Area) => join(folder, area);
  const incoming = (area: Area) => join(folder, area, 'incoming');
  const shard = (area: Area, key: string) => join(folder, area, key.slice(-3));
  const place = (area: Area, key: string) => join(shard(area, key), key);

  /** Folders whose own name is known to be on the disk. Someone else's mkdir may not be synced yet, so ours is not the only fsync. */
  const synced = new Set<string>();
  let opened: Promise<void> | undefined;

  async function openFolder(): Promise<void> {
    await unless(['EEXIST'], mkdir(folder, { mode: 0o700 }));
    for (const area of areas) {
      await unless(['EEXIST'], mkdir(areaFolder(area), { mode: 0o700 }));
      await unless(['EEXIST'], mkdir(incoming(area), { mode: 0o700 }));
      await syncFolder(areaFolder(area));
    }
    await syncFolder(folder);
    await syncFolder(join(folder, '..'));
    const old = clock.now().getTime() - leftoverHours * 3_600_000;
    for (const area of areas) {
      for await (const name of entriesOf(incoming(area))) {
        const path = join(incoming(area), name);
        const found = await unless(['ENOENT'], lstat(path));
        if (found?.isFile() && found.mtimeMs < old) await unless(['ENOENT'], unlink(path));
      }
    }
  }

  /** Every operation passes here: the folder is open, and what the system says comes out in the words of the port. */
  async function within<T>(work: () => Promise<T>): Promise<T> {
    try {
      opened ??= openFolder();
      await opened.catch((cause: unknown) => {
        opened = undefined;
        throw cause;
      });
      return await work();
    } catch (cause) {
      // Another disk may stand here next time.
      if (systemCode(cause) !== undefined) synced.clear();
      throw storeError(cause);
    }
  }

  async function makeShard(area: Area, key: string): Promise<string> {
    const path = shard(area, key);
    if (!synced.has(path)) {
      await unless(['EEXIST'], mkdir(path, { mode: 0o700 }));
      await syncFolder(areaFolder(area));
      synced.add(path);
    }
    return path;
  }

  /** ENOENT means `missing` only when the store itself is there. */
  async function found<T>(area: Area, step: Promise<T>): Promise<T | undefined> {
    const result = await unless(['ENOENT'], step);
    if (result === undefined) await stat(incoming(area));
    return result;
  }

  const statOf = async (area: Area, key: string) => {
    const entry = await found(area, lstat(place(area, key)));
    return entry?.isFile() ? entry : undefined;
  };

  const temporary = (area: Area, key: string) => join(incoming(area), `${key}.${randomBytes(6).toString('hex')}`);

  /** Steps 1 to 4 of the write protocol: new file, fsync, link that never overwrites, fsync of the folder. */
  async function write(area: Area, key: string, bytes: AsyncIterable<Buffer>): Promise<number> {
    const path = temporary(area, key);
    const written = await writeNewFile(path, bytes);
    try {
      const into = await makeShard(area, key);
      const linked = await unless(
        ['EEXIST'],
        link(path, place(area, key)).then(() => true),
      );
      if (linked === undefined) throw new ObjectStoreError('exists');
      await syncFolder(into).catch(async (cause: unknown) => {
        // Not acknowledged, so not there: the same key must not be found later with bytes nobody vouches for.
        await unlink(place(area, key)).catch(() => undefined);
        throw cause;
      });
    } finally {
      await unlink(path).catch(() => undefined);
    }
    return written;
  }

  async function put(area: Area, key: string, source: Readable, size?: number): Promise<{ readonly size: number }> {
    checkedKey(key);
    return takingFrom(source, () =>
      within(async () => {
        if ((await statOf(area, key)) !== undefined) throw new ObjectStoreError('exists');
        return { size: await write(area, key, bytesOfSource(source, size)) };
      }),
    );
  }

  async function opening(area: Area, key: string, range: { readonly start?: number; readonly end?: number }) {
    return within(async () => {
      const file = await found(area, open(place(area, key), 'r'));
      if (file === undefined) throw new ObjectStoreError('missing');
      try {
        if (range.start !== undefined && range.start >= (await file.stat()).size) {
          throw new RangeError('object store: the range begins after the last byte');
        }
        return file.createReadStream({ highWaterMark: 1 << 16, ...range });
      } catch (cause) {
        await file.close();
        throw cause;
      }
    });
  }

  /** The same file under a second name; across devices a copy, written as carefully as a put. */
  async function makeVaultName(key: string): Promise<void> {
    const from = place('quarantine', key);
    const to = place('vault', key);
    const there = await statOf('quarantine', key);
    if (there === undefined) {
      if ((await statOf('vault', key)) === undefined) throw new ObjectStoreError('missing');
    } else {
      await makeShard('vault', key);
      try {
        await link(from, to);
      } catch (cause) {
        const code = systemCode(cause);
        if (code === 'EXDEV' || code === 'EPERM' || code === 'ENOTSUP' || code === 'EMLINK') {
          const already = await statOf('vault', key);
          const bytes = already === undefined ? await open(from, 'r') : undefined;
          if (bytes !== undefined) await write('vault', key, bytes.createReadStream());
        } else if (code !== 'EEXIST') throw cause;
      }
      const now = await statOf('vault', key);
      if (now?.size !== there.size) throw new ObjectStoreError('exists');
    }
    // Also when the name was there before: the process that made it may have died before this line.
    await syncFolder(shard('vault', key));
  }

  return {
    name: 'directory',
    quarantinePath: (key) => place('quarantine', checkedKey(key)),
    put,
    get: async (area, key) => opening(area, checkedKey(key), {}),
    getRange: async (area, key, start, end) => {
      checkRange(start, end);
      return opening(area, checkedKey(key), { start, end });
    },
    stat: async (area, key) => {
      const entry = await within(() => statOf(area, checkedKey(key)));
      return entry && { size: entry.size };
    },
    promote: async (key) => within(() => makeVaultName(checkedKey(key))),
    erase: async (key) => {
      checkedKey(key);
      await within(async () => {
        await found(
          'quarantine',
          unlink(place('quarantine', key)).then(() => true),
        );
        // A put killed after its link leaves a second name of the same bytes.
        for await (const name of entriesOf(incoming('quarantine'))) {
          if (name.startsWith(`${key}.`)) await unless(['ENOENT'], unlink(join(incoming('quarantine'), name)));
        }
        await unless(['ENOENT'], syncFolder(shard('quarantine', key)));
        await syncFolder(incoming('quarantine'));
      });
    },
    async *list(area) {
      try {
        await within(() => stat(incoming(area)));
        for await (const name of entriesOf(areaFolder(area))) {
          if (!/^[0-9a-f]{3}$/.test(name)) continue;
          for await (const key of entriesOf(join(areaFolder(area), name))) {
            const entry = isKey(key) ? await unless(['ENOENT'], lstat(join(areaFolder(area), name, key))) : undefined;
            if (entry?.isFile()) yield { key, size: entry.size, storedAt: entry.mtime };
          }
        }
      } catch (cause) {
        throw storeError(cause);
      }
    },
    ping: async () => {
      try {
        await within(async () => {
          for (const area of areas) {
            const path = join(incoming(area), `ping.${randomBytes(6).toString('hex')}`);
            await writeNewFile(path, Readable.from([Buffer.from('ping')]));
            await unlink(path);
          }
        });
      } catch (cause) {
        throw cause instanceof ObjectStoreError && cause.failure === 'unavailable'
          ? cause
          : new ObjectStoreError('unavailable', { cause });
      }
    },
    // No file stays open between two calls.
    close: async () => undefined,
  };
}
