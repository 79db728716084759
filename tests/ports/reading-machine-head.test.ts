import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { degrees } from 'pdf-lib';
import sharp from 'sharp';
import type { FileFormat, FileToRead, HeadLine, ReadingMachine } from '../../src/departments/intake/ports.ts';
import { createReadingMachine } from '../../src/platform/reading-machine/machine.ts';
import { markedLetter } from '../support/marked-letter.ts';
import { newPdf } from './reading-machine-pdf.ts';

/** The head of a file, which is read before the file is acknowledged: with real files and real children. */

let folder = '';
let machine: ReadingMachine;
async function file(name: string, bytes: Uint8Array | string, format: FileFormat): Promise<FileToRead> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { path, format };
}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vankho-head-'));
  machine = createReadingMachine({ children: 2, memoryMegabytes: 1024, secondsPerFile: 30, secondsPerPage: 60 });
});
afterAll(async () => {
  await machine.close();
  await rm(folder, { recursive: true });
});

describe('the head of a file, before it is acknowledged', () => {
  const headOf = async (toRead: FileToRead) => {
    const head = await machine.readHead(toRead);
    return 'lines' in head ? head.lines : head;
  };

  test('of a PDF are the lines of its first page with their places, columns apart', async () => {
    const lines = await headOf(await file('dau.pdf', await markedLetter({ mark: 'TỐI MẬT' }), 'pdf'));
    expect(lines).toContainEqual({ text: 'Số: 118/BTN-VP', box: expect.any(Array) });
    expect(lines).toContainEqual({ text: 'Hà Nội, ngày 12 tháng 5 năm 2026', box: expect.any(Array) });
    const [mark] = (lines as readonly HeadLine[]).filter(({ text }) => text === 'TỐI MẬT');
    const [left = 0, top = 0, right = 0, bottom = 0] = mark?.box ?? [];
    // Drawn 170 points from the left and 698 from the foot of A4, 13 high.
    expect([(left + right) / 2, top, bottom].map((one) => Math.round(one * 100))).toEqual([29, 16, 18]);
  });

  test('of a page that is turned has its places as it is seen', async () => {
    const { document, font } = await newPdf();
    const page = document.addPage([842, 595]);
    page.setRotation(degrees(90));
    page.drawText('MẬT', { x: 60, y: 80, size: 14, font, rotate: degrees(90) });
    const lines = await headOf(await file('xoay.pdf', await document.save(), 'pdf'));
    const [left = 1, top = 1] = (lines as readonly HeadLine[])[0]?.box ?? [];
    expect([left, top].map((one) => Math.round(one * 10))).toEqual([1, 1]);
  });

  test('of text that flows are its first lines, of a picture none', async () => {
    expect(await headOf(await file('a.txt', 'Một\n\nHai', 'txt'))).toEqual([
      { text: 'Một', box: null },
      { text: 'Hai', box: null },
    ]);
    const picture = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(await headOf(await file('a.png', picture, 'png'))).toEqual([]);
  });

  test('of what is no such file is a problem, as of the whole', async () => {
    expect(await headOf(await file('hong.pdf', 'không phải PDF', 'pdf'))).toEqual({ problem: 'broken' });
  });
});
