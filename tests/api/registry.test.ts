import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { BodyInput } from '../../src/contract/line.ts';
import { registryLines, type RecordView } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { vietnamDay } from '../../src/kernel/dates.ts';
import { newId } from '../../src/kernel/ids.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import type { Answer, Visitor } from '../support/visitor.ts';
import { logOf, settled } from './samples.ts';

/** The register: numbers, what stands in a record, and who changed it. */

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

const year = Number(vietnamDay(new Date()).slice(0, 4));
const tomorrow = vietnamDay(new Date(Date.now() + 86_400_000));
const draft = async (): Promise<string> => (await clerk.upload('Văn bản.txt', 'chữ')).json.recordId as string;
const view = (id: string, who = clerk): Promise<RecordView> => who.ask(registryLines.record, { params: { id } });
const next = async (): Promise<number | null> =>
  (await clerk.ask(registryLines.nextNumber, { query: { direction: 'incoming' } })).number;

type Wish = BodyInput<typeof registryLines.register>;
const wish = (given: Partial<Wish> = {}, fields: Partial<Wish['fields']> = {}): Wish => ({
  fields: { direction: 'incoming', subject: 'Về việc thử', issuer: 'Bộ Tài chính', ...fields },
  rank: 1,
  leadUnitId: null,
  supportingUnitIds: [],
  openToAll: false,
  version: 1,
  ...given,
});
const register = (id: string, body: Wish, who = clerk): Promise<Answer> =>
  who.call(registryLines.register, { params: { id }, body });
const correct = (id: string, body: BodyInput<typeof registryLines.correct>, who = clerk): Promise<Answer> =>
  who.call(registryLines.correct, { params: { id }, body });
const refusal = (answer: Answer): unknown => [
  answer.status,
  answer.json.code,
  ...(answer.json.fields === undefined ? [] : [answer.json.fields]),
];

describe('numbers', () => {
  test('forty registrations at once by two clerks are given 1 to 40 without a gap', async () => {
    expect(await next()).toBe(1);
    const drafts = await Promise.all(new Array(40).fill(0).map(draft));
    const answers = await Promise.all(drafts.map((id, at) => register(id, wish(), at % 2 === 0 ? clerk : other)));
    expect(answers.map((answer) => answer.status)).toEqual(new Array(40).fill(201));
    const given = answers.map((answer) => answer.json.arrivalNumber as number).sort((one, two) => one - two);
    expect(given).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
    expect(await next()).toBe(41);
    const { rows } = await owner.query('select number from vankho.register_entry order by number');
    expect(rows.map((row: { number: number }) => row.number)).toEqual(given);
  });

  test('a registration that is refused uses none', async () => {
    const before = await next();
    const id = await draft();
    for (const body of [
      wish({}, { issuer: null }),
      wish({ leadUnitId: randomUUID() }),
      wish({ rank: 3 }),
      wish({ version: 7 }),
      wish({}, { issuedDate: tomorrow }),
    ])
      expect((await register(id, body)).status).toBeGreaterThanOrEqual(400);
    expect(await view(id)).toMatchObject({ state: 'draft', version: 1, arrivalNumber: null });
    expect((await register(id, wish())).json.arrivalNumber).toBe(before);
  });

  test('a record asked for by two clerks at once is registered once, and the second hears its number', async () => {
    const id = await draft();
    const answers = await Promise.all([register(id, wish(), clerk), register(id, wish(), other)]);
    const [done, late] = answers.sort((one, two) => one.status - two.status);
    expect([done.status, late.status, late.json.code]).toEqual([201, 409, 'already-registered']);
    expect(late.json.detail).toContain(`số đến là ${String(done.json.arrivalNumber)}.`);
  });

  test('outgoing and internal documents keep their own and use none of ours', async () => {
    const before = await next();
    const id = await draft();
    const { json } = await register(id, wish({}, { direction: 'outgoing', codeNumber: '12', codeNotation: 'BTN-VP' }));
    expect(json).toMatchObject({ arrivalNumber: null, register: { year, direction: 'outgoing', kind: 'external' } });
    expect(await next()).toBe(before);
    expect(await clerk.ask(registryLines.nextNumber, { query: { direction: 'outgoing' } })).toEqual({
      year,
      number: null,
      kind: 'external',
      startNumber: 1,
      otherSystem: null,
    });
    expect((await register(id, wish())).json.detail).toContain('số đến là —.');
  });

  test('a document that arrived last year stands in last year’s book', async () => {
    const before = await next();
    const id = await draft();
    const day = `${String(year - 1)}-12-30`;
    const { json } = await register(id, wish({}, { arrivalDate: day, issuedDate: day }));
    expect(json).toMatchObject({ arrivalNumber: 1, register: { year: year - 1, direction: 'incoming', kind: 'own' } });
    expect(await next()).toBe(before);
  });
});

