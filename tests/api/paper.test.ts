import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { vietnamDay } from '../../src/kernel/dates.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import type { Visitor } from '../support/visitor.ts';
import { paper, paperWish, refusal, registerPaper, viewOf } from './desk.ts';
import { countOf, logOf } from './samples.ts';

/** What has no file, or none yet: in the register at once. */

let house: TestHouse;
let owner: pg.Pool;
let clerk: Visitor;
beforeAll(async () => {
  house = await startHouse();
  owner = house.database.owner();
  clerk = await house.visit('clerk');
});
afterAll(() => house.close());

const today = vietnamDay(new Date());
const next = async () => (await clerk.ask(registryLines.nextNumber, { query: { direction: 'incoming' } })).number;

test('an unopened envelope is registered, numbered, logged and found, without a file', async () => {
  const number = await next();
  const leadUnitId = house.units.finance;
  const record = await paper(
    clerk,
    { leadUnitId },
    {
      subject: 'Phong bì đích danh Omicron',
      paperKind: 'sealed-envelope',
      paperStore: 'Kho 1',
      paperShelf: '12',
      paperBox: '3',
    },
  );
  expect(record).toMatchObject({
    state: 'declared',
    version: 1,
    arrivalNumber: number,
    register: { year: Number(today.slice(0, 4)), direction: 'incoming', kind: 'own' },
    fields: { paperKind: 'sealed-envelope', paperStore: 'Kho 1', paperShelf: '12', paperBox: '3', arrivalDate: today },
    files: [],
    versions: [],
    leadUnit: { id: leadUnitId },
    receivedBy: { id: house.people.clerk.id },
    registeredBy: { id: house.people.clerk.id },
    may: { register: false, correct: true, addFile: true },
  });
  const [told] = (await logOf(owner, 'record.registered')).slice(-1);
  expect([told?.recordId, told?.rank, JSON.parse(told?.leaf ?? '{}').data]).toEqual([
    record.id,
    1,
    { direction: 'incoming', year: Number(today.slice(0, 4)), number, taken: false, file: false },
  ]);
  expect(told?.leaf).not.toContain('Omicron');
  const staff = await house.visit('staff');
  await eventually(async () =>
    (await staff.ask(searchLines.search, { query: { q: 'omicron' } })).hits.some((hit) => hit.recordId === record.id),
  );
  const stranger = await house.visit('stranger');
  expect((await stranger.ask(searchLines.search, { query: { q: 'omicron' } })).hits).toEqual([]);
  expect((await stranger.call(registryLines.record, { params: { id: record.id } })).status).toBe(404);
});

test('a request that is sent again is given the first record, and no second number', async () => {
  const [before, records, key] = [await next(), await countOf(owner, 'record'), randomUUID()];
  const wish = paperWish({}, { subject: 'Gửi hai lần' });
  const answers = await Promise.all(new Array(6).fill(0).map(() => registerPaper(clerk, wish, key)));
  expect(answers.map((answer) => answer.status)).toEqual(new Array(6).fill(201));
  expect(new Set(answers.map((answer) => answer.json.id)).size).toBe(1);
  expect([await next(), await countOf(owner, 'record')]).toEqual([(before ?? 0) + 1, records + 1]);

  expect(refusal(await registerPaper(clerk, paperWish({}, { subject: 'Khác' }), key))).toEqual([
    422,
    'idempotency-mismatch',
  ]);
  expect(refusal(await clerk.upload('a.txt', 'chữ', { key }))).toEqual([422, 'idempotency-mismatch']);
  // Another person's key is another key.
  const other = await registerPaper(await house.visit('otherClerk'), wish, key);
  expect([other.status, other.json.id === answers[0]?.json.id]).toEqual([201, false]);
  expect(refusal(await registerPaper(clerk, wish, 'có dấu cách'.replaceAll(/[^ -~]/gu, '')))).toEqual([
    400,
    'bad-request',
    [{ path: 'header.idempotency-key', problem: 'not-a-key' }],
  ]);
});

test.each([
  ['no word of what it is', {}, { paperKind: null }, 400, 'fields.paperKind', 'needed'],
  ['something the house does not know', {}, { paperKind: 'stone' }, 400, 'fields.paperKind', 'invalid_value'],
  ['no issuer', {}, { issuer: null }, 400, 'fields.issuer', 'needed'],
  ['no subject', {}, { subject: ' ' }, 400, 'fields.subject', 'too_small'],
  ['a strange unit', { leadUnitId: randomUUID() }, {}, 400, 'leadUnitId', 'unknown-unit'],
  ['a number of another system in a book of ours', { takenNumber: 7 }, {}, 422, undefined, undefined],
  ['a secret rank', { rank: 3 }, {}, 422, undefined, undefined],
] as const)(
  '%s is refused and leaves neither record nor number',
  async (_what, given, fields, status, path, problem) => {
    const before = [await next(), await countOf(owner, 'record'), await countOf(owner, 'idempotency')];
    const answer = await registerPaper(clerk, paperWish(given, fields as never), randomUUID());
    expect(answer.status).toBe(status);
    if (path !== undefined) expect(answer.json.fields).toEqual([{ path, problem }]);
    expect([await next(), await countOf(owner, 'record'), await countOf(owner, 'idempotency')]).toEqual(before);
  },
);

test('only the desk registers paper', async () => {
  for (const who of ['staff', 'leader', 'auditor', 'administrator'] as const)
    expect(refusal(await registerPaper(await house.visit(who), paperWish()))).toEqual([403, 'role-not-allowed']);
});

test('where the paper lies is corrected with a reason, and what it is stays said while there is no file', async () => {
  const { id } = await paper(clerk, {}, { paperStore: 'Kho 1' });
  const correct = (fields: object, version: number) =>
    clerk.call(registryLines.correct, { params: { id }, body: { fields, version, reason: 'Chuyển kho' } });
  expect((await correct({ paperStore: 'Kho 2', paperBox: '9' }, 1)).json.fields).toMatchObject({
    paperStore: 'Kho 2',
    paperBox: '9',
  });
  expect(refusal(await correct({ paperKind: null }, 2))).toEqual([
    400,
    'bad-request',
    [{ path: 'fields.paperKind', problem: 'needed' }],
  ]);
  const { rows } = await clerk.ask(registryLines.history, { params: { id } });
  expect(rows.map((row) => [row.field, row.before, row.after])).toContainEqual(['paperStore', 'Kho 1', 'Kho 2']);
});

test('a process that is killed leaves each number with its record, and none without', async () => {
  const keys = Array.from({ length: 12 }, () => randomUUID());
  const send = (key: string, at: number) =>
    registerPaper(clerk, paperWish({}, { subject: `Lúc mất điện ${String(at)}` }), key).catch(() => undefined);
  const under = keys.map(send);
  await Promise.race(under);
  await house.kill();
  await Promise.all(under);
  await house.restart();
  clerk = await house.visit('clerk');
  const again = await Promise.all(keys.map(send));
  expect(again.map((answer) => answer?.status)).toEqual(new Array(12).fill(201));
  expect(new Set(again.map((answer) => answer?.json.id)).size).toBe(12);
  const { rows } = await owner.query<{ number: number }>(
    'select e.number from vankho.register_entry e join vankho.record r on r.id = e.record_id and r.arrival_number = e.number order by e.number',
  );
  expect(rows.map((row) => row.number)).toEqual(Array.from({ length: ((await next()) ?? 0) - 1 }, (_, at) => at + 1));
  expect(await viewOf(clerk, again[0]?.json.id as string)).toMatchObject({ state: 'declared' });
});
