import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { createWorker, OEM, type Block, type Page, type Word, type Worker } from 'tesseract.js';
import type { RecognisedPage } from '../../departments/intake/ports.ts';
import { pageText, shareOfSyllables } from './page-text.ts';

/* Recognises letters on a picture, with the Vietnamese data that comes from npm: nothing leaves the machine. */

let engine: Promise<Worker> | undefined;

function letterEngine(): Promise<Worker> {
  // `best_int` reads marks better than the plain set, at the same speed.
  const language = dirname(fileURLToPath(import.meta.resolve('@tesseract.js-data/vie/package.json')));
  engine ??= createWorker('vie', OEM.LSTM_ONLY, {
    langPath: join(language, '4.0.0_best_int'),
    cacheMethod: 'none',
    gzip: true,
    // Without a handler a failed page is thrown where nobody can catch it; the call itself rejects as well.
    errorHandler: () => undefined,
  });
  return engine;
}

/** Quarter turns of the picture, clockwise. */
type Turn = 0 | 90 | 180 | 270;
type Box = readonly [left: number, top: number, right: number, bottom: number];

interface Picture {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Measured: letters read upright have a confidence of 86 to 95, lying on their side 31 to 40. */
const poorConfidence = 60;
/** A page that took this long once is not read again: its time would run out, and what was read with it. */
const slowMilliseconds = 12_000;

/**
 * Reads a page; when it comes out as noise, looks whether the sheet was laid into the scanner on its side or on its
 * head. Boxes are those of the page as it was given.
 */
export async function recogniseLetters(
  png: Buffer,
  page: number,
  width: number,
  height: number,
): Promise<RecognisedPage> {
  const picture = { png, width, height };
  const began = performance.now();
  const upright = await read(picture);
  if (isPoor(upright) && performance.now() - began < slowMilliseconds) {
    const turn = await bestTurn(picture, upright);
    if (turn !== 0) {
      const turned = await turnedBy(picture, turn);
      const second = await read(turned);
      if (second.confidence > upright.confidence) return described(page, second, turned, turn);
    }
  }
  return described(page, upright, picture, 0);
}

async function read({ png }: Pick<Picture, 'png'>): Promise<Page> {
  const worker = await letterEngine();
  return (await worker.recognize(png, {}, { text: true, blocks: true })).data;
}

function isPoor({ text, confidence }: Page): boolean {
  return text.trim().length > 20 && confidence < poorConfidence && shareOfSyllables(text) < 0.5;
}

/** Tries a fifth of the page at most, from the middle of what is written, each way round: a fifth of the time. */
async function bestTurn(picture: Picture, seen: Page): Promise<Turn> {
  const words = (seen.blocks ?? []).flatMap(wordsOf).map(({ bbox }) => bbox);
  if (words.length === 0) return 0;
  const across = middlePart(
    words.map(({ x0 }) => x0),
    words.map(({ x1 }) => x1),
    picture.width,
    0.5,
  );
  const down = middlePart(
    words.map(({ y0 }) => y0),
    words.map(({ y1 }) => y1),
    picture.height,
    0.4,
  );
  const [width, height] = [across.length, down.length];
  const middle = await sharp(picture.png)
    .extract({ left: across.start, top: down.start, width, height })
    .png({ compressionLevel: 1 })
    .toBuffer();
  let best: Turn = 0;
  let highest = poorConfidence;
  for (const turn of [90, 270, 180] as const) {
    const { confidence } = await read(await turnedBy({ png: middle, width, height }, turn));
    if (confidence > highest) [best, highest] = [turn, confidence];
  }
  return best;
}

function middlePart(
  starts: readonly number[],
  ends: readonly number[],
  whole: number,
  share: number,
): { readonly start: number; readonly length: number } {
  const from = Math.max(0, Math.min(...starts));
  const to = Math.min(whole, Math.max(...ends));
  const length = Math.max(1, Math.min(Math.round(whole * share), to - from));
  return { start: Math.max(0, Math.min(whole - length, Math.round((from + to - length) / 2))), length };
}

async function turnedBy({ png, width, height }: Picture, turn: Turn): Promise<Picture> {
  const turned = await sharp(png).rotate(turn).png({ compressionLevel: 1 }).toBuffer();
  return turn === 180 ? { png: turned, width, height } : { png: turned, width: height, height: width };
}

function described(page: number, data: Page, { width, height }: Picture, turn: Turn): RecognisedPage {
  const fraction = (part: number, whole: number): number => Math.min(1, Math.max(0, part / whole));
  const words = (data.blocks ?? []).flatMap(wordsOf).map(({ text, confidence, bbox }) => ({
    text: text.normalize('NFC'),
    confidence,
    box: turnedBack(
      [fraction(bbox.x0, width), fraction(bbox.y0, height), fraction(bbox.x1, width), fraction(bbox.y1, height)],
      turn,
    ),
  }));
  return { number: page, text: pageText(data.text), confidence: data.confidence, words };
}

function turnedBack([left, top, right, bottom]: Box, turn: Turn): Box {
  switch (turn) {
    case 0:
      return [left, top, right, bottom];
    case 90:
      return [top, 1 - right, bottom, 1 - left];
    case 180:
      return [1 - right, 1 - bottom, 1 - left, 1 - top];
    case 270:
      return [1 - bottom, left, 1 - top, right];
  }
}

function wordsOf(block: Block): Word[] {
  return block.paragraphs.flatMap(({ lines }) => lines.flatMap((line) => line.words));
}