describe('what is registered', () => {
  test.each([
    ['an incoming document without its issuer', {}, { issuer: null }, 'fields.issuer', 'needed'],
    ['a blank subject', {}, { subject: ' \u200e ' }, 'fields.subject', 'too_small'],
    ['a date that does not exist', {}, { issuedDate: '2025-02-29' }, 'fields.issuedDate', 'not-a-date'],
    ['a document made tomorrow', {}, { issuedDate: tomorrow }, 'fields.issuedDate', 'in-the-future'],
    ['an arrival tomorrow', {}, { arrivalDate: tomorrow }, 'fields.arrivalDate', 'in-the-future'],
    [
      'an arrival before the document was made',
      {},
      { issuedDate: '2024-05-02', arrivalDate: '2024-05-01' },
      'fields.arrivalDate',
      'before-issued',
    ],
    ['a number of more than eleven signs', {}, { codeNumber: '123456789012' }, 'fields.codeNumber', 'too_big'],
    ['a unit that is not ours', { leadUnitId: newId() }, {}, 'leadUnitId', 'unknown-unit'],
    ['a supporting unit that is not ours', { supportingUnitIds: [newId()] }, {}, 'supportingUnitIds', 'unknown-unit'],
  ])('%s is refused and the field named', async (_what, given, fields, path, problem) => {
    const answer = await register(await draft(), wish(given, fields));
    expect([answer.status, answer.json.code, answer.json.fields[0]]).toEqual([400, 'bad-request', { path, problem }]);
  });

  test('a unit of another agency, and one that has ended, are refused', async () => {
    const [agency, strange, ended] = [newId(), newId(), newId()];
    await owner.query(
      "insert into vankho.agency (id, code, symbol, name, valid_from) values ($1, 'G02', 'BK', 'Bộ Khác', '2000-01-01')",
      [agency],
    );
    await owner.query(
      `insert into vankho.unit (id, agency_id, symbol, name, valid_from, valid_until) values
       ($1, $3, 'VP', 'Văn phòng', '2000-01-01', null), ($2, $4, 'CU', 'Vụ cũ', '2000-01-01', '2020-01-01')`,
      [strange, ended, agency, house.agencyId],
    );
    for (const leadUnitId of [strange, ended])
      expect(refusal(await register(await draft(), wish({ leadUnitId })))).toEqual([
        400,
        'bad-request',
        [{ path: 'leadUnitId', problem: 'unknown-unit' }],
      ]);
    // What such a unit had before it ended can still be corrected.
    const { id, version } = (await register(await draft(), wish({ leadUnitId: house.units.legal }))).json as RecordView;
    await owner.query('update vankho.record set lead_unit_id = $2 where id = $1', [id, ended]);
    expect((await correct(id, { fields: { subject: 'Sửa' }, version, reason: 'gõ nhầm' })).status).toBe(200);
  });

  test('a secret rank is refused here, and one above the clerk’s own is a wrong field', async () => {
    const id = await draft();
    expect(refusal(await register(id, wish({ rank: 4 })))).toEqual([422, 'secret-not-kept-here']);
    const mine = house.people.otherClerk.id;
    await register(id, wish({ rank: 1 }));
    await owner.query('update vankho.clearance set rank = 1 where person_id = $1', [mine]);
    const { version } = await view(id);
    const answer = await correct(id, { fields: {}, rank: 2, version, reason: 'nâng' }, other);
    await owner.query('update vankho.clearance set rank = 2 where person_id = $1', [mine]);
    expect(refusal(answer)).toEqual([400, 'bad-request', [{ path: 'rank', problem: 'above-own-clearance' }]]);
  });

  test('is kept as it was written, in one Unicode form', async () => {
    const id = await draft();
    const subject = 'Về việc kỷ luật “Nguyễn Văn Ấ” & <b>đồng chí</b>';
    await register(id, wish({}, { subject: subject.normalize('NFD'), recipients: ['Như trên', 'Lưu: VT'] }));
    expect((await view(id)).fields).toMatchObject({ subject, recipients: ['Như trên', 'Lưu: VT'], urgency: 'normal' });
  });

  test('the form offers the types of the decree and the issuers this desk has seen', async () => {
    const id = await draft();
    await register(id, wish({}, { issuer: 'Sở Nội vụ tỉnh Thử' }));
    const offered = await clerk.ask(registryLines.suggestions);
    expect(offered.documentTypes.map((type) => type.vi)).toEqual(expect.arrayContaining(['Công văn', 'Tờ trình']));
    expect(offered.issuers).toContain('Sở Nội vụ tỉnh Thử');
  });
});

