import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { newId } from '../../src/kernel/ids.ts';
import { createDirectoryStore } from '../../src/platform/object-store/directory.ts';
import { houseRoot } from '../house/house-files.ts';

/**
 * The folder store under `strace`: in which order it asks the kernel for things, and what is left when the kernel fails
 * it, or the process is killed, at each of these calls. kill -9 does not drop what the kernel has not written yet, so
 * the order is the only proof there is against a power cut.
 */
const size = 150_000;
const clock = { now: () => new Date() };
const traced = ['openat', 'write', 'fsync', 'link', 'mkdir', 'unlink', 'close'] as const;
const moduleUrl = pathToFileURL(join(houseRoot, 'src/platform/object-store/directory.ts')).href;
const program = `
  import { Readable } from 'node:stream';
  import { writeSync } from 'node:fs';
  import { createDirectoryStore } from ${JSON.stringify(moduleUrl)};
  const [folder, key] = process.argv.slice(1);
  const store = createDirectoryStore({ folder, clock: { now: () => new Date() } });
  const tell = (words) => writeSync(1, words + '\\n');
  const step = (name, work) => work().then(() => tell(name), (cause) => tell(name + ' refused: ' + cause.failure));
  await step('put', () => store.put('quarantine', key, Readable.from([Buffer.alloc(${size}, 7)])));
  await step('promoted', () => store.promote(key));
`;

/**
 * A trace with each call on one line, where it came back: strace cuts a call in two when another thread has something to
 * say meanwhile.
 */
function wholeCalls(trace: string): string[] {
  const begun = new Map<string, string>();
  return trace.split('\n').flatMap((line) => {
    const [, process = '', left] = /^(\d+) +(.*) <unfinished \.\.\.>$/.exec(line) ?? [];
    if (left !== undefined) {
      begun.set(process, left);
      return [];
    }
    const [, resumed = '', rest = ''] = /^(\d+) +<\.\.\. \w+ resumed>(.*)$/.exec(line) ?? [];
    return resumed === '' ? [line] : [`${resumed} ${begun.get(resumed) ?? ''}${rest}`];
  });
}

it('a call that strace cut in two is one call, where it came back', () => {
  const trace = [
    '7 mkdir("/kho/quarantine", 0700 <unfinished ...>',
    '8 write(5</kho/a>, "x", 1 <unfinished ...>',
    '7 <... mkdir resumed>)            = 0',
    '7 fsync(9</kho>)                  = 0',
    '8 <... write resumed>)            = 1',
  ].join('\n');
  expect(wholeCalls(trace)).toEqual([
    '7 mkdir("/kho/quarantine", 0700)            = 0',
    '7 fsync(9</kho>)                  = 0',
    '8 write(5</kho/a>, "x", 1)            = 1',
  ]);
});

/** A program of the system, not of a package. */
const tracer = 'strace';
const works = spawnSync(tracer, ['-f', '-o', '/dev/null', '-e', 'trace=none', 'true']).status === 0;
if (!works) console.warn('SKIPPED: the folder store under a failing kernel: it takes strace and the right to trace');

