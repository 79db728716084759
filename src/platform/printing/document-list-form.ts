import type { DocumentList, DocumentListRow } from '../../departments/dossiers/index.ts';

/** Mục lục văn bản, tài liệu trong hồ sơ: what both files say. */
export const heading = 'MỤC LỤC VĂN BẢN, TÀI LIỆU TRONG HỒ SƠ';

/** Columns of the form (Nghị định 30/2020, Phụ lục V, mục IV); widths in millimetres of an A4 sheet, 165 in all. */
export const columns: readonly {
  readonly word: string;
  readonly width: number;
  readonly centred: boolean;
  readonly cell: (row: DocumentListRow) => string;
}[] = [
  { word: 'STT', width: 10, centred: true, cell: (row) => String(row.ordinal) },
  { word: 'Số, ký hiệu văn bản', width: 27, centred: false, cell: (row) => row.number },
  { word: 'Ngày tháng năm văn bản', width: 21, centred: true, cell: (row) => row.day },
  { word: 'Tên loại và trích yếu nội dung văn bản', width: 49, centred: false, cell: (row) => row.subject },
  { word: 'Tác giả văn bản', width: 27, centred: false, cell: (row) => row.issuer },
  { word: 'Tờ số/ Trang số', width: 15, centred: true, cell: (row) => row.sheets },
  { word: 'Ghi chú', width: 16, centred: false, cell: (row) => row.note },
];

export const codeLine = ({ code }: DocumentList): string => `Số, ký hiệu hồ sơ: ${code}`;
export const titleLine = ({ title }: DocumentList): string => `Tiêu đề hồ sơ: ${title}`;
export const ownerLine = ({ owner }: DocumentList): string => `Người lập hồ sơ: ${owner ?? '………………………'}`;
export const sumLine = ({ rows }: DocumentList): string => `Mục lục này gồm ${String(rows.length)} văn bản, tài liệu.`;

/** The same on every list, whether it lacks anything or not: that something is missing is not said. */
export const sightLine = ({ madeBy }: DocumentList): string => `Lập theo quyền xem của ${madeBy}.`;

/** The place is left open: the house does not know where somebody signs. */
export function dayLine({ madeOn }: DocumentList): string {
  const [year = '', month = '', day = ''] = madeOn.split('-');
  return `……………, ngày ${day} tháng ${Number(month) < 3 ? month : String(Number(month))} năm ${year}`;
}
export const makerWord = 'Người lập';