describe('a correction', () => {
  const registered = async (given: Partial<Wish> = {}): Promise<RecordView> =>
    (await register(await draft(), wish(given))).json as RecordView;

  test('of a draft needs no reason; of a registered record it does', async () => {
    const id = await draft();
    expect((await correct(id, { fields: { subject: 'Bản nháp' }, version: 1 })).json.fields.subject).toBe('Bản nháp');
    const record = await registered();
    const body = { fields: { subject: 'Về việc đã sửa' }, version: record.version };
    for (const reason of [undefined, '', '  '])
      expect(refusal(await correct(record.id, { ...body, ...(reason === undefined ? {} : { reason }) }))).toEqual([
        400,
        'bad-request',
        [{ path: 'reason', problem: 'needed' }],
      ]);
    const done = await correct(record.id, { ...body, reason: 'Gõ nhầm' });
    expect(done.json).toMatchObject({
      version: record.version + 1,
      arrivalNumber: record.arrivalNumber,
      fields: { subject: 'Về việc đã sửa' },
    });
  });

  test('stands in the history with old and new, who, when and why', async () => {
    const record = await registered();
    await correct(record.id, { fields: { issuer: 'Bộ Y tế' }, version: record.version, reason: 'Nhầm cơ quan' }, other);
    const { rows } = await clerk.ask(registryLines.history, { params: { id: record.id } });
    expect(rows[0]).toMatchObject({
      field: 'issuer',
      before: 'Bộ Tài chính',
      after: 'Bộ Y tế',
      reason: 'Nhầm cơ quan',
      by: { id: house.people.otherClerk.id, fullName: 'Đỗ Văn Sơn', unit: 'Văn phòng' },
    });
    expect(Math.abs(Date.parse(rows[0]?.at ?? '') - Date.now())).toBeLessThan(60_000);
    expect(rows.map((row) => row.field)).toEqual(expect.arrayContaining(['subject', 'rank', 'arrivalDate']));
    const [told] = (await logOf(owner, 'record.corrected')).slice(-1);
    expect(JSON.parse(told?.leaf ?? '{}').data).toEqual({ fields: ['issuer'] });
    expect(told?.leaf).not.toMatch(/Bộ|Nhầm/u);
  });

  test('on a stale version is a conflict and changes nothing', async () => {
    const record = await registered();
    const bodies = ['một', 'hai'].map((subject) => ({ fields: { subject }, version: record.version, reason: 'sửa' }));
    const answers = await Promise.all([
      correct(record.id, bodies[0] as never),
      correct(record.id, bodies[1] as never, other),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const won = answers.find((answer) => answer.status === 200)?.json as RecordView;
    expect(await view(record.id)).toMatchObject({ version: won.version, fields: { subject: won.fields.subject } });
  });

  test('cannot turn a registered record round, empty what the register needs, or reach what is missing', async () => {
    const record = await registered();
    const body = { version: record.version, reason: 'sửa' };
    expect(refusal(await correct(record.id, { ...body, fields: { direction: 'outgoing' } }))).toEqual([
      400,
      'bad-request',
      [{ path: 'fields.direction', problem: 'registered' }],
    ]);
    expect(refusal(await correct(record.id, { ...body, fields: { issuer: null } }))).toEqual([
      400,
      'bad-request',
      [{ path: 'fields.issuer', problem: 'needed' }],
    ]);
    expect(refusal(await correct(newId(), { ...body, fields: {} }))).toEqual([404, 'not-found']);
    expect(refusal(await register(newId(), wish()))).toEqual([404, 'not-found']);
  });

  test('that changes nothing leaves the version as it is, and the log says that the record was looked at', async () => {
    const record = await registered();
    const log = async (type: 'record.corrected' | 'record.viewed') =>
      (await logOf(owner, type)).filter(({ recordId }) => recordId === record.id).length;
    const viewed = await log('record.viewed');
    const { json } = await correct(record.id, {
      fields: { issuer: 'Bộ Tài chính' },
      version: record.version,
      reason: 'x',
    });
    expect(json.version).toBe(record.version);
    expect([await log('record.corrected'), await log('record.viewed')]).toEqual([0, viewed + 1]);
  });
});

describe('a new label', () => {
  const found = async (who: Visitor, word: string): Promise<string[]> =>
    (await who.ask(searchLines.search, { query: { q: word } })).hits.map((hit) => hit.recordId);

  test('changes at once who finds it: whoever lost it finds nothing, whoever gained it finds it', async () => {
    const [staff, stranger] = [await house.visit('staff'), await house.visit('stranger')];
    const id = await draft();
    await settled(owner);
    await register(id, wish({ leadUnitId: house.units.finance }, { subject: 'Về việc Kappa' }));
    await eventually(async () => (await found(staff, 'kappa')).includes(id));
    expect(await found(stranger, 'kappa')).toEqual([]);

    await settled(owner);
    const { version } = await view(id);
    await correct(id, { fields: {}, leadUnitId: house.units.legal, version, reason: 'Chuyển đơn vị' });
    expect(await found(staff, 'kappa')).toEqual([]);
    expect((await staff.call(registryLines.record, { params: { id } })).status).toBe(404);
    expect((await stranger.call(registryLines.record, { params: { id } })).status).toBe(200);
    await eventually(async () => (await found(stranger, 'kappa')).includes(id));

    await correct(id, { fields: {}, rank: 2, version: version + 1, reason: 'Nâng mức' });
    expect(await found(stranger, 'kappa')).toEqual([]);
    expect((await stranger.call(registryLines.record, { params: { id } })).status).toBe(404);
    const [told] = (await logOf(owner, 'record.relabelled')).slice(-1);
    expect([told?.rank, JSON.parse(told?.leaf ?? '{}').data]).toEqual([2, { before: 1, after: 2 }]);

    await settled(owner);
    await correct(id, { fields: {}, rank: 0, version: version + 2, reason: 'Công khai' });
    await eventually(
      async () => (await found(staff, 'kappa')).includes(id) && (await found(stranger, 'kappa')).includes(id),
    );
  });

  test('supporting units find it too, and no longer when they are taken away', async () => {
    const stranger = await house.visit('stranger');
    const id = await draft();
    const supportingUnitIds = [house.units.legal];
    const record = (await register(id, wish({ supportingUnitIds }, { subject: 'Về việc Lambda' }))).json as RecordView;
    expect(record.supportingUnits.map((unit) => unit.id)).toEqual(supportingUnitIds);
    expect((await stranger.call(registryLines.record, { params: { id } })).status).toBe(200);
    await correct(id, { fields: {}, supportingUnitIds: [], version: record.version, reason: 'Bỏ phối hợp' });
    expect((await stranger.call(registryLines.record, { params: { id } })).status).toBe(404);
    const again = { fields: {}, supportingUnitIds, version: record.version + 1, reason: 'Thêm lại' };
    expect((await correct(id, again)).status).toBe(200);
    expect((await stranger.call(registryLines.record, { params: { id } })).status).toBe(200);
  });
});
