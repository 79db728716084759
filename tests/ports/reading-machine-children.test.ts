import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { FileFormat, FileToRead, ReadingMachine } from '../../src/departments/intake/ports.ts';
import { createReadingMachine } from '../../src/platform/reading-machine/machine.ts';
import { endlessPdf, largeScan, pdfOf, scannedPdf } from './reading-machine-pdf.ts';

/** The children of the reading machine: killed on time and memory, replaced when they die, none left behind. */

const letter = ['Kính gửi: Các đơn vị thuộc Bộ', 'Văn phòng Bộ thông báo lịch trực trong dịp nghỉ lễ.'];
const usual = { children: 2, memoryMegabytes: 1024, secondsPerFile: 30, secondsPerPage: 60 };

let folder = '';
const opened: ReadingMachine[] = [];

/** A machine of its own, closed at the end whatever happens. */
function machineWith(options: Partial<typeof usual>): ReadingMachine {
  const made = createReadingMachine({ ...usual, ...options });
  opened.push(made);
  return made;
}

async function file(name: string, bytes: Uint8Array | string, format: FileFormat): Promise<FileToRead> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { path, format };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vankho-reading-'));
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await rm(folder, { recursive: true });
});

describe('children', () => {
  const isLinux = existsSync('/proc/self/status');
  /** Reading children of a process that live now. */
  const children = (of = process.pid): readonly string[] =>
    readdirSync('/proc').filter((pid) => {
      try {
        const parent = /\) \S (\d+)/u.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
        return parent === String(of) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('reading-child');
      } catch {
        return false;
      }
    });
  async function until<T>(look: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined && found !== false) return found;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const newChild = (before: readonly string[]): Promise<string> =>
    until(() => children().find((pid) => !before.includes(pid)));

  (isLinux ? test : test.skip)('one that takes too long is killed, and the next file is read', async () => {
    const hasty = machineWith({ secondsPerFile: 2 });
    const before = children();
    const short = await file('ngan.pdf', await pdfOf([letter]), 'pdf');
    await hasty.readText(short);
    // Stopped, not merely slow: on a fast machine it would be its memory that ends it first.
    process.kill(Number(await newChild(before)), 'SIGSTOP');
    await expect(hasty.readText(short)).resolves.toEqual({ unit: 'page', pages: [], problem: 'too-slow' });
    const next = await hasty.readText(short);
    expect(next.pages[0]?.text).toContain('Kính gửi');
  });

  (isLinux ? test : test.skip)('one that takes too much memory is killed', async () => {
    const small = machineWith({ memoryMegabytes: 40 });
    const endless = await file('ton-bo-nho.pdf', endlessPdf(), 'pdf');
    await expect(small.readText(endless)).resolves.toMatchObject({ problem: 'too-much-memory' });
  });

  test('a scan larger than what a child may use is read all the same', async () => {
    const [width, height] = [2480, 3508];
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const jpeg = await sharp({ create: { width, height, channels: 3, background: 'white', noise } })
      .jpeg({ quality: 95 })
      .toBuffer();
    const bytes = largeScan(jpeg, width, height, 60);
    const memoryMegabytes = 480;
    expect(bytes.length).toBeGreaterThan(memoryMegabytes * 1_000_000);
    const reading = await machineWith({ memoryMegabytes }).readText(await file('lon.pdf', bytes, 'pdf'));
    expect([reading.problem, reading.pages.length]).toEqual([undefined, 60]);
  });

  (isLinux ? test : test.skip)('one that dies is a crash of that file only, and is replaced', async () => {
    const own = machineWith({});
    const before = children();
    const reading = own.readText(await file('chet.pdf', endlessPdf(), 'pdf'));
    process.kill(Number(await newChild(before)), 'SIGKILL');
    await expect(reading).resolves.toEqual({ unit: 'page', pages: [], problem: 'crashed' });
    const next = await own.readText(await file('song.pdf', await pdfOf([letter]), 'pdf'));
    expect(next.problem).toBeUndefined();
  });

  (isLinux ? test : test.skip)('they inherit nothing from the environment, and none is left after close', async () => {
    const own = machineWith({});
    const before = children();
    const reading = own.readText(await file('dong.pdf', endlessPdf(), 'pdf'));
    const pid = await newChild(before);
    const inherited = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
    expect(inherited.filter((line) => line !== '' && !line.startsWith('NODE_CHANNEL_'))).toEqual([]);
    await own.close();
    await expect(reading).resolves.toEqual({ unit: 'page', pages: [], problem: 'interrupted' });
    expect(children()).not.toContain(pid);
    await expect(own.readText(await file('sau-dong.txt', 'x', 'txt'))).resolves.toMatchObject({
      problem: 'interrupted',
    });
  });

  (isLinux ? test : test.skip)('one that a file has caught in a loop ends when the server is killed', async () => {
    const endless = await file('mo-coi.pdf', endlessPdf(), 'pdf');
    const machine = new URL('../../src/platform/reading-machine/machine.ts', import.meta.url).href;
    const program =
      `import { createReadingMachine } from '${machine}';` +
      `const machine = createReadingMachine(${JSON.stringify(usual)});` +
      `await machine.readText(${JSON.stringify(endless)});`;
    const server = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
    const child = await until(() => children(server.pid)[0]);
    server.kill('SIGKILL');
    // Gone, or dead and not yet fetched by whoever inherited it.
    const isGone = (): boolean =>
      !existsSync(`/proc/${child}`) || readFileSync(`/proc/${child}/stat`, 'utf8').includes(') Z');
    await expect(until(isGone)).resolves.toBe(true);
  });

  test('text and pictures do not wait for OCR', async () => {
    const scan = await file(
      'cham.pdf',
      await scannedPdf([
        await sharp({ create: { width: 1240, height: 1754, channels: 3, background: 'white' } })
          .png()
          .toBuffer(),
      ]),
      'pdf',
    );
    const machine = machineWith({});
    const quick = await file('nhanh.txt', 'Kính gửi', 'txt');
    const order: string[] = [];
    const slow = [1, 2, 3].map(() => machine.recognise(scan, 1).then(() => order.push('ocr')));
    const fast = [1, 2].map(() => machine.readText(quick).then(() => order.push('text')));
    await Promise.all([...slow, ...fast]);
    expect(order.slice(0, 2)).toEqual(['text', 'text']);
  });
});
