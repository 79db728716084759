import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { vi } from 'zod/locales';
import { recordFields, type SaidFields } from '../contract/registry.ts';
import { Told } from '../kernel/told.ts';

/**
 * A table of metadata for files to import: CSV or TSV, a heading line, one line a file, the column `file` with the
 * path inside the folder. Other columns are fields of Nghị định 30/2020, Phụ lục VI by their name in the contract;
 * `numberAndSymbol` ("318/BTC-NSNN") stands for two of them; days are YYYY-MM-DD or DD/MM/YYYY; `leadUnit` and
 * `supportingUnits` are symbols of units. Columns of other names are left alone and named in `ignored`.
 */
export interface Metadata {
  readonly byFile: ReadonlyMap<string, Row>;
  readonly ignored: readonly string[];
}

export interface Row {
  /** In the table, the heading being 1. */
  readonly line: number;
  readonly fields: SaidFields;
  /** Symbols of units, the leading one apart. */
  readonly leadUnit: string | undefined;
  readonly supportingUnits: readonly string[];
}

const fields = recordFields.partial();
const known = new Set(Object.keys(recordFields.shape));
const dayShape = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/u;
const besides = new Set(['file', 'numberAndSymbol', 'leadUnit', 'supportingUnits']);
const numbers = new Set(['pageAmount', 'issuedAmount', 'dossierYear', 'dossierOrdinal']);

export class WrongCell extends Told {}

export function readMetadata(text: string): Metadata {
  const bare = text.replace(/^\ufeff/u, '');
  const heading = bare.slice(0, bare.indexOf('\n'));
  const rows = z.array(z.record(z.string(), z.string())).parse(
    parse(bare, {
      columns: true,
      skip_empty_lines: true,
      trim: true,
      delimiter: heading.includes('\t') ? '\t' : [',', ';'],
      relax_column_count: true,
      quote: heading.includes('\t') ? null : '"',
    }),
  );
  const columns = Object.keys(rows[0] ?? {});
  if (!columns.includes('file')) throw new WrongCell('Bảng thiếu cột "file" (đường dẫn của tệp trong thư mục).');
  const byFile = new Map<string, Row>();
  for (const [index, row] of rows.entries())
    byFile.set((row['file'] ?? '').normalize('NFC'), {
      line: index + 2,
      fields: fieldsOf(row, index + 2),
      leadUnit: listOf(row['leadUnit'])[0],
      supportingUnits: listOf(row['supportingUnits']),
    });
  return { byFile, ignored: columns.filter((name) => !besides.has(name) && !known.has(name)) };
}

function fieldsOf(row: Readonly<Record<string, string>>, line: number): SaidFields {
  const said: Record<string, unknown> = {};
  for (const [name, cell] of Object.entries(row)) {
    if (cell === '') continue;
    if (name === 'numberAndSymbol') Object.assign(said, splitNumber(cell));
    else if (known.has(name)) said[name] = valueOf(name, cell);
  }
  const result = fields.safeParse(said, { error: inVietnamese });
  if (result.success) return result.data;
  const wrong = result.error.issues
    .map(({ path, message }) => `${path.join('.')}: ${message === 'not-a-date' ? notADay : message}`)
    .join('; ');
  throw new WrongCell(`Dòng ${String(line)} của bảng có ô chưa đúng: ${wrong}`);
}

const inVietnamese = vi().localeError;
const notADay = 'không phải một ngày có thật; hãy ghi ngày/tháng/năm, ví dụ 17/02/2025';

function listOf(cell = ''): readonly string[] {
  return cell
    .split(';')
    .map((part) => part.trim().normalize('NFC'))
    .filter((part) => part !== '');
}

function valueOf(name: string, cell: string): unknown {
  if (name === 'recipients') return listOf(cell);
  if (numbers.has(name)) return Number(cell);
  const day = dayShape.exec(cell);
  return day ? `${day[3] ?? ''}-${(day[2] ?? '').padStart(2, '0')}-${(day[1] ?? '').padStart(2, '0')}` : cell;
}

/** `318/BTC-NSNN`: the number before the first stroke, the symbol after it. */
export function splitNumber(text: string): { codeNumber: string | null; codeNotation: string | null } {
  const at = text.indexOf('/');
  const [number, notation] = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  return { codeNumber: number.trim() || null, codeNotation: notation.trim() || null };
}
