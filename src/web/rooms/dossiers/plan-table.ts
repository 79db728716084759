import { dossierLines, type PlanCells } from '../../../contract/dossiers.ts';
import { ask } from '../../api.ts';
import { csvOf, NoTable, readGrids, save, tableIn, xlsxOf, type Columns } from '../../parts/spreadsheets.ts';

/** The columns of the form (Phụ lục V, mục II), with what a machine needs besides. */
export const planColumns: Columns<keyof PlanCells> = [
  ['notation', 'Số và ký hiệu hồ sơ'],
  ['numeral', 'Số đề mục'],
  ['title', 'Tên đề mục và tiêu đề hồ sơ'],
  ['retention', 'Thời hạn bảo quản'],
  ['owner', 'Người lập hồ sơ'],
  ['unit', 'Đơn vị'],
  ['titleRank', 'Mức của tiêu đề'],
  ['note', 'Ghi chú'],
];

export interface PlanTable {
  readonly rows: readonly PlanCells[];
  readonly ignored: readonly string[];
}

/** The first sheet that has codes and titles is the plan. */
export async function readPlanTable(files: readonly File[]): Promise<PlanTable> {
  for (const grid of await readGrids(files)) {
    const table = tableIn(grid, planColumns, ['notation', 'title']);
    if (table && table.rows.length > 0) return table;
  }
  throw new NoTable();
}

/** Two headings and two dossiers that show how a plan is written; they are to be written over. */
const example: readonly PlanCells[] = [
  row('', 'I', 'Công tác văn phòng', '', '', ''),
  row('01.VP', '', 'Hồ sơ lập, ban hành Danh mục hồ sơ của cơ quan', '20 năm', '', 'VP'),
  row('', '1', 'Văn thư, lưu trữ', '', '', ''),
  row('02.VP', '', 'Kế hoạch, báo cáo công tác văn thư, lưu trữ', 'Vĩnh viễn', '', 'VP'),
];

function row(
  notation: string,
  numeral: string,
  title: string,
  retention: string,
  owner: string,
  unit: string,
): PlanCells {
  return { notation, numeral, title, retention, owner, unit, titleRank: '', note: '' };
}

async function hand(rows: readonly PlanCells[], form: 'xlsx' | 'csv', name: string): Promise<void> {
  const blob =
    form === 'xlsx'
      ? await xlsxOf([{ name: 'Danh mục hồ sơ', columns: planColumns, rows }])
      : csvOf([
          planColumns.map(([, word]) => word),
          ...rows.map((cells) => planColumns.map(([column]) => cells[column])),
        ]);
  save(blob, `${name}.${form}`);
}

export function takeTemplate(): Promise<void> {
  return hand(example, 'xlsx', 'mau-danh-muc-ho-so');
}

/** The plan of a year as a table that loads again. */
export async function takeOutPlan(year: number, form: 'xlsx' | 'csv'): Promise<void> {
  const { rows } = await ask(dossierLines.takeOut, { query: { year } });
  await hand(rows, form, `danh-muc-ho-so-${String(year)}`);
}
