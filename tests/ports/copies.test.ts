import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePDFRawStream, degrees, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFString } from 'pdf-lib';
import sharp from 'sharp';
import type { CopyMade, FileFormat, Mark, ReadingMachine } from '../../src/departments/intake/ports.ts';
import { createReadingMachine } from '../../src/platform/reading-machine/machine.ts';
import { encryptedPdf, newPdf, pdfOf, scannedPdf } from './reading-machine-pdf.ts';

/** Copies that bear a name, made of whatever came in: the mark is on every page, and nothing else of the file is left in it. */

const mark: Mark = {
  id: '019d0000-0000-7000-8000-000000000001',
  moment: '2026-11-25T02:31:00.000Z',
  title: 'Công văn số 5.pdf',
  rank: 1,
  level: 'NỘI BỘ',
  foot: 'Bản sao số 12/2026/NB  ·  cấp cho Nguyễn Thị Phương Thảo, Vụ Pháp chế  ·  09:31 ngày 25/11/2026',
  quiet: 'Nguyễn Thị Phương Thảo  ·  Vụ Pháp chế  ·  09:31 25/11/2026  ·  số 12/2026/NB',
  unsigned: 'Chữ ký số chỉ có trên bản gốc',
};

let folder = '';
let machine: ReadingMachine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vankho-copies-'));
  machine = createReadingMachine({ children: 2, memoryMegabytes: 1024, secondsPerFile: 60, secondsPerPage: 60 });
});
afterAll(async () => {
  await machine.close();
  await rm(folder, { recursive: true });
});

let count = 0;
async function kept(bytes: Uint8Array, format: FileFormat): Promise<{ path: string; format: FileFormat }> {
  count += 1;
  const path = join(folder, `${String(count)}.${format}`);
  await writeFile(path, bytes);
  return { path, format };
}

async function copyOf(bytes: Uint8Array, format: FileFormat = 'pdf', said = mark): Promise<[CopyMade, Buffer]> {
  const pieces: Buffer[] = [];
  const made = await machine.copy(await kept(bytes, format), said, (piece) => pieces.push(Buffer.from(piece)));
  return [made, Buffer.concat(pieces)];
}

const textsOf = async (pdf: Uint8Array): Promise<readonly string[]> =>
  (await machine.readText(await kept(pdf, 'pdf'))).pages.map(({ text }) => text);

/** How dark a part of the first page is, drawn 400 points wide: 0 is white. Shares of the page from its upper left corner. */
async function ink(pdf: Uint8Array, part: readonly [number, number, number, number], page = 1): Promise<number> {
  const drawn = await machine.render(await kept(pdf, 'pdf'), page, 400);
  if ('problem' in drawn) throw new Error(drawn.problem);
  return inkOf(drawn.png, part);
}

async function inkOf(png: Uint8Array, [left, top, right, bottom]: readonly [number, number, number, number]) {
  const { width, height } = await sharp(png).metadata();
  const area = {
    left: Math.round(left * width),
    top: Math.round(top * height),
    width: Math.max(1, Math.round((right - left) * width)),
    height: Math.max(1, Math.round((bottom - top) * height)),
  };
  const { channels } = await sharp(await sharp(png).extract(area).png().toBuffer()).stats();
  return 255 - channels.reduce((sum, { mean }) => sum + mean, 0) / channels.length;
}
const head = [0, 0.001, 1, 0.008] as const;
const foot = [0, 0.992, 1, 0.999] as const;
const middle = [0.2, 0.4, 0.8, 0.6] as const;

async function expectMarked(pdf: Uint8Array, pages: number): Promise<void> {
  const texts = await textsOf(pdf);
  expect(texts).toHaveLength(pages);
  for (const [at, text] of texts.entries()) {
    expect(text).toContain('NỘI BỘ');
    expect(text).toContain('Bản sao số 12/2026/NB');
    expect(text).toContain('Nguyễn Thị Phương Thảo');
    expect(await ink(pdf, head, at + 1)).toBeGreaterThan(8);
    expect(await ink(pdf, foot, at + 1)).toBeGreaterThan(8);
  }
}

