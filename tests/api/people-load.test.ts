import type { BodyInput, ReplyOf } from '../../src/contract/line.ts';
import { peopleLines, type PersonCells, type UnitCells } from '../../src/contract/people.ts';
import { identityLines } from '../../src/contract/identity.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { visitor, type Visitor } from '../support/visitor.ts';

/** A ministry's units and people from two tables: every wrong cell named, all or nothing, and out again the same way. */

let house: TestHouse;
let administrator: Visitor;
beforeAll(async () => {
  house = await startHouse();
  administrator = await house.visit('administrator');
});
afterAll(() => house.close());

type Line = (typeof peopleLines)['load'];
const load = (given: Partial<BodyInput<Line>>): Promise<ReplyOf<Line>> =>
  administrator.ask(peopleLines.load, {
    body: { units: [], people: [], apply: true, reason: 'Nạp danh sách ban đầu', ...given },
  });
const unit = (symbol: string, given: Partial<UnitCells> = {}): UnitCells => ({
  symbol,
  name: `Vụ ${symbol}`,
  nameEn: '',
  parent: '',
  ...given,
});
const person = (loginName: string, given: Partial<PersonCells> = {}): PersonCells => ({
  loginName,
  fullName: 'Lê Thị Hai',
  unit: 'VP',
  post: '',
  roles: 'chuyên viên',
  clearance: '',
  ...given,
});
const named = ({ problems }: ReplyOf<Line>): string[] =>
  problems.map(({ table, row, column, problem }) => `${table} ${String(row)} ${column} ${problem}`);
const count = async (table: string): Promise<number> =>
  Number((await house.database.owner().query(`select count(*) from vankho.${table}`)).rows[0].count);

test('every wrong cell is named, and nothing of the tables is there', async () => {
  const before = [await count('unit'), await count('person')];
  const answer = await load({
    units: [
      unit('A'),
      unit('a'),
      unit('B', { name: '', parent: 'Z' }),
      unit('C'.repeat(21), { nameEn: 'x'.repeat(201) }),
      unit('D', { parent: 'E' }),
      unit('E'),
    ],
    people: [
      person('mot', { unit: 'không có' }),
      person('MOT', { roles: '' }),
      person('ba', { roles: 'văn thư; kiểm tra viên' }),
      person('bốn', { roles: 'thủ kho' }),
      person('', { fullName: '' }),
      person('năm', { post: 'giám đốc', clearance: 'Mật' }),
      person('sáu', { post: 'lãnh đạo đơn vị' }),
    ],
  });
  expect(answer.applied).toBe(false);
  expect(answer.passwords).toEqual([]);
  expect(named(answer)).toEqual([
    'units 2 symbol twice',
    'units 3 name needed',
    'units 3 parent unknown-unit',
    'units 4 nameEn too-long',
    'units 4 symbol too-long',
    'units 5 parent unknown-unit',
    'people 1 unit unknown-unit',
    'people 2 loginName twice',
    'people 2 roles needed',
    'people 3 roles clash',
    'people 4 roles unknown-role',
    'people 5 loginName needed',
    'people 5 fullName needed',
    'people 6 post unknown-post',
    'people 6 clearance not-a-rank',
    'people 7 post needs-leader-role',
  ]);
  expect([await count('unit'), await count('person')]).toEqual(before);
});

test('words and codes, marks and case aside, mean the same; what needs two persons waits', async () => {
  const tables = {
    units: [unit('TT', { parent: 'vp' }), unit('CNTT', { parent: 'TT', nameEn: 'IT Centre' })],
    people: [
      person('huong.nt', { unit: 'CNTT', roles: 'STAFF' }),
      person('Binh.LV', { unit: 'tt', roles: 'Lanh dao', post: 'Lãnh đạo đơn vị', clearance: 'có điều kiện' }),
      person('staff'),
    ],
  };
  const preview = await load({ ...tables, apply: false });
  expect(preview).toEqual({
    applied: false,
    problems: [],
    units: { added: 2, there: 0 },
    people: { added: 2, there: 1 },
    waits: 2,
    passwords: [],
  });
  const done = await load(tables);
  expect(done).toMatchObject({ ...preview, applied: true, passwords: [{}, {}] });
  const [first] = done.passwords;
  const newcomer = await visitor(house.base, first?.loginName ?? '', first?.password ?? '');
  expect(await newcomer.ask(identityLines.me)).toMatchObject({
    passwordIsGiven: true,
    clearance: 1,
    unit: { symbol: 'CNTT' },
  });
  const security = await house.visit('security');
  const waiting = (await security.ask(peopleLines.changes)).rows;
  expect(new Set(waiting.map(({ change }) => change))).toEqual(
    new Set([
      { kind: 'role', role: 'leader' },
      { kind: 'clearance', from: 1, to: 2 },
    ]),
  );
  for (const { id } of waiting)
    await security.call(peopleLines.decideChange, { params: { id }, body: { confirm: true } });

  // The same again adds nothing, and takes nothing away.
  expect(await load(tables)).toMatchObject({ units: { added: 0, there: 2 }, people: { added: 0, there: 3 }, waits: 0 });
});

test('what is taken out loads again, here and elsewhere', async () => {
  const out = await administrator.ask(peopleLines.takeOut);
  expect(out.units.find((row) => row.symbol === 'CNTT')).toEqual(unit('CNTT', { parent: 'TT', nameEn: 'IT Centre' }));
  expect(out.people.find((row) => row.loginName === 'binh.lv')).toEqual(
    person('binh.lv', { unit: 'TT', post: 'unit-leader', roles: 'leader', clearance: '2' }),
  );
  const again = await load({ ...out });
  expect(again).toMatchObject({ problems: [], units: { added: 0 }, people: { added: 0 } });
  expect([again.units.there, again.people.there]).toEqual([out.units.length, out.people.length]);
});

test('eight hundred people come in with one load', async () => {
  const people = Array.from({ length: 800 }, (_, index) => person(`nguoi.${String(index)}`, { unit: 'PC' }));
  const done = await load({ people });
  expect(done.people).toEqual({ added: 800, there: 0 });
  expect(new Set(done.passwords.map((one) => one.password)).size).toBe(800);
  const { here } = await administrator.ask(peopleLines.people, { query: { q: 'nguoi 799'.slice(0, 5) } });
  expect(here).toBeGreaterThanOrEqual(800);
});
