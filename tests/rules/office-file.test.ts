import { madePasswords } from '../../src/commands/office.ts';
import { readOffice, WrongOffice } from '../../src/commands/office-file.ts';
import { passwordProblem } from '../../src/departments/identity/rules.ts';

/** The file of a first start: what is wrong is named by its place, and nothing is made of half a file. */

const right = {
  agency: { code: 'G01', symbol: 'BTN', name: 'Bộ Thử nghiệm' },
  units: [
    { symbol: 'VP', name: 'Văn phòng', parent: null },
    { symbol: 'VT', name: 'Phòng Văn thư', parent: 'VP' },
  ],
  people: [
    { loginName: 'Mai.TT', fullName: 'Trần Thị Mai', roles: ['clerk'], clearance: 2, unit: 'VT', post: 'unit-clerk' },
    { loginName: 'thanh', fullName: 'Bùi Công Thành', roles: ['administrator'], clearance: 0, unit: null },
  ],
};
const said = (change: (file: typeof right) => unknown): string => {
  try {
    readOffice(JSON.stringify(change(structuredClone(right))));
    return 'taken';
  } catch (cause) {
    if (!(cause instanceof WrongOffice)) throw cause;
    return cause.message;
  }
};
const [office, clerk] = [right.units[0], right.people[0]];

test('a right file is taken, login names in small letters, the usual post filled in', () => {
  const { people } = readOffice(JSON.stringify(right));
  expect(people.map(({ loginName, post }) => [loginName, post])).toEqual([
    ['mai.tt', 'unit-clerk'],
    ['thanh', 'officer'],
  ]);
});

test.each<[string, (file: typeof right) => unknown, string]>([
  ['a unit before the one above it', (file) => ({ ...file, units: file.units.reverse() }), 'units[0].parent: chưa có'],
  ['a symbol twice', (file) => ({ ...file, units: [...file.units, office] }), 'units[2].symbol: ký hiệu VP đã có'],
  [
    'a name twice',
    (file) => ({ ...file, people: [...file.people, clerk] }),
    'people[2].loginName: tên đăng nhập mai.tt',
  ],
  [
    'a unit that is not there',
    (file) => ({ ...file, people: [{ ...clerk, unit: 'XX' }, file.people[1]] }),
    'people[0].unit: không có đơn vị XX',
  ],
  [
    'duties that one person may not hold together',
    (file) => ({ ...file, people: [{ ...clerk, roles: ['auditor', 'administrator'] }] }),
    'people[0].roles: một người không giữ cùng lúc auditor và administrator',
  ],
  ['nobody to administer', (file) => ({ ...file, people: [clerk] }), 'people: cần ít nhất một người'],
  [
    'a secret clearance',
    (file) => ({ ...file, people: [{ ...clerk, clearance: 3 }, file.people[1]] }),
    'people[0].clearance:',
  ],
  [
    'a duty of another house',
    (file) => ({ ...file, people: [{ ...clerk, roles: ['boss'] }, file.people[1]] }),
    'people[0].roles[0]:',
  ],
  ['a word nobody asked for', (file) => ({ ...file, colour: 'red' }), 'colour'],
  ['no agency', ({ units, people }) => ({ units, people }), 'agency:'],
])('%s is named', (_case, change, words) => {
  expect(said(change)).toContain(words);
  expect(said(change)).toContain('chưa lập gì');
});

test('what is no JSON is said to be none', () => {
  expect(() => readOffice('{')).toThrow(WrongOffice);
});

test('no password that is made for a person has their name in it', () => {
  const trang = { ...right.people[0], loginName: 'trang', fullName: 'Nguyễn Thị Trang', roles: ['clerk'] };
  const office = readOffice(
    JSON.stringify({
      ...right,
      people: [
        right.people[1],
        ...Array.from({ length: 300 }, (_, at) => ({ ...trang, loginName: `trang${String(at)}` })),
      ],
    }),
  );
  const problems = madePasswords(office).map(({ password }, at) =>
    passwordProblem(password, {
      name: office.people[at]?.loginName ?? '',
      fullName: office.people[at]?.fullName ?? '',
    }),
  );
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
});