test('a letter keeps its own text and bears the mark on each page, the same bytes each time', async () => {
  const letter = await pdfOf([['Kính gửi: Các đơn vị thuộc Bộ'], ['Trang thứ hai'], ['Trang thứ ba']]);
  const [made, copy] = await copyOf(letter);
  expect(made).toEqual({ pages: 3, size: copy.length, signed: false });
  await expectMarked(copy, 3);
  expect((await textsOf(copy))[0]).toContain('Kính gửi: Các đơn vị thuộc Bộ');
  expect(await ink(copy, middle)).toBeGreaterThan(0.5);
  expect((await copyOf(letter))[1].equals(copy)).toBe(true);
  // Another child, as after a restart.
  const other = createReadingMachine({ children: 2, memoryMegabytes: 1024, secondsPerFile: 60, secondsPerPage: 60 });
  const hash = createHash('sha256');
  await other.copy(await kept(letter, 'pdf'), mark, (piece) => hash.update(piece));
  await other.close();
  expect(hash.digest('hex')).toBe(createHash('sha256').update(copy).digest('hex'));
  const document = await PDFDocument.load(copy, { updateMetadata: false });
  expect([document.getTitle(), document.getCreationDate()?.toISOString()]).toEqual([
    'Công văn số 5.pdf',
    '2026-11-25T02:31:00.000Z',
  ]);
});

test('a scan in a PDF, a JPEG, a PNG that is dark all over, and a TIFF of two pages bear it over the picture', async () => {
  const plain = (background: string) => sharp({ create: { width: 827, height: 1169, channels: 3, background } });
  const [png, dark] = [await plain('white').png().toBuffer(), await plain('#14181e').png().toBuffer()];
  await expectMarked((await copyOf(await scannedPdf([png])))[1], 1);
  await expectMarked((await copyOf(await plain('white').jpeg().toBuffer(), 'jpeg'))[1], 1);
  const [made, night] = await copyOf(dark, 'png');
  expect(made).toMatchObject({ pages: 1 });
  await expectMarked(night, 1);
  // The quiet letters are lighter than the ground.
  expect(await ink(night, middle)).toBeLessThan(255 - 24 - 0.5);
  const tiff = await sharp([await plain('white').toColourspace('b-w').png().toBuffer(), png], {
    join: { across: 1, animated: true },
  })
    .tiff({ compression: 'lzw' })
    .toBuffer();
  const { pages = 1 } = await sharp(tiff).metadata();
  await expectMarked((await copyOf(tiff, 'tiff'))[1], pages);
});

test('a picture as it came is not in its copy, and its page is as large as its dots say', async () => {
  const jpeg = await sharp({ create: { width: 600, height: 300, channels: 3, background: 'white' } })
    .withMetadata({ density: 150 })
    .jpeg()
    .toBuffer();
  const [, copy] = await copyOf(jpeg, 'jpeg');
  expect(copy.includes(jpeg.subarray(200))).toBe(false);
  const { width, height } = (await PDFDocument.load(copy)).getPage(0).getSize();
  expect([width, height]).toEqual([288, 144]);
});

test('turned, cropped, tiny and huge pages bear it upright, where they are seen', async () => {
  const { document, font } = await newPdf();
  for (const angle of [90, 180, 270]) {
    const page = document.addPage([595, 842]);
    page.drawText('Trang xoay', { x: 200, y: 400, size: 14, font });
    page.setRotation(degrees(angle));
  }
  const cropped = document.addPage([1000, 1000]);
  cropped.setCropBox(200, 300, 400, 500);
  cropped.drawText('Trang cắt', { x: 300, y: 500, size: 14, font });
  document.addPage([30, 20]);
  document.addPage([14_400, 9_000]);
  const [made, copy] = await copyOf(await document.save());
  expect(made).toMatchObject({ pages: 6 });
  await expectMarked(copy, 6);
  // Upright: the band is at the head of the page as it is seen, and its left and right edges are free of it.
  const strip = await newPdf();
  strip.document.addPage([100, 14_000]);
  expect((await textsOf((await copyOf(await strip.document.save()))[1]))[0]).toContain('Bản sao số 12/2026/NB');
  for (const page of [1, 2, 3, 4]) expect(await ink(copy, [0, 0.3, 0.01, 0.32], page)).toBeLessThan(20);
});

