import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { vi } from 'zod/locales';
import { recordFields, type RecordFields, type SaidFields } from '../contract/registry.ts';
import { foldedForm } from '../kernel/folding.ts';
import { Told } from '../kernel/told.ts';
import en from '../web/words/en/everywhere.json' with { type: 'json' };
import words from '../web/words/vi/everywhere.json' with { type: 'json' };

/**
 * A table of metadata for files to import: CSV or TSV, a heading line, one line a file, the column `file` with the
 * path inside the folder. Other columns are fields of Nghị định 30/2020, Phụ lục VI by their name in the contract;
 * `numberAndSymbol` ("318/BTC-NSNN") stands for two of them; days are YYYY-MM-DD or DD/MM/YYYY; `leadUnit` and
 * `supportingUnits` are symbols of units; `paperKind` is its code or the word that the room says, in either language. Columns of other names are left alone and named in `ignored`.
 *
 * Old years come with their books: `arrivalNumber` is the number that another system gave, and a row without a file, which
 * says in `paperKind` what there is instead, is registered as paper. `scanOf` ("28417/2026") says of a file that it is the
 * scan of what is registered under that arrival number, and `scanReason` why it is scanned again.
 */
export interface Metadata {
  readonly byFile: ReadonlyMap<string, Row>;
  /** Rows without a file: paper, registered by itself. */
  readonly papers: readonly Row[];
  readonly ignored: readonly string[];
}

export interface Row {
  /** In the table, the heading being 1. */
  readonly line: number;
  readonly fields: SaidFields;
  /** Symbols of units, the leading one apart. */
  readonly leadUnit: string | undefined;
  readonly supportingUnits: readonly string[];
  readonly arrivalNumber: number | undefined;
  readonly scanOf: { readonly number: number; readonly year: number } | undefined;
  readonly scanReason: string | undefined;
}

const fields = recordFields.partial();
const known = new Set(Object.keys(recordFields.shape));
const dayShape = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/u;
const besides = new Set([
  'file',
  'numberAndSymbol',
  'leadUnit',
  'supportingUnits',
  'arrivalNumber',
  'scanOf',
  'scanReason',
]);
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
  const papers: Row[] = [];
  for (const [index, cells] of rows.entries()) {
    const file = (cells['file'] ?? '').normalize('NFC');
    const row = rowOf(cells, index + 2);
    if (file !== '') byFile.set(file, row);
    else if (row.scanOf !== undefined)
      throw new WrongCell(`Dòng ${String(row.line)} của bảng có scanOf mà không có tệp.`);
    else if ((row.fields.paperKind ?? null) === null || row.fields.subject === undefined)
      throw new WrongCell(
        `Dòng ${String(row.line)} của bảng không có tệp: cần ghi subject (trích yếu) và paperKind (thứ được giữ thay cho tệp: ${paperKinds}).`,
      );
    else papers.push(row);
  }
  return { byFile, papers, ignored: columns.filter((name) => !besides.has(name) && !known.has(name)) };
}

type PaperKind = NonNullable<RecordFields['paperKind']>;
const paperCodes = recordFields.shape.paperKind.unwrap().options;
const paperKinds = paperCodes.map((code) => `${words.paper.kind[code]} (${code})`).join('; ');
const paperKindOf: ReadonlyMap<string, PaperKind> = new Map(
  paperCodes.flatMap((code) =>
    [code, words.paper.kind[code], en.paper.kind[code]].map((said) => [bareWords(said), code] as const),
  ),
);

/** Marks, letter case and what stands between the words decide nothing. */
function bareWords(said: string): string {
  return foldedForm(said)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ');
}

function rowOf(cells: Readonly<Record<string, string>>, line: number): Row {
  return {
    line,
    fields: fieldsOf(cells, line),
    leadUnit: listOf(cells['leadUnit'])[0],
    supportingUnits: listOf(cells['supportingUnits']),
    arrivalNumber: arrivalNumberOf(cells['arrivalNumber'] ?? '', line),
    scanOf: scanOf(cells['scanOf'] ?? '', line),
    scanReason: (cells['scanReason'] ?? '') === '' ? undefined : cells['scanReason'],
  };
}

function arrivalNumberOf(cell: string, line: number): number | undefined {
  if (cell === '') return undefined;
  if (!/^0*[1-9]\d{0,8}$/u.test(cell)) throw wrong(line, 'arrivalNumber', 'số đến là một số nguyên dương, ví dụ 28417');
  return Number(cell);
}

function scanOf(cell: string, line: number): Row['scanOf'] {
  if (cell === '') return undefined;
  const said = /^0*([1-9]\d{0,8})\s*[/-]\s*((?:19|20|21)\d\d)$/u.exec(cell);
  if (!said) throw wrong(line, 'scanOf', 'cần số đến và năm của văn bản đã đăng ký, ví dụ 28417/2026');
  return { number: Number(said[1]), year: Number(said[2]) };
}

const wrong = (line: number, column: string, what: string): WrongCell =>
  new WrongCell(`Dòng ${String(line)} của bảng có ô chưa đúng: ${column}: ${what}`);

function fieldsOf(row: Readonly<Record<string, string>>, line: number): SaidFields {
  const said: Record<string, unknown> = {};
  for (const [name, cell] of Object.entries(row)) {
    if (cell === '') continue;
    if (name === 'numberAndSymbol') Object.assign(said, splitNumber(cell));
    else if (name === 'paperKind') {
      said[name] = paperKindOf.get(bareWords(cell));
      if (said[name] === undefined)
        throw wrong(line, name, `"${cell}" không có trong danh sách; hãy ghi ${paperKinds}`);
    } else if (known.has(name)) said[name] = valueOf(name, cell);
  }
  const result = fields.safeParse(said, { error: inVietnamese });
  if (result.success) return result.data;
  const problems = result.error.issues
    .map(({ path, message }) => `${path.join('.')}: ${message === 'not-a-date' ? notADay : message}`)
    .join('; ');
  throw new WrongCell(`Dòng ${String(line)} của bảng có ô chưa đúng: ${problems}`);
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
