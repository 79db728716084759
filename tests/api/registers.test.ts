import type pg from 'pg';
import type { BodyInput } from '../../src/contract/line.ts';
import { registerLines, type RegisterRow } from '../../src/contract/registers.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { newId } from '../../src/kernel/ids.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import type { Answer, Visitor } from '../support/visitor.ts';
import { paper, paperWish, refusal, registerPaper } from './desk.ts';
import { logOf } from './samples.ts';

/** The books: what kind they are, where they begin, what stands in them and what nobody has entered. */

let house: TestHouse;
let owner: pg.Pool;
let clerk: Visitor;
let other: Visitor;
beforeAll(async () => {
  house = await startHouse();
  owner = house.database.owner();
  [clerk, other] = [await house.visit('clerk'), await house.visit('otherClerk')];
});
afterAll(() => house.close());

type SetUp = BodyInput<typeof registerLines.setUpRegister>;
const setUp = (given: Partial<SetUp> & { year: number }): Promise<Answer> =>
  clerk.call(registerLines.setUpRegister, {
    body: { direction: 'incoming', kind: 'own', startNumber: 1, otherSystem: null, ...given },
  });
const book = async (given: Partial<SetUp> & { year: number }): Promise<RegisterRow> => {
  const answer = await setUp(given);
  expect(answer.status).toBe(201);
  return answer.json as RegisterRow;
};
const change = (id: string, given: object): Promise<Answer> =>
  clerk.call(registerLines.changeRegister, {
    params: { id },
    body: { kind: 'own', startNumber: 1, otherSystem: null, reason: 'đặt lại', ...given },
  });
const arrive = (year: number, takenNumber?: number, who = clerk): Promise<Answer> =>
  registerPaper(
    who,
    paperWish(takenNumber === undefined ? {} : { takenNumber }, { arrivalDate: `${String(year)}-03-02` as never }),
  );
const numberOf = (answer: Answer): unknown => (answer.status === 201 ? answer.json.arrivalNumber : refusal(answer));
const lines = async (id: string, who = clerk) =>
  who.ask(registerLines.entries, { params: { id }, query: { limit: 200 } });

test('how a book was set before, who changed it and why, is told to the desk', async () => {
  const { id } = await book({ year: 2007 });
  await change(id, { startNumber: 500, otherSystem: 'QLVB cũ', reason: 'dùng từ giữa năm' });
  await change(id, { kind: 'external', otherSystem: 'QLVB', reason: 'chạy song song' });
  const { rows } = await clerk.ask(registerLines.history, { params: { id } });
  expect(rows.map(({ at: _at, by, ...row }) => [by?.id, row])).toEqual([
    [
      house.people.clerk.id,
      {
        before: { kind: 'own', startNumber: 500, otherSystem: 'QLVB cũ' },
        after: { kind: 'external', startNumber: 1, otherSystem: 'QLVB' },
        reason: 'chạy song song',
      },
    ],
    [
      house.people.clerk.id,
      {
        before: { kind: 'own', startNumber: 1, otherSystem: null },
        after: { kind: 'own', startNumber: 500, otherSystem: 'QLVB cũ' },
        reason: 'dùng từ giữa năm',
      },
    ],
  ]);
  const staff = await house.visit('staff');
  expect((await staff.call(registerLines.history, { params: { id } })).status).toBe(403);
  expect((await clerk.call(registerLines.history, { params: { id: newId() } })).status).toBe(404);
});