test('a page that leaves the ground shrunken, turned and clipped behind it does not take the mark with it', async () => {
  const { document } = await newPdf();
  const page = document.addPage([595, 842]);
  const content = 'q q 0.001 0 0 0.001 0 0 cm 0 0 1 1 re W n q';
  page.node.set(PDFName.of('Contents'), document.context.register(document.context.stream(content)));
  await expectMarked((await copyOf(await document.save()))[1], 1);
});

test('content in several streams, locked with an empty password, or torn is copied as it is read', async () => {
  const { document, font } = await newPdf();
  const page = document.addPage([595, 842]);
  page.drawText('Phần một', { x: 60, y: 700, size: 14, font });
  const one = document.context.flateStream('BT /F9 14 Tf');
  page.node.addContentStream(document.context.register(one));
  page.node.addContentStream(document.context.register(document.context.stream('60 600 Td ET')));
  const several = await document.save();
  await expectMarked((await copyOf(several))[1], 1);
  expect((await textsOf((await copyOf(several))[1]))[0]).toContain('Phần một');

  const [locked, unlockedCopy] = await copyOf(encryptedPdf(''));
  expect(locked).toMatchObject({ pages: 1 });
  await expectMarked(unlockedCopy, 1);
  expect((await textsOf(unlockedCopy))[0]).toContain('Protected but readable');
  expect((await copyOf(encryptedPdf('')))[1].equals(unlockedCopy)).toBe(true);

  const whole = await pdfOf([['Kính gửi: Bộ Tài chính']]);
  const torn = Buffer.concat([whole.subarray(0, whole.lastIndexOf('xref')), Buffer.from('rubbish')]);
  await expectMarked((await copyOf(torn))[1], 1);
});

test('what cannot be copied says why', async () => {
  expect(await copyOf(encryptedPdf('secret'))).toEqual([{ problem: 'encrypted' }, Buffer.alloc(0)]);
  expect(await copyOf(Buffer.from('%PDF-1.4\nnothing'))).toEqual([{ problem: 'broken' }, Buffer.alloc(0)]);
  expect(await copyOf(Buffer.from('no picture'), 'png')).toEqual([{ problem: 'broken' }, Buffer.alloc(0)]);
  for (const format of ['docx', 'xlsx', 'txt', 'html'] as const)
    expect(await copyOf(Buffer.from('chữ'), format)).toEqual([{ problem: 'no-pages' }, Buffer.alloc(0)]);
  const { document } = await newPdf();
  document.addPage();
  document.catalog.set(PDFName.of('NeedsRendering'), document.context.obj(true));
  expect(await copyOf(await document.save())).toEqual([{ problem: 'form' }, Buffer.alloc(0)]);
});

