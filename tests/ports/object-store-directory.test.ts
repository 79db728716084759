import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { ObjectStoreError } from '../../src/departments/strongroom/ports.ts';
import { newId } from '../../src/kernel/ids.ts';
import { createDirectoryStore } from '../../src/platform/object-store/directory.ts';
import { houseRoot } from '../house/house-files.ts';
import { bytesOf, objectStoreContract, sourceOf } from './object-store.suite.ts';

const clock = { now: () => new Date() };
const day = 86_400_000;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'vankho-objects-'));
});
afterAll(async () => rm(root, { recursive: true, force: true }));

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (cause: unknown) => (cause instanceof ObjectStoreError ? cause.failure : String(cause)),
  );

objectStoreContract('a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vankho-contract-'));
  const objects = join(folder, 'objects');
  return {
    store: createDirectoryStore({ folder: objects, clock }),
    cut: async () => {
      await rename(objects, `${objects}-away`);
      return () => rename(`${objects}-away`, objects);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
});

describe('a folder as an object store', () => {
  it('makes its own folder, never the one above it: an unmounted disk is not replaced by the one below', async () => {
    const parent = join(root, 'mount');
    const store = createDirectoryStore({ folder: join(parent, 'objects'), clock });
    expect(await failureOf(store.put('vault', newId(), sourceOf(bytesOf(1, 10))))).toBe('unavailable');
    expect(await readdir(root)).not.toContain('mount');
    await mkdir(parent);
    await store.put('vault', newId(), sourceOf(bytesOf(1, 10)));
  });

  it('promotes by a second name of the same file, and its files are read-only', async () => {
    const folder = join(root, 'links');
    const store = createDirectoryStore({ folder, clock });
    const key = newId();
    await store.put('quarantine', key, sourceOf(bytesOf(1, 10)));
    await store.promote(key);
    const [from, to] = await Promise.all(
      ['quarantine', 'vault'].map((area) => stat(join(folder, area, key.slice(-3), key))),
    );
    expect(to!.ino).toBe(from!.ino);
    expect(to!.mode & 0o777).toBe(0o400);
    expect(await readdir(join(folder, 'quarantine/incoming'))).toEqual([]);
  });

  it('says where the bytes of quarantine lie, so that they are read without a second copy', async () => {
    const store = createDirectoryStore({ folder: join(root, 'paths'), clock });
    const key = newId();
    await store.put('quarantine', key, sourceOf(bytesOf(3, 5000)));
    expect(await readFile(store.quarantinePath?.(key) ?? '')).toEqual(bytesOf(3, 5000));
    expect(() => store.quarantinePath?.('../../etc/passwd')).toThrow();
  });

  it('finishes a promotion that died between the copy and its end', async () => {
    const folder = join(root, 'half');
    const store = createDirectoryStore({ folder, clock });
    const key = newId();
    const bytes = bytesOf(2, 5000);
    await store.put('quarantine', key, sourceOf(bytes));
    await mkdir(join(folder, 'vault', key.slice(-3)));
    // As across two disks: the copy is there under its name, not a link.
    await cp(join(folder, 'quarantine', key.slice(-3), key), join(folder, 'vault', key.slice(-3), key));
    await store.promote(key);
    expect((await buffer(await store.get('vault', key))).equals(bytes)).toBe(true);
  });

  it('erases the second name that a put killed after its link has left', async () => {
    const folder = join(root, 'second-name');
    const store = createDirectoryStore({ folder, clock });
    const key = newId();
    await store.put('quarantine', key, sourceOf(bytesOf(3, 10)));
    await writeFile(join(folder, 'quarantine/incoming', `${key}.0123456789ab`), 'the same bytes');
    await store.erase(key);
    expect(await readdir(join(folder, 'quarantine/incoming'))).toEqual([]);
  });

  it('after kill -9 in the middle of a put has nothing under the key, and clears the leftover when it is old', async () => {
    const folder = join(root, 'killed');
    const key = newId();
    const program = `
      import { Readable } from 'node:stream';
      import { createDirectoryStore } from ${JSON.stringify(pathToFileURL(join(houseRoot, 'src/platform/object-store/directory.ts')).href)};
      const store = createDirectoryStore({ folder: process.argv[1], clock: { now: () => new Date() } });
      async function* endless() {
        yield Buffer.alloc(200_000, 1);
        // Asked for the second piece, the store has written the first.
        process.stdout.write('writing');
        await new Promise(() => setInterval(() => undefined, 1000));
      }
      await store.put('quarantine', process.argv[2], Readable.from(endless()));
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder, key], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');

    const leftovers = () => readdir(join(folder, 'quarantine/incoming'));
    expect(await leftovers()).toHaveLength(1);
    const store = createDirectoryStore({ folder, clock });
    expect(await store.stat('quarantine', key)).toBeUndefined();
    // Young: it may be the running put of another process.
    expect(await leftovers()).toHaveLength(1);
    await store.put('quarantine', key, sourceOf(bytesOf(4, 10)));
    const later = createDirectoryStore({ folder, clock: { now: () => new Date(Date.now() + 2 * day) } });
    await later.ping();
    expect(await leftovers()).toEqual([]);
    expect(await later.stat('quarantine', key)).toEqual({ size: 10 });
  });

  it('is unavailable where it may not write', async () => {
    const folder = join(root, 'not-a-folder');
    await writeFile(folder, 'a file stands here');
    const store = createDirectoryStore({ folder, clock });
    expect(await failureOf(store.ping())).toBe('unavailable');
    expect(await failureOf(store.stat('vault', newId()))).toBe('unavailable');
    await rm(folder);
    await store.ping();
  });

  const root0 = process.getuid?.() === 0;
  (root0 ? it.skip : it)(
    root0
      ? 'is unavailable in a folder without permission: SKIPPED, root may write anywhere'
      : 'is unavailable in a folder without permission',
    async () => {
      const folder = join(root, 'forbidden');
      const store = createDirectoryStore({ folder, clock });
      await store.ping();
      await chmod(join(folder, 'vault'), 0o500);
      await chmod(join(folder, 'vault/incoming'), 0o500);
      expect(await failureOf(store.put('vault', newId(), sourceOf(bytesOf(1, 10))))).toBe('unavailable');
      await chmod(join(folder, 'vault'), 0o700);
      await chmod(join(folder, 'vault/incoming'), 0o700);
      await store.put('vault', newId(), sourceOf(bytesOf(1, 10)));
    },
  );
});

const mountable = (() => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const trial = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', tmpdir()]);
  return trial.status === 0;
})();
if (!mountable) console.warn('SKIPPED: the full disk of the object store: it takes root and a tmpfs');

(mountable ? describe : describe.skip)(
  mountable ? 'a full disk' : 'a full disk: SKIPPED, it takes root and a tmpfs of 2 MB',
  () => {
    let disk: string;
    beforeAll(async () => {
      disk = join(root, 'disk');
      await mkdir(disk);
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', disk]).status).toBe(0);
    });
    afterAll(() => {
      spawnSync('umount', [disk]);
    });

    it('is said, leaves nothing behind, keeps what was there readable, and is over once there is room', async () => {
      const folder = join(disk, 'objects');
      const store = createDirectoryStore({ folder, clock });
      const kept: string[] = [];
      let failure = 'none';
      for (let at = 0; at < 100 && failure === 'none'; at++) {
        const key = newId();
        failure = await failureOf(store.put('quarantine', key, sourceOf(bytesOf(at, 100_000))));
        if (failure === 'none') kept.push(key);
      }
      expect(failure).toBe('full');
      expect(kept.length).toBeGreaterThan(10);
      expect(await failureOf(store.put('vault', newId(), sourceOf(bytesOf(1, 1_000_000))))).toBe('full');
      for (const area of ['quarantine', 'vault']) expect(await readdir(join(folder, area, 'incoming'))).toEqual([]);
      for (const [at, key] of kept.entries()) {
        expect((await buffer(await store.get('quarantine', key))).equals(bytesOf(at, 100_000))).toBe(true);
      }
      await store.erase(kept[0]!);
      const key = newId();
      await store.put('quarantine', key, sourceOf(bytesOf(1, 90_000)));
      await store.promote(key);
      await store.ping();
    });
  },
);
