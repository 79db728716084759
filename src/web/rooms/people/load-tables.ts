import type { PersonCells, UnitCells } from '../../../contract/people.ts';
import { NoTable, placedColumns, readGrids, rowsOf, sheetsFile, shownCell, type Grid } from '../../parts/tables.ts';

/** Units and people in a spreadsheet: one sheet each in XLSX, one file each in CSV. */
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

/** Several grids of cells, as sheets or files gave them, told apart by their headings. */
export function tablesOf(grids: readonly Grid[]): Tables {
  let units: readonly UnitCells[] | undefined;
  let people: readonly PersonCells[] | undefined;
  const ignored: string[] = [];
  for (const grid of grids) {
    const heading = grid[0] ?? [];
    // A table of people names units too: it is asked first.
    const asPeople = placedColumns(heading, personColumns, 'loginName');
    const asUnits = asPeople ? null : placedColumns(heading, unitColumns, 'symbol');
    const places = asPeople ?? asUnits;
    if (!places) continue;
    const taken = new Set(places.values());
    ignored.push(...heading.map(shownCell).filter((word, at) => word !== '' && !taken.has(at)));
    if (asPeople) people = [...(people ?? []), ...rowsOf(grid, asPeople, personColumns)];
    if (asUnits) units = [...(units ?? []), ...rowsOf(grid, asUnits, unitColumns)];
  }
  if (!units && !people) throw new NoTable();
  return { units: units ?? [], people: people ?? [], ignored };
}

/** Reads what was chosen. */
export async function readTables(files: readonly File[]): Promise<Tables> {
  return tablesOf(await readGrids(files));
}

/** The two tables as one XLSX of two sheets. */
export async function tablesFile(tables: Pick<Tables, 'units' | 'people'>): Promise<Blob> {
  return sheetsFile([
    { name: 'Đơn vị', columns: unitColumns, rows: tables.units },
    { name: 'Người', columns: personColumns, rows: tables.people },
  ]);
}