test('a signature, files within the file, scripts and earlier states stay in the original; the copy says that of the signature', async () => {
  const { document, font } = await newPdf();
  const { context } = document;
  const page = document.addPage([595, 842]);
  page.drawText('Đã ký số', { x: 60, y: 700, size: 14, font });
  const signature = context.register(
    context.obj({
      Type: 'Sig',
      Filter: 'Adobe.PPKLite',
      Contents: PDFString.of('SIGNATURE-BYTES'),
      ByteRange: [0, 1, 2, 3],
    }),
  );
  const field = context.register(
    context.obj({
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Sig',
      T: PDFString.of('s'),
      V: signature,
      Rect: [0, 0, 0, 0],
    }),
  );
  document.catalog.set(PDFName.of('AcroForm'), context.obj({ Fields: [field], SigFlags: 3 }));
  document.catalog.set(PDFName.of('OpenAction'), context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert(1)') }));
  const filed = context.register(context.obj({ Type: 'Annot', Subtype: 'FileAttachment', Rect: [9, 9, 20, 20] }));
  page.node.set(PDFName.of('Annots'), context.obj([field, filed]));
  await document.attach(Buffer.from('HIDDEN-ATTACHMENT'), 'phu-luc.txt');
  context.register(context.stream('EARLIER-STATE'));
  const [made, copy] = await copyOf(await document.save({ useObjectStreams: false }));
  expect(made).toMatchObject({ signed: true });
  expect((await textsOf(copy))[0]).toContain('Chữ ký số chỉ có trên bản gốc');
  const all = await everythingIn(copy);
  for (const word of ['SIGNATURE-BYTES', 'HIDDEN-ATTACHMENT', 'EARLIER-STATE', 'app.alert', 'FileAttachment'])
    expect(all).not.toContain(word);
});

/** The bytes and the unpacked streams of a PDF. */
async function everythingIn(pdf: Uint8Array): Promise<string> {
  const { context } = await PDFDocument.load(pdf, { updateMetadata: false });
  const streams = context
    .enumerateIndirectObjects()
    .map(([, object]) => object)
    .filter((object): object is PDFRawStream => object instanceof PDFRawStream)
    .map((stream) => {
      try {
        return Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');
      } catch {
        return '';
      }
    });
  expect(context.lookup(context.trailerInfo.Root)).toBeInstanceOf(PDFDict);
  return [Buffer.from(pdf).toString('latin1'), ...streams].join('\n');
}

test('a thousand pages come in pieces, and what they weigh stays within the limit of a child', async () => {
  const pages = Array.from({ length: 1000 }, (_, at) => [`Trang ${String(at + 1)}`]);
  const sizes: number[] = [];
  const file = await kept(await pdfOf(pages), 'pdf');
  const made = await machine.copy(file, mark, (piece) => sizes.push(piece.length));
  expect(made).toMatchObject({ pages: 1000, size: sizes.reduce((sum, size) => sum + size, 0) });
  expect(sizes.length).toBeGreaterThan(1);
  expect(Math.max(...sizes)).toBeLessThan(2 << 20);
});

test('whoever takes the pieces may fail; the machine goes on', async () => {
  const file = await kept(await pdfOf([['một']]), 'pdf');
  await expect(
    machine.copy(file, mark, () => {
      throw Object.assign(new Error('disk'), { code: 'ENOSPC' });
    }),
  ).rejects.toMatchObject({ code: 'ENOSPC' });
  expect((await copyOf(await pdfOf([['hai']])))[0]).toMatchObject({ pages: 1 });
});

test('a picture of a page bears it too, as sharp as the picture', async () => {
  const file = await kept(await pdfOf([['Một trang']]), 'pdf');
  const [bare, marked] = [await machine.render(file, 1, 900), await machine.render(file, 1, 900, mark)];
  if ('problem' in bare || 'problem' in marked) throw new Error('not drawn');
  expect(await sharp(marked.png).metadata()).toMatchObject({ format: 'png', width: 900, channels: 3 });
  for (const part of [head, foot, middle])
    expect(await inkOf(marked.png, part)).toBeGreaterThan((await inkOf(bare.png, part)) + 0.3);
  const night = await sharp({ create: { width: 900, height: 500, channels: 3, background: 'black' } })
    .png()
    .toBuffer();
  const over = await machine.render(await kept(night, 'png'), 1, 900, mark);
  if ('problem' in over) throw new Error('not drawn');
  expect(await inkOf(over.png, head)).toBeLessThan(150);
});
