import { margin, textWidth, type Run, type SetLine, type Sheet } from '../../platform/printing/sheet.ts';

/** What stands under the text and is never parted from it. */
export interface Block {
  readonly height: number;
  draw(): void;
}

/** Ô 6: 13-14, justified, the first line 1 or 1.27 cm in, 6 points or more between paragraphs. */
const size = 14;
const leading = 17.5;
const between = 6;
const indent = 36;

interface Paragraph {
  readonly lines: readonly SetLine[];
  readonly isCentred: boolean;
  readonly indent: number;
  /** A heading does not stay alone at the foot of a page. */
  readonly keepsNext: boolean;
}

/** Sets the text and what closes it, on as many pages as they need; the closing takes two lines of text along. */
export function layBody(sheet: Sheet, body: readonly string[], closing: Block | null): void {
  const parts = grouped(body).map((part) => (typeof part === 'string' ? paragraph(sheet, part) : part));
  parts.forEach((part, index) => {
    const next = parts[index + 1];
    const isBeforeLast = index === parts.length - 2;
    if ('lines' in part) {
      // A short last paragraph goes to the page of the closing whole; its heading goes with it.
      const takesAlong = part.keepsNext && isBeforeLast && next && 'lines' in next ? heightOf(part) : 0;
      if (takesAlong > 0 && next && 'lines' in next && goesWhole(sheet, next, closing, takesAlong)) sheet.newPage();
      drawParagraph(sheet, part, index === parts.length - 1 ? closing : null);
    } else drawTable(sheet, part);
  });
  if (closing && sheet.room < closing.height) sheet.newPage();
  closing?.draw();
}

/** Rows that follow each other are one table. */
function grouped(body: readonly string[]): readonly (string | readonly string[])[] {
  const parts: (string | string[])[] = [];
  for (const text of body) {
    const last = parts.at(-1);
    if (!text.startsWith('|')) parts.push(text);
    else if (Array.isArray(last)) last.push(text);
    else parts.push([text]);
  }
  return parts;
}

function paragraph(sheet: Sheet, source: string): Paragraph {
  const [, mark = '', text = ''] = /^(ci:|[cih]:)?(.*)$/su.exec(source) ?? [];
  const isCentred = mark === 'c:' || mark === 'ci:';
  const face = mark === 'i:' || mark === 'ci:' ? 'italic' : mark === '' ? 'regular' : 'bold';
  const lead = mark === '' ? /^\*\*(.+?)\*\*(.*)$/su.exec(text) : null;
  const runs: Run[] = lead
    ? [
        { text: lead[1] ?? '', face: 'bold' },
        { text: lead[2] ?? '', face: 'regular' },
      ]
    : [{ text, face }];
  const own = isCentred ? 0 : indent;
  return {
    lines: sheet.breakLines(runs, size, isCentred ? textWidth * 0.9 : textWidth, own),
    isCentred,
    indent: own,
    keepsNext: mark === 'h:' || isCentred,
  };
}

const heightOf = ({ lines }: Paragraph): number => between + lines.length * leading;

/** Whether the last paragraph, too short to be parted, finds no room together with what closes the letter. */
function goesWhole(sheet: Sheet, { lines }: Paragraph, closing: Block | null, before: number): boolean {
  if (!closing || lines.length > 3) return false;
  const needs = before + between + lines.length * leading + closing.height;
  return sheet.room < needs && needs < pageful;
}

function drawParagraph(sheet: Sheet, part: Paragraph, closing: Block | null): void {
  const { lines, isCentred, indent: own, keepsNext } = part;
  const needs = keepsNext ? heightOf(part) + 2 * leading + between : between + Math.min(2, lines.length) * leading;
  if (sheet.room < needs || goesWhole(sheet, part, closing, 0)) sheet.newPage();
  sheet.y -= between;
  lines.forEach((line, index) => {
    const left = lines.length - index;
    // Two lines at least go over to another page, be it for what closes the letter or for want of room.
    const below = closing && lines.length > 3 ? closing.height : 0;
    if (sheet.room < leading || (left === 2 && lines.length > 3 && sheet.room < 2 * leading + below)) sheet.newPage();
    const x = margin.left + (index === 0 ? own : 0);
    const at = isCentred ? margin.left + (textWidth - line.width) / 2 : x;
    const width = isCentred ? null : textWidth - (index === 0 ? own : 0);
    sheet.setLine(line, size, at, sheet.y - size * 0.9, width);
    sheet.y -= leading;
  });
}

/** Room of a page on which nothing stands yet. */
const pageful = 297 * (72 / 25.4) - margin.top - margin.bottom;

const tableSize = 12;
const tableLeading = 15;
const padding = 4;

/** The first row is the heading, said again on every page; the columns are as wide as their longest words ask. */
function drawTable(sheet: Sheet, rows: readonly string[]): void {
  const cells = rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const columns = columnWidths(sheet, cells);
  sheet.y -= between + 2;
  const [heading, ...others] = cells;
  if (heading) drawRow(sheet, heading, columns, true);
  for (const row of others) {
    if (sheet.room < rowHeight(sheet, row, columns, false)) {
      sheet.newPage();
      if (heading) drawRow(sheet, heading, columns, true);
    }
    drawRow(sheet, row, columns, false);
  }
  sheet.y -= between;
}

function columnWidths(sheet: Sheet, cells: readonly (readonly string[])[]): number[] {
  const count = Math.max(...cells.map((row) => row.length));
  const wished = Array.from({ length: count }, (_, column) =>
    Math.max(...cells.map((row) => Math.min(240, sheet.widthOf(row[column] ?? '', 'bold', tableSize) + 2 * padding))),
  );
  const sum = wished.reduce((one, other) => one + other, 0);
  const widest = wished.indexOf(Math.max(...wished));
  return sum < textWidth
    ? wished.map((width, column) => (column === widest ? width + textWidth - sum : width))
    : wished.map((width) => (width * textWidth) / sum);
}

function cellLines(sheet: Sheet, row: readonly string[], columns: readonly number[], isHeading: boolean): SetLine[][] {
  return columns.map((width, column) =>
    sheet.breakLines(
      [{ text: row[column] ?? '', face: isHeading ? 'bold' : 'regular' }],
      tableSize,
      width - 2 * padding,
    ),
  );
}

function rowHeight(sheet: Sheet, row: readonly string[], columns: readonly number[], isHeading: boolean): number {
  const lines = cellLines(sheet, row, columns, isHeading).map((cell) => cell.length);
  return Math.max(...lines) * tableLeading + 2 * padding - 2;
}

function drawRow(sheet: Sheet, row: readonly string[], columns: readonly number[], isHeading: boolean): void {
  const height = rowHeight(sheet, row, columns, isHeading);
  const top = sheet.y;
  let x = margin.left;
  cellLines(sheet, row, columns, isHeading).forEach((lines, column) => {
    const width = columns[column] ?? 0;
    // Ordinals and figures are short and stand in the middle; words begin at the left.
    const isShort = isHeading || /^[\d.,%/\s-]*$/u.test(row[column] ?? '');
    lines.forEach((line, index) => {
      const at = isShort ? x + (width - line.width) / 2 : x + padding;
      sheet.setLine(line, tableSize, at, top - padding - tableSize * 0.85 - index * tableLeading, null);
    });
    sheet.line(x, top, x, top - height);
    x += width;
  });
  sheet.line(x, top, x, top - height);
  sheet.line(margin.left, top, x, top);
  sheet.line(margin.left, top - height, x, top - height);
  sheet.y -= height;
}
