import type { CorrespondentCells } from '../../../contract/correspondents.ts';
import { NoTable, placedColumns, readGrids, rowsOf, type Columns, type Grid } from '../../parts/tables.ts';

export const correspondentColumns: Columns<keyof CorrespondentCells> = [
  ['code', 'Mã định danh'],
  ['name', 'Tên cơ quan'],
  ['otherNames', 'Tên khác'],
];

/** Every row of every sheet that has a column of names. */
export function correspondentsIn(grids: readonly Grid[]): readonly CorrespondentCells[] {
  const tables = grids.flatMap((grid) => {
    const places = placedColumns(grid[0] ?? [], correspondentColumns, 'name');
    return places ? [rowsOf(grid, places, correspondentColumns)] : [];
  });
  if (tables.length === 0) throw new NoTable();
  return tables.flat();
}

export async function readCorrespondents(files: readonly File[]): Promise<readonly CorrespondentCells[]> {
  return correspondentsIn(await readGrids(files));
}
