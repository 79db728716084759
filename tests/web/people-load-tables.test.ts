import { NoTable } from '../../src/web/parts/spreadsheets.ts';
import { readTables, tablesFile, tablesOf } from '../../src/web/rooms/people/load-tables.ts';

/** Spreadsheets of units and people: found by their headings, written so that they load again. */

const unit = { symbol: 'CNTT', name: 'Cục Chuyển đổi số, "mới"', nameEn: '', parent: 'VP' };
const person = {
  loginName: 'huong.nt',
  fullName: 'Nguyễn Thị Hường',
  unit: 'CNTT',
  post: '',
  roles: 'văn thư; chuyên viên',
  clearance: '1',
};

test('headings are known by code or word, marks and order aside; others are named', () => {
  const tables = tablesOf([
    [
      ['HỌ VÀ TÊN', 'ghi chú', 'ten dang nhap', 'vai trò', null],
      ['Lê Thị Hai', 'x', 'hai.lt', 'clerk', 'rơi'],
      [null, '', '  '],
      ['Lê Thị Ba', null, 3, true],
    ],
    [
      ['symbol', 'Tên đơn vị'],
      ['VP', 'Văn phòng'],
    ],
    [['gì đó'], ['khác']],
  ]);
  expect(tables).toEqual({
    units: [{ symbol: 'VP', name: 'Văn phòng', nameEn: '', parent: '' }],
    people: [
      { loginName: 'hai.lt', fullName: 'Lê Thị Hai', unit: '', post: '', roles: 'clerk', clearance: '' },
      { loginName: '3', fullName: 'Lê Thị Ba', unit: '', post: '', roles: 'true', clearance: '' },
    ],
    ignored: ['ghi chú'],
  });
  expect(() => tablesOf([[['một', 'hai']], []])).toThrow(NoTable);
});

test('what is written as XLSX is read again as it was', async () => {
  const blob = await tablesFile({ units: [unit], people: [person] });
  const file = new File([blob], 'co-quan.XLSX');
  expect(await readTables([file])).toEqual({ units: [unit], people: [person], ignored: [] });
});

test.each([',', ';', '\t'])('CSV with %j', async (between) => {
  const quoted = (cells: readonly string[]): string =>
    cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(between);
  const units = new File([`\ufeff${quoted(Object.keys(unit))}\r\n${quoted(Object.values(unit))}\r\n`], 'don-vi.csv');
  const people = new File([`${quoted(Object.keys(person))}\n${quoted(Object.values(person))}`], 'nguoi.csv');
  expect(await readTables([units, people])).toEqual({ units: [unit], people: [person], ignored: [] });
});