(works ? describe : describe.skip)(
  works ? 'a folder store and its kernel' : 'a folder store and its kernel: SKIPPED, it takes strace',
  () => {
    let root: string;
    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), 'vankho-crash-'));
    });
    afterAll(async () => rm(root, { recursive: true, force: true }));

    let runs = 0;
    function run(inject?: string) {
      runs += 1;
      const folder = join(root, `objects-${runs}`);
      const trace = join(root, `trace-${runs}`);
      const key = newId();
      const { stdout } = spawnSync(
        tracer,
        [
          ...['-f', '-y', '-o', trace, '-e', `trace=${traced.join(',')}`],
          ...(inject === undefined ? [] : ['-e', `inject=${inject}`]),
          ...[process.execPath, '--input-type=module', '-e', program, folder, key],
        ],
        // strace counts calls thread by thread: with one thread for files the n-th call is the n-th call.
        { encoding: 'utf8', env: { ...process.env, UV_THREADPOOL_SIZE: '1', NODE_OPTIONS: '' } },
      );
      return { folder, trace, key, said: stdout.split('\n').filter((line) => line !== '') };
    }

    /** The calls on the store's own files, oldest first, as `name path`. */
    async function callsOf({ trace, folder }: { readonly trace: string; readonly folder: string }): Promise<string[]> {
      return wholeCalls(await readFile(trace, 'utf8')).flatMap((line) => {
        const call = /^\d+ +(\w+)\((.*)\) += (-?\d+)/.exec(line);
        if (call === null || Number(call[3]) < 0) return [];
        const [, name, given] = call;
        if (name === 'write' && given!.startsWith('1<')) return [`said ${/"(\w+)/.exec(given!)?.[1] ?? ''}`];
        const paths = [...given!.matchAll(/[<"](\/[^>"]*)[>"]/g)].map((match) => match[1]!);
        return paths.some((path) => path.startsWith(folder)) ? [`${name!} ${paths.at(-1)!.slice(folder.length)}`] : [];
      });
    }

    it('writes, syncs the file, links it, syncs every folder with a new name in it, and only then says so', async () => {
      const ran = run();
      expect(ran.said).toEqual(['put', 'promoted']);
      const calls = await callsOf(ran);
      const shard = ran.key.slice(-3);
      const temporary = new RegExp(`^/quarantine/incoming/${ran.key}\\.[0-9a-f]{12}$`);
      const steps = calls.map((call) => call.replace(/\S+$/, (path) => (temporary.test(path) ? 'TEMPORARY' : path)));
      const at = (call: string, from = 0) => {
        const found = steps.indexOf(call, from);
        expect([call, found >= 0]).toEqual([call, true]);
        return found;
      };
      const lastWrite = steps.lastIndexOf('write TEMPORARY');
      const synced = at('fsync TEMPORARY');
      const linked = at(`link /quarantine/${shard}/${ran.key}`);
      const put = at('said put');
      const order = [at('openat TEMPORARY'), lastWrite, synced, linked, at(`fsync /quarantine/${shard}`, linked), put];
      expect(order).toEqual([...order].sort((one, other) => one - other));
      // The folders above: each synced after it got a new name, before the first acknowledgement.
      for (const [name, above] of [
        ['/quarantine', ''],
        ['/vault', ''],
        [`/quarantine/${shard}`, '/quarantine'],
      ] as const) {
        expect(at(`fsync ${above}`, at(`mkdir ${name}`))).toBeLessThan(put);
      }
      expect(at(`mkdir /quarantine/${shard}`)).toBeLessThan(linked);
      const promoted = at(`link /vault/${shard}/${ran.key}`);
      expect(promoted).toBeGreaterThan(put);
      expect(at(`fsync /vault/${shard}`, promoted)).toBeLessThan(at('said promoted'));
      expect(at('fsync /vault', at(`mkdir /vault/${shard}`))).toBeLessThan(promoted);
    });

    /** What must hold after any end of the child: C2 nothing torn, C1 what was said is there, C5 what failed is said. */
    async function check({ folder, key, said }: ReturnType<typeof run>, killed: boolean): Promise<void> {
      const store = createDirectoryStore({ folder, clock });
      for (const [area, word] of [
        ['quarantine', 'put'],
        ['vault', 'promoted'],
      ] as const) {
        const held = await store.stat(area, key);
        if (said.includes(word)) expect(held).toEqual({ size });
        else if (!killed && word === 'put') expect(held).toBeUndefined();
        if (held === undefined) continue;
        expect(held).toEqual({ size });
        expect((await buffer(await store.get(area, key))).equals(Buffer.alloc(size, 7))).toBe(true);
      }
      // Whatever happened, the next try ends well.
      if ((await store.stat('quarantine', key)) !== undefined) {
        await store.promote(key);
        expect(await store.stat('vault', key)).toEqual({ size });
        await store.erase(key);
        expect(await readdir(join(folder, 'quarantine/incoming'))).toEqual([]);
      } else await store.ping();
    }

    it.each([
      ['fsync', 'error=EIO', 9],
      ['fsync', 'signal=KILL', 9],
      ['link', 'error=EIO', 2],
      ['link', 'error=ENOSPC', 2],
      ['link', 'signal=KILL', 2],
      ['mkdir', 'error=ENOSPC', 7],
      ['mkdir', 'signal=KILL', 7],
      ['unlink', 'signal=KILL', 1],
    ])(
      'keeps its word when %s meets %s, at each of %d calls',
      async (name, fault, calls) => {
        let hit = 0;
        for (let when = 1; when <= calls; when++) {
          const ran = run(`${name}:${fault}:when=${when}`);
          if (ran.said.join() !== 'put,promoted') hit += 1;
          await check(ran, fault.startsWith('signal'));
          if (fault === 'error=ENOSPC') expect(ran.said.join()).toContain('refused: full');
          if (fault === 'error=EIO') expect(ran.said.join()).toContain('refused: unavailable');
        }
        expect(hit).toBe(calls);
      },
      120_000,
    );
  },
);
