import { foldedForm } from '../../kernel/folding.ts';

/**
 * Tables in a spreadsheet: one sheet each in XLSX, one file each in CSV. A table is known by its headings, in whatever
 * order they stand; what a cell means is for the house to say, here it is only found.
 */
export type Grid = readonly (readonly unknown[])[];
/** The columns of a table: the name in the contract, and the word that stands over it. */
export type Columns<Name extends string> = readonly (readonly [Name, string])[];

/** A file that holds no table this room knows; the room says which headings are needed. */
export class NoTable extends Error {}

/** What a spreadsheet shows in a cell: text, a figure, a yes; a day stays the day. */
function shown(cell: unknown): string {
  if (typeof cell === 'string') return cell.trim();
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}

/**
 * The rows of a grid as a table of these columns, each heading known by its name or its Vietnamese word; `null` when a
 * column that makes it this table is not there. Headings that mean nothing are named, their columns left alone.
 */
export function tableIn<Name extends string>(
  grid: Grid,
  columns: Columns<Name>,
  needed: readonly Name[],
): { readonly rows: Record<Name, string>[]; readonly ignored: readonly string[] } | null {
  const heading = grid[0] ?? [];
  const said = heading.map((cell) => foldedForm(shown(cell)));
  const places = new Map(
    columns.flatMap(([name, word]) => {
      const at = said.findIndex((one) => one === foldedForm(name) || one === foldedForm(word));
      return at === -1 ? [] : [[name, at] as const];
    }),
  );
  if (!needed.every((name) => places.has(name))) return null;
  const taken = new Set(places.values());
  return {
    rows: grid
      .slice(1)
      .filter((row) => row.some((cell) => shown(cell) !== ''))
      .map(
        (row) =>
          Object.fromEntries(columns.map(([name]) => [name, shown(row[places.get(name) ?? -1])])) as Record<
            Name,
            string
          >,
      ),
    ignored: heading.map(shown).filter((word, at) => word !== '' && !taken.has(at)),
  };
}

/** Reads what was chosen: XLSX with its sheets, or CSV in UTF-8 with commas, semicolons or tabs. */
export async function readGrids(files: readonly File[]): Promise<Grid[]> {
  const grids: Grid[] = [];
  for (const file of files) {
    if (/\.xlsx$/iu.test(file.name)) {
      const { default: readSheets } = await import('read-excel-file/universal');
      grids.push(...(await readSheets(file)).map(({ data }) => data as Grid));
    } else {
      const { parse } = await import('csv-parse/browser/esm/sync');
      grids.push(csvGrid(await file.text(), (text, delimiter) => parse(text, csvOptions(delimiter))));
    }
  }
  return grids;
}

const csvOptions = (delimiter: string) =>
  ({ delimiter, relax_column_count: true, skip_empty_lines: true, relax_quotes: true }) as const;

function csvGrid(text: string, parse: (text: string, delimiter: string) => Grid): Grid {
  const bare = text.replace(/^\ufeff/u, '');
  const heading = bare.slice(0, bare.search(/[\r\n]|$/u));
  const delimiter = ['\t', ';'].find((one) => heading.includes(one)) ?? ',';
  return parse(bare, delimiter).map((row) => row.map(readCell));
}

export interface Sheet {
  readonly name: string;
  readonly columns: Columns<string>;
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** Tables as one XLSX, a sheet each, under the headings that load again. */
export async function xlsxOf(sheets: readonly Sheet[]): Promise<Blob> {
  const { default: writeSheets } = await import('write-excel-file/universal');
  return writeSheets(
    sheets.map(({ name, columns, rows }) => ({
      sheet: name,
      data: [
        columns.map(([, word]) => ({ value: word, fontWeight: 'bold' as const })),
        ...rows.map((row) => columns.map(([column]) => ({ value: row[column] ?? '', type: String }))),
      ],
      columns: columns.map(() => ({ width: 26 })),
    })),
  ).toBlob();
}

/** One table as CSV that a spreadsheet opens with its marks right: a byte order mark and CRLF. */
export function csvOf(lines: readonly (readonly string[])[]): Blob {
  const text = lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n');
  return new Blob([`\ufeff${text}\r\n`], { type: 'text/csv' });
}

/**
 * Quoted where it must be: a comma in a title, a quotation, a line of its own. What a spreadsheet would run as a formula
 * bears an apostrophe before it, as in the log that is taken out, and so does what begins with such a pair already, so
 * that reading takes away the one that writing put there and no other.
 */
function csvCell(text: string): string {
  const inert = /^'*[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]/u.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** A cell as it was before it was made inert. */
const readCell = (cell: unknown): unknown =>
  typeof cell === 'string' && /^'+[=+\-@\t\r]/u.test(cell) ? cell.slice(1) : cell;

/** Hands a file to the browser's downloads. */
export function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
