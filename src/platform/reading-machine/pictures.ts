import sharp, { type Metadata, type Sharp } from 'sharp';
import type { Reading, RecognisedPage } from '../../departments/intake/ports.ts';
import { recogniseLetters } from './letters.ts';
import { UnreadableFile, innerLimits } from './tasks.ts';

/* Opens scanned pictures: PNG, JPEG and TIFF of one or many pages. Runs in a child process only. */

// One picture at a time, and none kept: the child is watched by its memory.
sharp.concurrency(1);
sharp.cache(false);

/** A4 at 300 dpi: 2,480 pixels across. A phone's photo of a page has more, a fax fewer. */
const ocrAcross = 2480;
const ocrPixels = 40_000_000;
const tallest = 16_000;

function open(path: string, page: number): Sharp {
  return sharp(path, { page: page - 1, limitInputPixels: innerLimits.pixels, sequentialRead: true, failOn: 'error' });
}

async function look(path: string, page: number): Promise<Metadata> {
  const seen = await sharp(path, { page: page - 1, limitInputPixels: false }).metadata();
  if (seen.width * seen.height > innerLimits.pixels) throw new UnreadableFile('too-large-inside');
  return seen;
}

/** Decodes the first page and the last whole, kept as small as can be: a file cut off in the middle does not pass. */
export async function openPicture(path: string): Promise<{ readonly opened: true }> {
  const { pages = 1 } = await look(path, 1);
  for (const page of new Set([1, pages])) {
    await open(path, page).resize({ width: 64, height: 64, fit: 'inside' }).raw().toBuffer();
  }
  return { opened: true };
}

export async function readPicture(path: string, format: 'png' | 'jpeg' | 'tiff'): Promise<Reading> {
  const { pages } = await look(path, 1);
  const count = format === 'tiff' ? (pages ?? 1) : 1;
  const numbers = Array.from({ length: Math.min(count, innerLimits.units) }, (_, index) => index + 1);
  return { unit: 'page', pages: numbers.map((number) => ({ number, text: '', needsOcr: true })) };
}

export async function renderPicture(path: string, page: number, width: number): Promise<{ readonly png: Uint8Array }> {
  await look(path, page);
  const png = await open(path, page)
    .autoOrient()
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .resize({ width, height: tallest, fit: 'inside' })
    .png({ compressionLevel: 6 })
    .toBuffer();
  return { png };
}

export async function recognisePicture(path: string, page: number): Promise<RecognisedPage> {
  const seen = await look(path, page);
  const across = Math.min(seen.width, seen.height);
  const wanted = across < 1500 ? Math.min(3, ocrAcross / across) : 1;
  const scale = Math.min(wanted, Math.sqrt(ocrPixels / (seen.width * seen.height)));
  const { data, info } = await open(path, page)
    .autoOrient()
    .flatten({ background: 'white' })
    .resize({ width: Math.round(seen.autoOrient.width * scale) })
    .greyscale()
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  return recogniseLetters(data, page, info.width, info.height);
}

interface ScannedPage {
  readonly jpeg: Uint8Array;
  /** In points. */
  readonly width: number;
  readonly height: number;
}

/** What a scanner says of its dots, where it can be believed; else an A4 page at 200 dots an inch. */
const usualDensity = 200;
const mostCopied = 400 * 1_048_576;

/** Each picture upright, decoded and encoded anew: the bytes that came in are not in the copy. */
export async function* scannedPages(path: string, format: 'png' | 'jpeg' | 'tiff'): AsyncGenerator<ScannedPage> {
  const { pages = 1 } = await look(path, 1);
  let bytes = 0;
  for (let page = 1; page <= (format === 'tiff' ? pages : 1); page += 1) {
    const { density = usualDensity } = await look(path, page);
    const { data, info } = await open(path, page)
      .autoOrient()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .jpeg({ quality: 88, chromaSubsampling: '4:4:4', mozjpeg: false })
      .toBuffer({ resolveWithObject: true });
    bytes += data.length;
    if (bytes > mostCopied) throw new UnreadableFile('too-large-inside');
    // 72 is what programs write that know nothing.
    const dots = density > 72 && density <= 2400 ? density : usualDensity;
    const scale = Math.min(72 / dots, 14_400 / Math.max(info.width, info.height));
    yield { jpeg: data, width: info.width * scale, height: info.height * scale };
  }
}

/** The picture with the mark drawn over it; both are as large. */
export async function withOver(png: Uint8Array, over: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  return sharp(png)
    .composite([{ input: Buffer.from(over.buffer, over.byteOffset, over.length), raw: { width, height, channels: 4 } }])
    .removeAlpha()
    .png({ compressionLevel: 6 })
    .toBuffer();
}

export async function sizeOf(png: Uint8Array): Promise<{ readonly width: number; readonly height: number }> {
  const { width, height } = await sharp(png).metadata();
  return { width, height };
}
