import type { PersonCells, UnitCells } from '../../../contract/people.ts';
import { NoTable, readGrids, tableIn, xlsxOf, type Columns, type Grid } from '../../parts/spreadsheets.ts';

/** Units and people in a spreadsheet. */
export interface Tables {
  readonly units: readonly UnitCells[];
  readonly people: readonly PersonCells[];
  /** Headings that mean nothing here; their columns are left alone. */
  readonly ignored: readonly string[];
}

export const unitColumns: Columns<keyof UnitCells> = [
  ['symbol', 'Ký hiệu'],
  ['name', 'Tên đơn vị'],
  ['nameEn', 'Tên tiếng Anh'],
  ['parent', 'Đơn vị cấp trên'],
];
export const personColumns: Columns<keyof PersonCells> = [
  ['loginName', 'Tên đăng nhập'],
  ['fullName', 'Họ và tên'],
  ['unit', 'Đơn vị'],
  ['post', 'Chức danh'],
  ['roles', 'Vai trò'],
  ['clearance', 'Quyền xem'],
];

/** Several grids of cells, as sheets or files gave them, told apart by their headings. */
export function tablesOf(grids: readonly Grid[]): Tables {
  let units: readonly UnitCells[] | undefined;
  let people: readonly PersonCells[] | undefined;
  const ignored: string[] = [];
  for (const grid of grids) {
    // A table of people names units too: it is asked first.
    const asPeople = tableIn(grid, personColumns, ['loginName']);
    const asUnits = asPeople ? null : tableIn(grid, unitColumns, ['symbol']);
    if (asPeople) people = [...(people ?? []), ...asPeople.rows];
    if (asUnits) units = [...(units ?? []), ...asUnits.rows];
    ignored.push(...((asPeople ?? asUnits)?.ignored ?? []));
  }
  if (!units && !people) throw new NoTable();
  return { units: units ?? [], people: people ?? [], ignored };
}

export async function readTables(files: readonly File[]): Promise<Tables> {
  return tablesOf(await readGrids(files));
}

/** The two tables as one XLSX of two sheets, with the headings that load again. */
export function tablesFile({ units, people }: Pick<Tables, 'units' | 'people'>): Promise<Blob> {
  return xlsxOf([
    { name: 'Đơn vị', columns: unitColumns, rows: units },
    { name: 'Người', columns: personColumns, rows: people },
  ]);
}
