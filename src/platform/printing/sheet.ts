import { PDFDocument, degrees, rgb, type PDFFont, type PDFPage, type RGB } from 'pdf-lib';
import fontkit from '@pdf-lib/fontkit';
import { letterFonts, type Face } from '../lettering/fonts.ts';

/* Setting lines of text on A4: what a compositor does, knowing nothing of letters. */

const millimetre = 72 / 25.4;
/** Nghị định 30/2020, Phụ lục I, Phần I, mục I: top and bottom 20-25 mm, left 30-35 mm, right 15-20 mm. */
export const page = { width: 210 * millimetre, height: 297 * millimetre };
export const margin = { top: 20 * millimetre, bottom: 20 * millimetre, left: 30 * millimetre, right: 15 * millimetre };
export const textWidth = page.width - margin.left - margin.right;

export interface Run {
  readonly text: string;
  readonly face: Face;
}

interface Word {
  readonly text: string;
  readonly face: Face;
  readonly width: number;
}

export interface SetLine {
  readonly words: readonly Word[];
  readonly width: number;
  readonly isLast: boolean;
}

export const black = rgb(0, 0, 0);

/**
 * A face that lays out a word once. Vietnamese comes again in the same syllables, and laying out is nearly all that setting
 * costs: a list of 2,500 documents held the process for five seconds.
 */
function remembering(font: PDFFont): PDFFont {
  const codes = new Map<string, ReturnType<PDFFont['encodeText']>>();
  const widths = new Map<string, number>();
  const [encode, measure] = [font.encodeText.bind(font), font.widthOfTextAtSize.bind(font)];
  font.encodeText = (text) => remembered(codes, text, encode);
  font.widthOfTextAtSize = (text, size) => remembered(widths, text, (word) => measure(word, 1)) * size;
  return font;
}

function remembered<Value>(known: Map<string, Value>, text: string, make: (text: string) => Value): Value {
  const value = known.get(text) ?? make(text);
  known.set(text, value);
  return value;
}

/** Paper being set: pages from the top down, `y` being where the next line's top stands. */
export class Sheet {
  readonly document: PDFDocument;
  readonly #fonts: Readonly<Record<Face, PDFFont>>;
  #page: PDFPage;
  /** The face that stands set on this page: said with each word, it would be entered in the page's list of fonts each time. */
  #face: Face | undefined;
  y = page.height - margin.top;

  private constructor(document: PDFDocument, fonts: Readonly<Record<Face, PDFFont>>) {
    this.document = document;
    this.#fonts = fonts;
    this.#page = document.addPage([page.width, page.height]);
  }

  static async open(): Promise<Sheet> {
    const document = await PDFDocument.create();
    document.registerFontkit(fontkit);
    const bytes = await letterFonts();
    const embed = async (face: Face): Promise<PDFFont> =>
      remembering(await document.embedFont(bytes[face], { subset: false, features: { liga: false } }));
    return new Sheet(document, {
      regular: await embed('regular'),
      italic: await embed('italic'),
      bold: await embed('bold'),
      boldItalic: await embed('boldItalic'),
    });
  }

  get room(): number {
    return this.y - margin.bottom;
  }

  /** Phụ lục I, Phần I, mục I: the page number stands centred in the top margin, from the second page on. */
  newPage(): void {
    this.#page = this.document.addPage([page.width, page.height]);
    this.#face = undefined;
    const number = String(this.document.getPageCount());
    const width = this.widthOf(number, 'regular', 13);
    this.text(number, 'regular', 13, (page.width - width) / 2, page.height - 13 * millimetre);
    this.y = page.height - margin.top;
  }

  widthOf(text: string, face: Face, size: number): number {
    return this.#fonts[face].widthOfTextAtSize(text, size);
  }

  /** `baseline` is measured from the foot of the page. */
  text(text: string, face: Face, size: number, x: number, baseline: number, color: RGB = black): void {
    if (this.#face !== face) this.#page.setFont(this.#fonts[face]);
    this.#face = face;
    this.#page.drawText(text, { x, y: baseline, size, color });
  }

  /** A line of text in the middle of a column, its top at `top`; answers its width. */
  centred(text: string, face: Face, size: number, middle: number, top: number, color: RGB = black): number {
    const width = this.widthOf(text, face, size);
    this.text(text, face, size, middle - width / 2, top - size * 0.9, color);
    return width;
  }

  rule(middle: number, width: number, y: number): void {
    this.line(middle - width / 2, y, middle + width / 2, y);
  }

  line(x0: number, y0: number, x1: number, y1: number): void {
    this.#page.drawLine({ start: { x: x0, y: y0 }, end: { x: x1, y: y1 }, thickness: 0.6, color: black });
  }

  frame(x: number, y: number, width: number, height: number, color: RGB): void {
    this.#page.drawRectangle({ x, y, width, height, borderColor: color, borderWidth: 1 });
  }

  /** Breaks text into lines; the first begins `indent` further in. */
  breakLines(runs: readonly Run[], size: number, width: number, indent = 0): SetLine[] {
    const lines: SetLine[] = [];
    let words: Word[] = [];
    let used = indent;
    const blank = this.widthOf(' ', 'regular', size);
    for (const run of runs) {
      for (const text of run.text.split(' ').filter((part) => part !== '')) {
        const word = { text, face: run.face, width: this.widthOf(text, run.face, size) };
        if (words.length > 0 && used + blank + word.width > width) {
          lines.push({ words, width: used, isLast: false });
          words = [];
          used = 0;
        }
        used += (words.length > 0 ? blank : 0) + word.width;
        words.push(word);
      }
    }
    return [...lines, { words, width: used, isLast: true }];
  }

  /** Sets one line; blanks are stretched to the width unless it is the last. Each word carries its blank, so that it is found. */
  setLine(line: SetLine, size: number, x: number, baseline: number, width: number | null): void {
    const blank = this.widthOf(' ', 'regular', size);
    const gaps = line.words.length - 1;
    const letters = line.words.reduce((sum, word) => sum + word.width, 0);
    const gap = width === null || line.isLast || gaps === 0 ? blank : (width - letters) / gaps;
    let at = x;
    line.words.forEach((word, index) => {
      this.text(index < gaps ? `${word.text} ` : word.text, word.face, size, at, baseline);
      at += word.width + gap;
    });
  }

  /** Says on every page, across the text, that nothing here is real. Last, so that the text begins with the letter. */
  mark(text: string): void {
    const size = 64;
    const width = this.widthOf(text, 'bold', size);
    const turn = Math.atan2(page.height, page.width);
    for (const one of this.document.getPages()) {
      // Programs that take text out of a PDF put large letters into the line before them when they begin at its height;
      // a blank at the top of the page ends that line.
      one.drawText(' ', { x: margin.left, y: page.height - 10, size: 8, font: this.#fonts.regular });
      one.drawText(text, {
        x: page.width / 2 - (Math.cos(turn) * width) / 2 + Math.sin(turn) * size * 0.35,
        y: page.height / 2 - (Math.sin(turn) * width) / 2 - Math.cos(turn) * size * 0.35,
        size,
        font: this.#fonts.bold,
        color: rgb(0.45, 0.5, 0.6),
        opacity: 0.13,
        rotate: degrees((turn * 180) / Math.PI),
      });
    }
  }
}
