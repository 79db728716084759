import type { PersonCells, UnitCells } from '../../../contract/people.ts';
import { foldedForm } from '../../../kernel/folding.ts';

/**
 * Units and people in a spreadsheet: one sheet each in XLSX, one file each in CSV. A table is known by its headings, in
 * whatever order they stand; what a cell means is for the house to say, here it is only found.
 */
export interface Tables {
  readonly units: readonly UnitCells[];
  readonly people: readonly PersonCells[];
  /** Headings that mean nothing here; their columns are left alone. */
  readonly ignored: readonly string[];
}

export const unitColumns: readonly (readonly [keyof UnitCells, string])[] = [
  ['symbol', 'Ký hiệu'],
  ['name', 'Tên đơn vị'],
  ['nameEn', 'Tên tiếng Anh'],
  ['parent', 'Đơn vị cấp trên'],
];
export const personColumns: readonly (readonly [keyof PersonCells, string])[] = [
  ['loginName', 'Tên đăng nhập'],
  ['fullName', 'Họ và tên'],
  ['unit', 'Đơn vị'],
  ['post', 'Chức danh'],
  ['roles', 'Vai trò'],
  ['clearance', 'Quyền xem'],
];

/** A file that holds neither table; the room says which headings are needed. */
export class NoTable extends Error {}

type Grid = readonly (readonly unknown[])[];
type Columns = readonly (readonly [string, string])[];

/** What a spreadsheet shows in a cell: text, a figure, a yes; a day stays the day. */
function shown(cell: unknown): string {
  if (typeof cell === 'string') return cell.trim();
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}

/** The places of the columns a heading line names, by their code or their Vietnamese word; `null` when it is not theirs. */
function placed(heading: readonly unknown[], columns: Columns, first: string): Map<string, number> | null {
  const said = heading.map((cell) => foldedForm(shown(cell)));
  const places = new Map(
    columns.flatMap(([name, word]) => {
      const at = said.findIndex((one) => one === foldedForm(name) || one === foldedForm(word));
      return at === -1 ? [] : [[name, at] as const];
    }),
  );
  return places.has(first) ? places : null;
}

function rowsOf<Name extends string>(
  grid: Grid,
  places: ReadonlyMap<string, number>,
  columns: readonly (readonly [Name, string])[],
) {
  return grid
    .slice(1)
    .filter((row) => row.some((cell) => shown(cell) !== ''))
    .map(
      (row) =>
        Object.fromEntries(columns.map(([name]) => [name, shown(row[places.get(name) ?? -1])])) as Record<Name, string>,
    );
}

/** Several grids of cells, as sheets or files gave them, told apart by their headings. */
export function tablesOf(grids: readonly Grid[]): Tables {
  let units: readonly UnitCells[] | undefined;
  let people: readonly PersonCells[] | undefined;
  const ignored: string[] = [];
  for (const grid of grids) {
    const heading = grid[0] ?? [];
    // A table of people names units too: it is asked first.
    const asPeople = placed(heading, personColumns, 'loginName');
    const asUnits = asPeople ? null : placed(heading, unitColumns, 'symbol');
    const places = asPeople ?? asUnits;
    if (!places) continue;
    const taken = new Set(places.values());
    ignored.push(...heading.map(shown).filter((word, at) => word !== '' && !taken.has(at)));
    if (asPeople) people = [...(people ?? []), ...rowsOf(grid, asPeople, personColumns)];
    if (asUnits) units = [...(units ?? []), ...rowsOf(grid, asUnits, unitColumns)];
  }
  if (!units && !people) throw new NoTable();
  return { units: units ?? [], people: people ?? [], ignored };
}

/** Reads what was chosen: XLSX with its sheets, or CSV in UTF-8 with commas, semicolons or tabs. */
export async function readTables(files: readonly File[]): Promise<Tables> {
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
  return tablesOf(grids);
}

const csvOptions = (delimiter: string) =>
  ({ delimiter, relax_column_count: true, skip_empty_lines: true, relax_quotes: true }) as const;

function csvGrid(text: string, parse: (text: string, delimiter: string) => Grid): Grid {
  const bare = text.replace(/^\ufeff/u, '');
  const heading = bare.slice(0, bare.search(/[\r\n]|$/u));
  const delimiter = ['\t', ';'].find((one) => heading.includes(one)) ?? ',';
  return parse(bare, delimiter);
}

/** The two tables as one XLSX of two sheets, with the headings that load again. */
export async function tablesFile(tables: Pick<Tables, 'units' | 'people'>): Promise<Blob> {
  const { default: writeSheets } = await import('write-excel-file/universal');
  const sheet = (name: string, columns: Columns, rows: readonly Readonly<Record<string, string>>[]) => ({
    sheet: name,
    data: [
      columns.map(([, word]) => ({ value: word, fontWeight: 'bold' as const })),
      ...rows.map((row) => columns.map(([column]) => ({ value: row[column] ?? '', type: String }))),
    ],
    columns: columns.map(() => ({ width: 26 })),
  });
  return writeSheets([
    sheet('Đơn vị', unitColumns, tables.units),
    sheet('Người', personColumns, tables.people),
  ]).toBlob();
}