describe('an arrival date that is corrected', () => {
  const correct = (answer: Answer, fields: object): Promise<Answer> =>
    clerk.call(registryLines.correct, {
      params: { id: answer.json.id as string },
      body: { fields, version: answer.json.version as number, reason: 'ghi nhầm ngày' },
    });
  const wrong = [409, 'number-of-another-year', [{ path: 'fields.arrivalDate', problem: 'number-of-another-year' }]];

  test('stays in the year whose book gave the number, and the sentence says so', async () => {
    const { id } = await book({ year: 2008, startNumber: 11, otherSystem: 'QLVB cũ' });
    const [own, taken] = [await arrive(2008), await arrive(2008, 4)];
    for (const answer of [own, taken]) {
      const refused = await correct(answer, { arrivalDate: '2009-01-02' });
      expect(refusal(refused)).toEqual(wrong);
      expect(refused.json.detail).toContain(`Số đến ${String(answer.json.arrivalNumber)} thuộc sổ năm 2008`);
    }
    const within = await correct(own, { arrivalDate: '2008-12-31' });
    expect([within.status, within.json.fields.arrivalDate]).toEqual([200, '2008-12-31']);
    expect((await lines(id)).rows.map(({ number, arrivalDate }) => [number, arrivalDate])).toEqual([
      [11, '2008-12-31'],
      [4, '2008-03-02'],
    ]);
  });
});

