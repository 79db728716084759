import writeSheet, { type CellObject, type Row } from 'write-excel-file/node';
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

const font = 'Times New Roman';
const widest = columns.length;

/** The same form as a sheet of text: numbers of documents stay as they are written. */
export async function documentListXlsx(list: DocumentList): Promise<Uint8Array> {
  const across = (value: string, style: Partial<CellObject> = {}): Row => [
    { value, type: String, columnSpan: widest, wrap: true, ...style },
    ...Array.from({ length: widest - 1 }, () => null),
  ];
  const boxed = { borderStyle: 'thin', wrap: true, alignVertical: 'top', type: String } as const;
  const middle = { align: 'center' } as const;
  const bold = { fontWeight: 'bold' } as const;
  const right = { align: 'right' } as const;
  const rows: Row[] = [
    across(list.agency.toUpperCase(), bold),
    across(heading, { ...bold, ...middle, fontSize: 14 }),
    across(codeLine(list), middle),
    across(titleLine(list), { ...bold, ...middle }),
    across(ownerLine(list), middle),
    columns.map(({ word }) => ({ ...boxed, ...bold, ...middle, alignVertical: 'center', value: word })),
    ...list.rows.map((row) =>
      columns.map(({ cell, centred }) => ({ ...boxed, ...(centred ? middle : {}), value: cell(row) })),
    ),
    across(sumLine(list), { fontStyle: 'italic' }),
    across(sightLine(list), { fontStyle: 'italic' }),
    across(dayLine(list), { ...right, fontStyle: 'italic' }),
    across(makerWord, { ...right, ...bold }),
    across(list.madeBy, { ...right, ...bold }),
  ];
  return writeSheet(
    rows,
    { sheet: 'Mục lục văn bản', columns: columns.map(({ width }) => ({ width: width / 1.9 })), stickyRowsCount: 6 },
    { fontFamily: font, fontSize: 12 },
  ).toBuffer();
}
