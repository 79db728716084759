import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import readSheets from 'read-excel-file/node';
import type { DocumentList, DocumentListRow } from '../../src/departments/dossiers/index.ts';
import { typeAndSubject } from '../../src/departments/dossiers/service-list.ts';
import type { ReadingMachine } from '../../src/departments/intake/ports.ts';
import { documentList } from '../../src/platform/printing/document-list.ts';
import { createReadingMachine } from '../../src/platform/reading-machine/machine.ts';

/** Mục lục văn bản, tài liệu trong hồ sơ, read again as a stranger's program reads it. */

const long = `Công văn v/v đôn đốc báo cáo ${'kiểm soát thủ tục hành chính, '.repeat(14)}hết câu`;
const row = (ordinal: number, given: Partial<DocumentListRow> = {}): DocumentListRow => ({
  ordinal,
  number: `${String(ordinal)}/QĐ-BCT`,
  day: '05/02/2026',
  subject: 'Quyết định về việc ban hành Quy chế',
  issuer: 'Bộ Công Thương',
  sheets: '1-3',
  note: '',
  ...given,
});
const list = (rows: readonly DocumentListRow[]): DocumentList => ({
  agency: 'Bộ Công Thương',
  code: '12.VP/2026',
  title: 'Hồ sơ xét hủy tài liệu hết thời hạn lưu trữ',
  rows,
  madeOn: '2026-02-05',
  madeBy: 'Nguyễn Đức Anh',
  owner: 'Trần Thị Mai',
});

let folder: string;
let machine: ReadingMachine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vankho-list-'));
  machine = createReadingMachine({ children: 1, memoryMegabytes: 1024, secondsPerFile: 60, secondsPerPage: 60 });
});
afterAll(async () => {
  await machine.close();
  await rm(folder, { recursive: true, force: true });
});

/** Words of each page, blanks as they come. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const path = join(folder, 'list.pdf');
  await writeFile(path, bytes);
  const { pages, problem } = await machine.readText({ path, format: 'pdf' });
  expect(problem).toBeUndefined();
  return pages.map(({ text }) => text.replace(/\s+/gu, ' '));
}

test('the PDF bears agency, code, title, every column, the sum, the day and who made it', async () => {
  const [text = '', ...more] = await pagesOf(
    await documentList(list([row(1), row(2, { subject: long, note: 'Bản chính' })]), 'pdf'),
  );
  expect(more).toEqual([]);
  for (const words of [
    'BỘ CÔNG THƯƠNG',
    'MỤC LỤC VĂN BẢN, TÀI LIỆU TRONG HỒ SƠ',
    'Số, ký hiệu hồ sơ: 12.VP/2026',
    'Hồ sơ xét hủy tài liệu hết thời hạn lưu trữ',
    'STT',
    'Ghi chú',
    '05/02/2026',
    'Người lập hồ sơ: Trần Thị Mai',
    'Mục lục này gồm 2 văn bản, tài liệu.',
    'Lập theo quyền xem của Nguyễn Đức Anh.',
    'ngày 05 tháng 02 năm 2026',
    'NGƯỜI LẬP',
    'Nguyễn Đức Anh',
  ])
    expect(text).toContain(words);
  // The long subject is whole, though it stands on many lines.
  expect(text.replaceAll(' ', '')).toContain('hếtcâu');
});

test('its head stands again on every page, and pages are numbered from the second', async () => {
  const bytes = await documentList(
    list(
      Array.from({ length: 60 }, (_, index) => row(index + 1, index === 5 ? { note: 'có bút phê '.repeat(45) } : {})),
    ),
    'pdf',
  );
  const pages = await pagesOf(bytes);
  expect(pages.length).toBeGreaterThan(3);
  expect(pages.slice(0, -1).filter((text) => !text.includes('Ghi chú'))).toEqual([]);
  // The foot may stand alone on the last page.
  const heads = pages.map((text) => text.split('Tác giả').length - 1);
  expect(heads).toEqual(pages.map((text) => (text.includes('/QĐ-') ? 1 : 0)));
  pages.slice(1).forEach((text, index) => expect(text.trim().startsWith(String(index + 2))).toBe(true));
  const words = pages.join(' ');
  for (let ordinal = 1; ordinal <= 60; ordinal += 1) expect(words).toContain(`${String(ordinal)}/QĐ-`);
  expect((await PDFDocument.load(bytes)).getTitle()).toContain('12.VP/2026');
});

test('a number wider than its column is cut and stays whole', async () => {
  const number = '12345678901/TTLT-BTC-BCT-BKHCNMT-VPCP';
  const [text = ''] = await pagesOf(await documentList(list([row(1, { number })]), 'pdf'));
  expect(text.replaceAll(' ', '')).toContain('12345678901/');
  expect(text.replaceAll(' ', '')).toContain('VPCP');
});

test('the XLSX says the same, cell by cell', async () => {
  const bytes = await documentList(list([row(1), row(2, { number: '=1+1', sheets: '4' })]), 'xlsx');
  const [sheet] = await readSheets(Buffer.from(bytes));
  const cells = sheet?.data ?? [];
  expect(cells.map(([first]) => first).slice(0, 5)).toEqual([
    'BỘ CÔNG THƯƠNG',
    'MỤC LỤC VĂN BẢN, TÀI LIỆU TRONG HỒ SƠ',
    'Số, ký hiệu hồ sơ: 12.VP/2026',
    'Tiêu đề hồ sơ: Hồ sơ xét hủy tài liệu hết thời hạn lưu trữ',
    'Người lập hồ sơ: Trần Thị Mai',
  ]);
  expect(cells[5]).toEqual([
    'STT',
    'Số, ký hiệu văn bản',
    'Ngày tháng năm văn bản',
    'Tên loại và trích yếu nội dung văn bản',
    'Tác giả văn bản',
    'Tờ số/ Trang số',
    'Ghi chú',
  ]);
  expect(cells[7]).toEqual(['2', '=1+1', '05/02/2026', row(2).subject, 'Bộ Công Thương', '4', null]);
  expect(cells.map(([first]) => first)).toContain('Lập theo quyền xem của Nguyễn Đức Anh.');
  expect(cells.at(-1)?.[0]).toBe('Nguyễn Đức Anh');
});

test.each([
  ['Công văn', 'V/v rà soát hồ sơ', 'Công văn v/v rà soát hồ sơ'],
  ['Quyết định', 'Về việc ban hành Quy chế', 'Quyết định về việc ban hành Quy chế'],
  ['Quyết định', 'Quyết định về nhân sự', 'Quyết định về nhân sự'],
  ['Báo cáo', 'Tình hình tháng 4', 'Báo cáo: Tình hình tháng 4'],
  [null, 'Thư cảm ơn', 'Thư cảm ơn'],
])('%s and %j make one sentence', (type, subject, sentence) => {
  expect(typeAndSubject(type, subject)).toBe(sentence);
});
