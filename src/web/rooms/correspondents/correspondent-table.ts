import type { CorrespondentCells } from '../../../contract/correspondents.ts';
import { NoTable, readGrids, tableIn, type Columns, type Grid } from '../../parts/spreadsheets.ts';

export const correspondentColumns: Columns<keyof CorrespondentCells> = [
  ['code', 'Mã định danh'],
  ['name', 'Tên cơ quan'],
  ['otherNames', 'Tên khác'],
];

/** Every row of every sheet that has a column of names. */
export function correspondentsIn(grids: readonly Grid[]): readonly CorrespondentCells[] {
  const tables = grids.flatMap((grid) => {
    const table = tableIn(grid, correspondentColumns, ['name']);
    return table ? [table.rows] : [];
  });
  if (tables.length === 0) throw new NoTable();
  return tables.flat();
}

export async function readCorrespondents(files: readonly File[]): Promise<readonly CorrespondentCells[]> {
  return correspondentsIn(await readGrids(files));
}