describe('a book of ours', () => {
  test('begins where it is set up to, takes older numbers below and none from there', async () => {
    const { id } = await book({ year: 2010, startNumber: 28_417, otherSystem: 'QLVB cũ' });
    expect(await clerk.ask(registryLines.nextNumber, { query: { direction: 'incoming', year: 2010 } })).toEqual({
      year: 2010,
      number: 28_417,
      kind: 'own',
      startNumber: 28_417,
      otherSystem: 'QLVB cũ',
    });
    expect(numberOf(await arrive(2010, 28_410))).toBe(28_410);
    expect(numberOf(await arrive(2010))).toBe(28_417);
    expect(numberOf(await arrive(2010, 28_416))).toBe(28_416);
    expect(numberOf(await arrive(2010, 5))).toBe(5);
    expect(numberOf(await arrive(2010))).toBe(28_418);
    for (const number of [28_417, 28_419, 999_999])
      expect(numberOf(await arrive(2010, number))).toEqual([422, 'number-not-needed']);
    const twice = await arrive(2010, 28_410);
    expect(refusal(twice)).toEqual([409, 'number-taken']);
    expect(twice.json.detail).toContain('Số đến 28410 năm 2010');
    const { register, rows, gaps, next } = await lines(id);
    expect(register).toMatchObject({
      kind: 'own',
      startNumber: 28_417,
      lastNumber: 28_418,
      entries: 5,
      mayChange: false,
    });
    expect(rows.map((row) => [row.number, row.taken])).toEqual([
      [28_418, false],
      [28_417, false],
      [28_416, true],
      [28_410, true],
      [5, true],
    ]);
    expect(rows[0]).toMatchObject({
      issuer: 'Bộ Tài chính',
      subject: 'Thư đích danh',
      withoutFile: true,
      state: 'declared',
    });
    expect(gaps).toEqual([
      { from: 28_411, until: 28_415 },
      { from: 6, until: 28_409 },
    ]);
    expect(next).toBeNull();
  });

  test('allocates without a gap or a repeat, whatever older numbers come between', async () => {
    await book({ year: 2011, startNumber: 501 });
    const wishes = Array.from({ length: 60 }, (_, at) => (at % 3 === 0 ? 1 + ((at * 7) % 40) : undefined));
    const answers = await Promise.all(wishes.map((taken, at) => arrive(2011, taken, at % 2 === 0 ? clerk : other)));
    const ours = answers.flatMap((answer, at) =>
      wishes[at] === undefined ? [answer.json.arrivalNumber as number] : [],
    );
    expect(ours.sort((one, two) => one - two)).toEqual(Array.from({ length: 40 }, (_, at) => 501 + at));
    const olders = wishes.filter((taken) => taken !== undefined);
    expect(answers.filter((answer, at) => wishes[at] !== undefined && answer.status === 201)).toHaveLength(
      new Set(olders).size,
    );
    expect(await clerk.ask(registryLines.nextNumber, { query: { direction: 'incoming', year: 2011 } })).toMatchObject({
      number: 541,
    });
  });

  test('of one number that two take at once, one has it', async () => {
    await book({ year: 2012, startNumber: 100 });
    const answers = await Promise.all(
      new Array(6).fill(0).map((_, at) => arrive(2012, 42, at % 2 === 0 ? clerk : other)),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });
});

describe('a book of another system', () => {
  test('takes every number once, gaps and all, and allocates none', async () => {
    const { id } = await book({ year: 2013, kind: 'external', otherSystem: 'QLVB của Bộ' });
    expect(await clerk.ask(registryLines.nextNumber, { query: { direction: 'incoming', year: 2013 } })).toMatchObject({
      number: null,
      kind: 'external',
      otherSystem: 'QLVB của Bộ',
    });
    expect(numberOf(await arrive(2013))).toEqual([422, 'number-needed']);
    expect(numberOf(await arrive(2013, 9))).toBe(9);
    expect(numberOf(await arrive(2013, 4))).toBe(4);
    expect(numberOf(await arrive(2013, 9))).toEqual([409, 'number-taken']);
    const { register, rows, gaps } = await lines(id);
    expect(register).toMatchObject({ lastNumber: 9, entries: 2, mayChange: true });
    expect(rows.map((row) => [row.number, row.taken])).toEqual([
      [9, true],
      [4, true],
    ]);
    expect(gaps).toEqual([{ from: 5, until: 8 }]);
  });

  test('goes on in the next year: a January begins no second allocator', async () => {
    expect(await clerk.ask(registryLines.nextNumber, { query: { direction: 'incoming', year: 2014 } })).toMatchObject({
      kind: 'external',
      otherSystem: 'QLVB của Bộ',
    });
    expect(numberOf(await arrive(2014))).toEqual([422, 'number-needed']);
    expect(numberOf(await arrive(2014, 1))).toBe(1);
    await book({ year: 2015 });
    expect(numberOf(await arrive(2016))).toBe(1);
  });

  test('becomes ours in the middle of a year, after the last number it gave', async () => {
    const { id } = await book({ year: 2017, kind: 'external', otherSystem: 'QLVB' });
    for (const number of [1, 2, 300]) expect(numberOf(await arrive(2017, number))).toBe(number);
    expect(refusal(await change(id, { startNumber: 300 }))).toEqual([409, 'register-in-use']);
    const changed = await change(id, { startNumber: 301, otherSystem: 'QLVB' });
    expect(changed.json).toMatchObject({ kind: 'own', startNumber: 301, lastNumber: null, mayChange: true });
    expect(numberOf(await arrive(2017))).toBe(301);
    expect(refusal(await change(id, { kind: 'external' }))).toEqual([409, 'register-in-use']);
    const { rows } = await owner.query(
      'select before, after, reason from vankho.register_change where register_id = $1',
      [id],
    );
    expect(rows).toEqual([
      {
        before: { kind: 'external', startNumber: 1, otherSystem: 'QLVB' },
        after: { kind: 'own', startNumber: 301, otherSystem: 'QLVB' },
        reason: 'đặt lại',
      },
    ]);
    const [told] = (await logOf(owner, 'register.changed')).slice(-1);
    expect(told?.leaf).not.toMatch(/QLVB|đặt lại/u);
  });
});

describe('outgoing and internal books', () => {
  test('take the document’s own number, no other, and never allocate', async () => {
    const fields = {
      direction: 'outgoing',
      codeNumber: '12',
      codeNotation: 'BTN-VP',
      issuedDate: '2018-03-02',
    } as const;
    const record = await paper(clerk, {}, fields);
    expect(record.arrivalNumber).toBeNull();
    expect(refusal(await registerPaper(clerk, paperWish({ takenNumber: 3 }, fields as never)))).toEqual([
      400,
      'bad-request',
      [{ path: 'takenNumber', problem: 'incoming-only' }],
    ]);
    expect(refusal(await setUp({ year: 2019, direction: 'outgoing' }))).toEqual([
      400,
      'bad-request',
      [{ path: 'kind', problem: 'incoming-only' }],
    ]);
    await paper(clerk, {}, { ...fields, codeNumber: '13' });
    const { rows: books } = await clerk.ask(registerLines.registers);
    const mine = books.find((row) => row.year === 2018 && row.direction === 'outgoing');
    expect(mine).toMatchObject({ kind: 'external', lastNumber: null, entries: 2 });
    const first = await clerk.ask(registerLines.entries, { params: { id: mine?.id ?? '' }, query: { limit: 1 } });
    const second = await clerk.ask(registerLines.entries, {
      params: { id: mine?.id ?? '' },
      query: { limit: 1, after: first.next ?? '' },
    });
    expect([...first.rows, ...second.rows].map((row) => row.numberAndSymbol)).toEqual(['13/BTN-VP', '12/BTN-VP']);
  });
});

describe('what a person may not know', () => {
  test('is no line of a book and no gap either, and not found by its number', async () => {
    const { id } = await book({ year: 2020 });
    for (let at = 0; at < 3; at += 1) expect(numberOf(await arrive(2020))).toBe(at + 1);
    const hidden = await registerPaper(clerk, paperWish({ rank: 2 }, { arrivalDate: '2020-03-02' }));
    expect(hidden.json.arrivalNumber).toBe(4);
    expect(numberOf(await arrive(2020))).toBe(5);
    const mine = house.people.otherClerk.id;
    await owner.query('update vankho.clearance set rank = 1 where person_id = $1', [mine]);
    try {
      const { register, rows, gaps } = await lines(id, other);
      expect([register.entries, rows.map((row) => row.number), gaps]).toEqual([4, [5, 3, 2, 1], []]);
      const ask = (number: number) => other.call(registerLines.byNumber, { query: { number, year: 2020 } });
      const [unknown, forbidden] = [await ask(77), await ask(4)];
      expect([forbidden.status, forbidden.text]).toEqual([404, unknown.text]);
      expect((await ask(5)).json.entry).toMatchObject({ number: 5, taken: false });
    } finally {
      await owner.query('update vankho.clearance set rank = 2 where person_id = $1', [mine]);
    }
    const found = await clerk.ask(registerLines.byNumber, { query: { number: 4, year: 2020 } });
    expect(found.entry).toMatchObject({ recordId: hidden.json.id, rank: 2, withoutFile: true });
    expect((await logOf(owner, 'register.number-asked')).at(-1)).toMatchObject({ recordId: hidden.json.id, rank: 2 });
  });

  test('pages go on where the last ended, newest number first', async () => {
    const { id } = await book({ year: 2021 });
    for (let at = 0; at < 7; at += 1) await arrive(2021);
    const seen: (number | null)[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof lines>> = await clerk.ask(registerLines.entries, {
        params: { id },
        query: { limit: 3, ...(after === null ? {} : { after }) },
      });
      seen.push(...page.rows.map((row) => row.number));
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  test('books are the desk’s, and another agency’s are none', async () => {
    for (const who of ['staff', 'leader', 'auditor'] as const) {
      const visitor = await house.visit(who);
      expect(refusal(await visitor.call(registerLines.registers))).toEqual([403, 'role-not-allowed']);
    }
    const [agency, strange] = [newId(), newId()];
    await owner.query(
      "insert into vankho.agency (id, code, symbol, name, valid_from) values ($1, 'G09', 'BX', 'Bộ Xa', '2000-01-01')",
      [agency],
    );
    await owner.query(
      "insert into vankho.register (id, agency_id, direction, year, kind, last_number) values ($1, $2, 'incoming', 2022, 'own', 0)",
      [strange, agency],
    );
    for (const id of [strange, newId()]) {
      expect(refusal(await change(id, {}))).toEqual([404, 'not-found']);
      expect((await clerk.call(registerLines.entries, { params: { id } })).status).toBe(404);
    }
  });

  test('a year that has its book is set up no second time', async () => {
    await book({ year: 2023 });
    expect(refusal(await setUp({ year: 2023, startNumber: 9 }))).toEqual([409, 'conflict']);
    const answers = await Promise.all(new Array(4).fill(0).map(() => setUp({ year: 2024 })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409]);
  });
});
