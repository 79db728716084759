import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createStrongroom, type Stored } from '../../src/departments/strongroom/index.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { createDirectoryStore } from '../../src/platform/object-store/directory.ts';

/** The strong-room over a real folder: what its readers meet while a file moves, and when they leave. */

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'vankho-strongroom-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const words = 'Nguyên vẹn như khi đến';

async function open() {
  const folder = await mkdtemp(join(root, 'room-'));
  const store = createDirectoryStore({ folder: join(folder, 'objects'), clock: systemClock });
  const room = createStrongroom({ store, spool: join(folder, 'spool'), clock: systemClock });
  return { store, room };
}

async function received({ room }: Awaited<ReturnType<typeof open>>): Promise<Stored> {
  const { key, size, sha256 } = await room.receive(Readable.from([Buffer.from(words)]));
  return { id: key, area: 'quarantine', size, sha256 };
}

describe('a row that was read before its file went to the vault', () => {
  async function moved() {
    const house = await open();
    const file = await received(house);
    await house.room.toVault(file);
    await house.room.leaveQuarantine(file.id);
    return { ...house, file };
  }

  test('is no damage: whole, in part, and as a copy for the reading machine', async () => {
    const { room, file } = await moved();
    expect(await text(await room.open(file))).toBe(words);
    expect(await text(await room.open(file, { start: 0, end: 5 }))).toBe(Buffer.from(words).toString('utf8', 0, 6));
    expect(await readFile(await room.localCopy(file), 'utf8')).toBe(words);
    expect(await room.intact(file)).toBe(true);
  });

  test('moves while it is being read: the reading is begun again on the vault’s bytes, and only then', async () => {
    const house = await open();
    const { room } = house;
    const file = await received(house);
    const tried: string[] = [];
    const said = await room.withLocalCopy(file, async (path) => {
      tried.push(path);
      if (tried.length === 1) {
        await room.toVault(file);
        await room.leaveQuarantine(file.id);
      }
      return readFile(path, 'utf8');
    });
    expect([said, tried.length]).toEqual([words, 2]);
    const fault = new Error('the machine gave up');
    let times = 0;
    await expect(
      room.withLocalCopy(file, () => {
        times += 1;
        return Promise.reject(fault);
      }),
    ).rejects.toBe(fault);
    expect(times).toBe(1);
  });

  test('is damage when the bytes are nowhere, or are others', async () => {
    const { room, store, file } = await moved();
    await expect(room.open({ ...file, sha256: Buffer.alloc(32) })).rejects.toMatchObject({ code: 'content-damaged' });
    const erased = await received({ room, store });
    await store.erase(erased.id);
    await expect(room.open(erased)).rejects.toMatchObject({ code: 'content-damaged' });
    await expect(room.localCopy(erased)).rejects.toMatchObject({ code: 'content-damaged' });
  });
});

describe('a reader who leaves', () => {
  test.each(['before the first byte', 'after it'])('%s leaves nothing of the store open', async (when) => {
    const { room, store } = await open();
    const opened: Readable[] = [];
    const watched = createStrongroom({
      store: {
        ...store,
        getRange: async (...asked) => {
          const source = await store.getRange(...asked);
          opened.push(source);
          return source;
        },
      },
      spool: join(root, 'spool'),
      clock: systemClock,
    });
    const stream = await watched.open(await received({ room, store }), { start: 1, end: 3 });
    if (when === 'after it') for await (const _chunk of stream) break;
    else await once(stream.destroy(), 'close');
    expect(opened.map((source) => source.destroyed)).toEqual([true]);
  });
});
