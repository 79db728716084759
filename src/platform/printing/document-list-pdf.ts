import type { DocumentList } from '../../departments/dossiers/index.ts';
import {
  codeLine,
  columns,
  dayLine,
  heading,
  makerWord,
  ownerLine,
  sightLine,
  sumLine,
  titleLine,
} from './document-list-form.ts';
import type { Face } from '../lettering/fonts.ts';
import { margin, page, Sheet, textWidth, type SetLine } from './sheet.ts';

const millimetre = 72 / 25.4;
const size = 11;
const leading = 14;
const padding = 3;

const widths = columns.map(({ width }) => width * millimetre);
const lefts = widths.map((_width, index) => widths.slice(0, index).reduce((sum, width) => sum + width, margin.left));

/** On A4 as documents of an office are set: 13 and 14 points above the table, 11 in it, its head again on every page. */
export async function documentListPdf(list: DocumentList): Promise<Uint8Array> {
  const sheet = await Sheet.open();
  const pdf = sheet.document;
  pdf.setTitle(`${heading} ${list.code}`, { showInWindowTitleBar: true });
  pdf.setAuthor(list.agency);
  pdf.setLanguage('vi');
  pdf.setProducer('Văn Khố');
  pdf.setCreator('Văn Khố');
  const made = new Date(`${list.madeOn}T01:00:00Z`);
  pdf.setCreationDate(made);
  pdf.setModificationDate(made);
  setHead(sheet, list);
  setTableHead(sheet);
  for (const row of list.rows)
    setRow(
      sheet,
      columns.map(({ cell }, index) => brokenCell(sheet, cell(row), 'regular', index)),
      columns.map(({ centred }) => centred),
    );
  setFoot(sheet, list);
  return pdf.save();
}

function setHead(sheet: Sheet, list: DocumentList): void {
  const middle = margin.left + textWidth / 2;
  for (const line of lines(sheet, list.agency.toUpperCase(), 'bold', 13, textWidth * 0.6)) {
    sheet.text(line, 'bold', 13, margin.left, sheet.y - 12);
    sheet.y -= 17;
  }
  sheet.y -= 14;
  sheet.centred(heading, 'bold', 14, middle, sheet.y);
  sheet.y -= 22;
  for (const [said, face] of [
    [codeLine(list), 'regular'],
    [titleLine(list), 'bold'],
    [ownerLine(list), 'regular'],
  ] as const)
    for (const line of lines(sheet, said, face, 13, textWidth * 0.9)) {
      sheet.centred(line, face, 13, middle, sheet.y);
      sheet.y -= 18;
    }
  sheet.y -= 8;
}

function setTableHead(sheet: Sheet): void {
  const all = columns.map(() => true);
  drawRow(
    sheet,
    columns.map(({ word }, index) => brokenCell(sheet, word, 'bold', index)),
    all,
  );
  drawRow(
    sheet,
    columns.map((_column, index) => brokenCell(sheet, `(${String(index + 1)})`, 'italic', index)),
    all,
  );
}

/** A row that does not fit goes on the next page; one that fits on no page goes on there. */
function setRow(sheet: Sheet, cells: readonly (readonly SetLine[])[], centred: readonly boolean[]): void {
  const longest = (): number => Math.max(1, ...rest.map((cell) => cell.length));
  let rest = cells;
  for (;;) {
    const fits = Math.floor((sheet.room - 2 * padding) / leading);
    if (longest() <= fits) break;
    const pageful = Math.floor((page.height - margin.top - margin.bottom) / leading) - 8;
    if (longest() > pageful && fits > 3) {
      drawRow(
        sheet,
        rest.map((cell) => cell.slice(0, fits)),
        centred,
      );
      rest = rest.map((cell) => cell.slice(fits));
    }
    sheet.newPage();
    setTableHead(sheet);
  }
  drawRow(sheet, rest, centred);
}

function drawRow(sheet: Sheet, cells: readonly (readonly SetLine[])[], centred: readonly boolean[]): void {
  const height = Math.max(1, ...cells.map((cell) => cell.length)) * leading + 2 * padding;
  const [top, bottom] = [sheet.y, sheet.y - height];
  cells.forEach((cell, index) => {
    const [left, width] = [lefts[index] ?? 0, widths[index] ?? 0];
    cell.forEach((line, row) => {
      const x = centred[index] === true ? left + (width - line.width) / 2 : left + padding;
      sheet.setLine(line, size, x, top - padding - row * leading - size, null);
    });
    sheet.line(left, top, left, bottom);
  });
  const right = margin.left + widths.reduce((sum, width) => sum + width, 0);
  sheet.line(right, top, right, bottom);
  sheet.line(margin.left, top, right, top);
  sheet.line(margin.left, bottom, right, bottom);
  sheet.y = bottom;
}

/** Place, day and who made it stay together, with at least room to sign. */
function setFoot(sheet: Sheet, list: DocumentList): void {
  if (sheet.room < 175) sheet.newPage();
  sheet.y -= 12;
  for (const said of [sumLine(list), sightLine(list)])
    for (const line of lines(sheet, said, 'italic', 13, textWidth)) {
      sheet.text(line, 'italic', 13, margin.left, sheet.y - 12);
      sheet.y -= 18;
    }
  sheet.y -= 12;
  const middle = margin.left + textWidth * 0.72;
  sheet.centred(dayLine(list), 'italic', 13, middle, sheet.y);
  sheet.y -= 18;
  sheet.centred(makerWord.toUpperCase(), 'bold', 13, middle, sheet.y);
  sheet.y -= 64;
  sheet.centred(list.madeBy, 'bold', 13, middle, sheet.y);
}

function lines(sheet: Sheet, text: string, face: Face, points: number, width: number): string[] {
  return sheet
    .breakLines([{ text: fitting(sheet, text, face, points, width), face }], points, width)
    .map(({ words }) => words.map((word) => word.text).join(' '));
}

function brokenCell(sheet: Sheet, text: string, face: Face, column: number): SetLine[] {
  const width = (widths[column] ?? 0) - 2 * padding;
  return sheet.breakLines([{ text: fitting(sheet, text, face, size, width), face }], size, width);
}

/** A word that is wider than its column is cut, behind a hyphen or a stroke where there is one. */
function fitting(sheet: Sheet, text: string, face: Face, points: number, width: number): string {
  const wide = (part: string): boolean => sheet.widthOf(part, face, points) > width;
  const cut = (word: string): string[] => {
    if (!wide(word)) return [word];
    const letters = [...word];
    let fits = letters.length - 1;
    while (fits > 1 && wide(letters.slice(0, fits).join(''))) fits -= 1;
    const seam = letters.slice(0, fits).findLastIndex((letter) => letter === '/' || letter === '-') + 1;
    const at = seam > 1 ? seam : fits;
    return [letters.slice(0, at).join(''), ...cut(letters.slice(at).join(''))];
  };
  return text
    .split(/\s+/u)
    .flatMap((word) => cut(word))
    .join(' ');
}
