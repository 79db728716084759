import type { HeadLine } from '../../departments/intake/ports.ts';
import { fromLegacyFonts } from './legacy-fonts.ts';
import { pageText } from './page-text.ts';
import { withDocument, withPage, type Library } from './pdf.ts';

/* The lines at the head of a PDF with their places. Runs in a child process only. */

/** Letters of a first page that are looked at for what its head says; a page of a table has some thousand. */
const headLetters = 6000;
/** So far apart, in heights of a letter, two words of one height stand in two columns; a spaced `M Ậ T` does not. */
const columnGap = 3;

/** The lines of the first page with their places, as a reader sees them: parted where a column ends. */
export async function readPdfHead(path: string): Promise<readonly HeadLine[]> {
  return withDocument(path, (lib, document) => withPage(lib, document, 1, (page) => headLines(lib, page)));
}

interface SetLetter {
  readonly sign: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function headLines(lib: Library, page: number): HeadLine[] {
  const lines: SetLetter[][] = [];
  let isOpen = false;
  for (const letter of lettersOf(lib, page)) {
    if (letter === 'line-end') {
      isOpen = false;
      continue;
    }
    const line = lines.at(-1);
    if (isOpen && line && goesOn(line, letter)) line.push(letter);
    else lines.push([letter]);
    isOpen = true;
  }
  // Converted together: a single word is too short to tell the font by.
  const texts = fromLegacyFonts(lines.map(textOfLetters).join('\n')).split('\n');
  return lines.map((line, index) => ({
    text: pageText(texts[index] ?? ''),
    box: [
      Math.min(...line.map(({ left }) => left)),
      Math.min(...line.map(({ top }) => top)),
      Math.max(...line.map(({ right }) => right)),
      Math.max(...line.map(({ bottom }) => bottom)),
    ],
  }));
}

function goesOn(line: readonly SetLetter[], next: SetLetter): boolean {
  const last = line.at(-1);
  if (!last) return false;
  const height = Math.max(last.bottom - last.top, next.bottom - next.top, 0.006);
  const isLevel = Math.abs(last.bottom - next.bottom) < height;
  // The page is taller than wide: a gap across it is a larger fraction than the same length down.
  return isLevel && next.left - last.right < columnGap * height * Math.SQRT2 && next.left > last.left - height;
}

/** A blank where the letters leave one: the signs that PDFium puts between words have no place of their own. */
function textOfLetters(line: readonly SetLetter[]): string {
  return line
    .map((letter, index) => {
      const before = line[index - 1];
      const isApart = before !== undefined && letter.left - before.right > 0.2 * (letter.bottom - letter.top);
      return isApart ? ` ${letter.sign}` : letter.sign;
    })
    .join('');
}

function* lettersOf(lib: Library, page: number): Generator<SetLetter | 'line-end'> {
  const { pdfium: machine } = lib;
  const textPage = lib.FPDFText_LoadPage(page);
  if (textPage === 0) return;
  const box = machine.wasmExports.malloc(24);
  try {
    const count = Math.min(lib.FPDFText_CountChars(textPage), headLetters);
    for (let index = 0; index < count; index += 1) {
      const code = machine.wasmExports.FPDFText_GetUnicode(textPage, index);
      if (code === 10 || code === 13) yield 'line-end';
      if (code <= 32 || code === 0xa0) continue;
      // As high as its line and as wide as its advance, so that letters of one word touch.
      if (machine.wasmExports.FPDFText_GetLooseCharBox(textPage, index, box) === 0) continue;
      const edge = (at: number): number => machine.getValue(box + 4 * at, 'float');
      // FS_RECTF is left, top, right, bottom in the page's own measure; its turn and its crop are the device's business.
      const [x0, y0] = onSheet(lib, page, edge(0), edge(1), box + 16);
      const [x1, y1] = onSheet(lib, page, edge(2), edge(3), box + 16);
      yield {
        sign: String.fromCodePoint(code > 0x10ffff ? 0xfffd : code),
        left: Math.min(x0, x1),
        top: Math.min(y0, y1),
        right: Math.max(x0, x1),
        bottom: Math.max(y0, y1),
      };
    }
  } finally {
    machine.wasmExports.free(box);
    lib.FPDFText_ClosePage(textPage);
  }
}

const sheet = 10_000;

/** A place in fractions of the sheet as it is seen, from its upper left corner. */
function onSheet(lib: Library, page: number, x: number, y: number, out: number): [number, number] {
  lib.FPDF_PageToDevice(page, 0, 0, sheet, sheet, 0, x, y, out, out + 4);
  const { pdfium: machine } = lib;
  return [machine.getValue(out, 'i32') / sheet, machine.getValue(out + 4, 'i32') / sheet];
}
