import type pg from 'pg';
import { correspondentLines, type Correspondent } from '../../src/contract/correspondents.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { newId } from '../../src/kernel/ids.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import type { Answer, Visitor } from '../support/visitor.ts';
import { paper, refusal, viewOf } from './desk.ts';
import { logOf, settled } from './samples.ts';

/** Outside bodies: one body, many names and spellings over time. */

let house: TestHouse;
let owner: pg.Pool;
let clerk: Visitor;
let low: Visitor;
beforeAll(async () => {
  house = await startHouse();
  owner = house.database.owner();
  [clerk, low] = [await house.visit('clerk'), await house.visit('otherClerk')];
  // At the desk, but cleared for Nội bộ only.
  await owner.query('update vankho.clearance set rank = 1 where person_id = $1', [house.people.otherClerk.id]);
});
afterAll(() => house.close());

const list = async (q = '', who = clerk): Promise<Correspondent[]> =>
  (await who.ask(correspondentLines.correspondents, { query: { q } })).rows;
const named = async (name: string, who = clerk): Promise<Correspondent | undefined> =>
  (await list(name, who)).find((one) => one.name === name);
const known = async (name: string): Promise<Correspondent> => {
  const body = await named(name);
  if (!body) throw new Error(`${name} is not known`);
  return body;
};
const add = (name: string, code: string | null = null, who = clerk): Promise<Answer> =>
  who.call(correspondentLines.addCorrespondent, { body: { name, code } });
const correct = (id: string, body: object, who = clerk): Promise<Answer> =>
  who.call(correspondentLines.correctCorrespondent, { params: { id }, body: body });
const merge = (id: string, intoId: string, who = clerk): Promise<Answer> =>
  who.call(correspondentLines.merge, { params: { id }, body: { intoId, reason: 'Một cơ quan' } });
const issued = (issuer: string, rank: 0 | 1 | 2 = 1) => paper(clerk, { rank }, { issuer });
const facets = async (q: string) =>
  (await clerk.ask(searchLines.search, { query: { q } })).facets?.issuer.map(({ value, count }) => [value, count]);

describe('a document', () => {
  test('names a body in any spelling, and keeps the words it was written in', async () => {
    const records = [];
    for (const issuer of ['Sở Nội vụ', 'SỞ NỘI VỤ', 'so noi vu', 'Sở Nôi vụ']) records.push(await issued(issuer));
    expect((await list('so noi vu')).map(({ name, records: count, listed }) => [name, count, listed])).toEqual([
      ['Sở Nội vụ', 3, false],
      ['Sở Nôi vụ', 1, false],
    ]);
    expect((await viewOf(clerk, records[1]?.id ?? '')).fields.issuer).toBe('SỞ NỘI VỤ');
  });

  test('of two bodies that marks alone tell apart goes to its own', async () => {
    await issued('Công ty Bà Tứ');
    await issued('Công ty Ba Tư');
    expect((await list('cong ty ba tu')).map((one) => [one.name, one.records])).toEqual([
      ['Công ty Bà Tứ', 1],
      ['Công ty Ba Tư', 1],
    ]);
  });

  test('that forty register at once makes its body once', async () => {
    const made = await Promise.all(Array.from({ length: 40 }, () => issued('Kho bạc Nhà nước')));
    expect((await list('kho bac')).map((one) => one.records)).toEqual([made.length]);
  });

  test('goes to another body when its issuer is corrected', async () => {
    const { id } = await issued('Viện Sai');
    await clerk.call(registryLines.correct, {
      params: { id },
      body: { fields: { issuer: 'Viện Đúng' }, version: 1, reason: 'gõ nhầm' },
    });
    expect(await named('Viện Sai')).toBeUndefined();
    expect(await named('Viện Đúng')).toMatchObject({ records: 1 });
  });

  test('from before there was a list finds its body when the house goes round', async () => {
    const { id } = await issued('Cục Cũ');
    await owner.query('update vankho.record set correspondent_id = null where id = $1', [id]);
    expect(await named('Cục Cũ')).toBeUndefined();
    // And one that was registered under a body in the moment it was merged away.
    await issued('Cục Gộp Đi');
    await issued('Cục Gộp Lại');
    const [away, into] = [await known('Cục Gộp Đi'), await known('Cục Gộp Lại')];
    expect((await merge(away.id, into.id)).json.records).toBe(2);
    // The job of the merger takes in what comes late: it has gone by when this one comes.
    await settled(owner);
    await owner.query('update vankho.record set correspondent_id = $1 where issuer = $2', [away.id, 'Cục Gộp Đi']);
    expect((await known('Cục Gộp Lại')).records).toBe(1);
    await house.kill();
    await house.restart();
    [clerk, low] = [await house.visit('clerk'), await house.visit('otherClerk')];
    await eventually(async () => (await named('Cục Cũ'))?.records === 1);
    await eventually(async () => (await named('Cục Gộp Lại'))?.records === 2);
  });
});

describe('the list', () => {
  test('keeps a code and refuses a second bearer of a name or a code', async () => {
    const made = await add('Bộ Y tế', 'G18');
    expect([made.status, made.json]).toMatchObject([201, { name: 'Bộ Y tế', code: 'G18', listed: true, records: 0 }]);
    expect(refusal(await add('BỘ Y TẾ'))).toEqual([409, 'name-taken']);
    expect(refusal(await add('Bộ Khác', 'G18'))).toEqual([
      400,
      'bad-request',
      [{ path: 'code', problem: 'code-taken' }],
    ]);
    expect(await named('Bộ Khác')).toBeUndefined();
    expect((await correct(made.json.id as string, { code: 'G18.01' })).json.code).toBe('G18.01');
    expect((await add('Bộ Khác', 'G18')).status).toBe(201);
    expect((await list('G18.01')).map((one) => one.name)).toEqual(['Bộ Y tế']);
  });

  test('takes one name once, whoever brings it at the same time: added, corrected, loaded, registered', async () => {
    const other = (await add('Bộ Gốc')).json.id as string;
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, at): Promise<Answer | object> => {
        if (at % 4 === 0) return add('Bộ Mới');
        if (at % 4 === 1) return correct(other, { name: 'Bộ Mới' });
        if (at % 4 === 2) return issued('Bộ Mới');
        const rows = [{ code: '', name: 'Bộ Mới', otherNames: '' }];
        return clerk.call(correspondentLines.loadCorrespondents, { body: { rows, apply: true } });
      }),
    );
    const bearers = (await list('bo moi')).filter((one) => one.names.some(({ name }) => name === 'Bộ Mới'));
    expect(bearers.map((one) => one.records)).toEqual([6]);
    expect(answers.filter((one) => 'status' in one && one.status >= 500)).toEqual([]);
  });

  test('is walked page by page in one order', async () => {
    const all = await list();
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page: { rows: Correspondent[]; next: string | null } = await clerk.ask(correspondentLines.correspondents, {
        query: { limit: 2, ...(after === undefined ? {} : { after }) },
      });
      seen.push(...page.rows.map((one) => one.id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual(all.map((one) => one.id));
  });

  test('a body that changes its name is found under both, and shows the one of today in the facet', async () => {
    const record = await issued('Sở Thông tin');
    const { id } = await known('Sở Thông tin');
    for (const [from, problem] of [['2999-01-01', 'in-the-future']] as const)
      expect(refusal(await correct(id, { name: 'Sở Khoa học', from }))).toEqual([
        400,
        'bad-request',
        [{ path: 'from', problem }],
      ]);
    const renamed = await correct(id, { name: 'Sở Khoa học', from: '2025-03-01' });
    expect(renamed.json).toMatchObject({
      name: 'Sở Khoa học',
      listed: true,
      names: [
        { name: 'Sở Khoa học', from: '2025-03-01', until: null },
        { name: 'Sở Thông tin', from: null, until: '2025-03-01' },
      ],
    });
    expect(refusal(await correct(id, { name: 'Sở Cũ', from: '2025-02-01' }))).toEqual([
      400,
      'bad-request',
      [{ path: 'from', problem: 'before-the-last' }],
    ]);
    expect((await correct(id, { name: 'SKHCN' })).json.names).toHaveLength(3);
    await issued('skhcn');
    expect((await known('Sở Khoa học')).records).toBe(2);
    await settled(owner);
    expect(await facets('"Sở Thông tin"')).toEqual([['Sở Khoa học', 1]]);
    const hits = await clerk.ask(searchLines.search, { query: { q: '', issuer: ['Sở Khoa học'] } });
    expect(hits.hits.map((hit) => hit.recordId)).toContain(record.id);
    expect((await clerk.ask(registryLines.suggestions)).issuers).toContain('Sở Khoa học');
  });

  test('two that are one are merged: names and documents go along, the facet counts once, the list keeps that it was so', async () => {
    await issued('UBND tỉnh Merge');
    await issued('Ủy ban nhân dân tỉnh Merge');
    await issued('Ủy ban nhân dân tỉnh Merge');
    const [short, long] = [await known('UBND tỉnh Merge'), await known('Ủy ban nhân dân tỉnh Merge')];
    const merged = await merge(short.id, long.id);
    expect(merged.json).toMatchObject({ id: long.id, records: 3, listed: true });
    expect((merged.json as Correspondent).names.map((one) => one.name)).toEqual([
      'Ủy ban nhân dân tỉnh Merge',
      'UBND tỉnh Merge',
    ]);
    await settled(owner);
    expect(await facets('tinh merge')).toEqual([['Ủy ban nhân dân tỉnh Merge', 3]]);
    await issued('ubnd tinh merge');
    expect((await known('Ủy ban nhân dân tỉnh Merge')).records).toBe(4);
    expect(refusal(await clerk.call(correspondentLines.correspondent, { params: { id: short.id } }))).toEqual([
      404,
      'not-found',
    ]);
    expect(refusal(await merge(short.id, long.id))).toEqual([404, 'not-found']);
    expect(refusal(await merge(long.id, long.id))).toEqual([
      400,
      'bad-request',
      [{ path: 'intoId', problem: 'itself' }],
    ]);
    const { rows } = await owner.query('select merged_into, merge_reason from vankho.correspondent where id = $1', [
      short.id,
    ]);
    expect(rows).toEqual([{ merged_into: long.id, merge_reason: 'Một cơ quan' }]);
    const [told] = (await logOf(owner, 'correspondent.merged')).slice(-1);
    expect(JSON.parse(told?.leaf ?? '{}').data).toEqual({ correspondent: short.id, into: long.id, records: 1 });
    expect(told?.leaf).not.toMatch(/Merge|Một cơ quan/u);
  });
});

test('who merges and who files hold the same documents in one order, and do not wait for each other', async () => {
  const ids: string[] = [];
  for (let at = 0; at < 8; at += 1) ids.push((await issued('Ban Giữ A')).id);
  ids.sort();
  await issued('Ban Giữ B');
  // The first by its id lies last in the table: without an order it would be held last.
  for (const [version, issuer] of ['Ban Giữ C', 'Ban Giữ A'].entries())
    await clerk.ask(registryLines.correct, {
      params: { id: ids[0] ?? '' },
      body: { fields: { issuer }, version: version + 1, reason: 'gõ nhầm' },
    });
  const [away, into] = [await known('Ban Giữ A'), await known('Ban Giữ B')];
  const waiting = async (many: number) => {
    const { rows } = await owner.query(
      "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    );
    return rows.length === many;
  };
  const hold = await owner.connect();
  await hold.query('begin');
  await hold.query('select 1 from vankho.record where id = $1 for update', [ids[4]]);
  const merging = merge(away.id, into.id);
  await eventually(() => waiting(1));
  // As the dossiers hold them: the first one waits for the merge, or the merge for it.
  const filer = await owner.connect();
  await filer.query('begin');
  const filing = filer.query('select 1 from vankho.record where id = any($1) order by id for update', [ids]);
  await eventually(() => waiting(2));
  await hold.query('commit');
  const merged = await merging;
  await filing;
  await filer.query('commit');
  for (const one of [hold, filer]) one.release();
  expect([merged.status, merged.json.records]).toEqual([200, 9]);
});

describe('what a person may not know', () => {
  test('a body met only on a hidden document is not there: not listed, counted, suggested, merged or in the way', async () => {
    await issued('Cơ quan Kín', 2);
    await issued('Cơ quan Hở', 2);
    await issued('Cơ quan Hở', 1);
    const hidden = await known('Cơ quan Kín');
    expect((await list('co quan', low)).map((one) => [one.name, one.records])).toEqual([['Cơ quan Hở', 1]]);
    const [forbidden, missing] = [
      await low.call(correspondentLines.correspondent, { params: { id: hidden.id } }),
      await low.call(correspondentLines.correspondent, { params: { id: newId() } }),
    ];
    expect([forbidden.status, forbidden.text]).toEqual([404, missing.text]);
    const open = await known('Cơ quan Hở');
    expect(refusal(await merge(hidden.id, open.id, low))).toEqual([404, 'not-found']);
    expect(refusal(await merge(open.id, hidden.id, low))).toEqual([404, 'not-found']);
    expect(refusal(await correct(hidden.id, { code: 'X' }, low))).toEqual([404, 'not-found']);
    const suggested = await low.ask(registryLines.suggestions);
    expect([suggested.issuers.includes('Cơ quan Hở'), suggested.issuers.includes('Cơ quan Kín')]).toEqual([
      true,
      false,
    ]);
    const taken = await low.ask(correspondentLines.takeOutCorrespondents);
    expect(taken.rows.map((row) => row.name)).not.toContain('Cơ quan Kín');
    // The name is free as far as this person can tell.
    expect((await add('Cơ quan Kín', null, low)).json).toMatchObject({ name: 'Cơ quan Kín', records: 0, listed: true });
  });

  test('a hidden body does not name the document of somebody lower, nor do they meet again by themselves', async () => {
    await issued('Cục Kín Đáo', 2);
    await paper(low, { rank: 1 }, { issuer: 'cuc kin dao' });
    expect((await list('cuc kin', low)).map((one) => [one.name, one.records])).toEqual([['cuc kin dao', 1]]);
    // Whoever knows both sees two, and may merge them.
    expect((await list('cuc kin')).map((one) => [one.name, one.records])).toEqual([
      ['Cục Kín Đáo', 1],
      ['cuc kin dao', 1],
    ]);
    // What a correction says is met in the same way.
    const { id } = await paper(low, { rank: 1 }, { issuer: 'Nơi khác' });
    const body = { fields: { issuer: 'CỤC KÍN ĐÁO' }, version: 1, reason: 'gõ nhầm' };
    expect((await low.call(registryLines.correct, { params: { id }, body })).status).toBe(200);
    expect((await list('cuc kin', low)).map((one) => [one.name, one.records])).toEqual([['cuc kin dao', 2]]);
  });

  test('the list is the desk’s', async () => {
    for (const who of ['staff', 'leader', 'auditor', 'administrator'] as const)
      expect(refusal(await (await house.visit(who)).call(correspondentLines.correspondents))).toEqual([
        403,
        'role-not-allowed',
      ]);
  });
});

describe('a table', () => {
  const rows = [
    { code: 'T01', name: 'Tổng cục Một', otherNames: 'TC Một; Tổng cục I' },
    { code: '', name: 'Tổng cục Hai', otherNames: '' },
  ];
  const load = (given: object[], apply = true) =>
    clerk.ask(correspondentLines.loadCorrespondents, { body: { rows: given, apply } });

  test('is looked at, loaded, and the second time harmless', async () => {
    expect(await load(rows, false)).toEqual({ applied: false, problems: [], added: 2, there: 0 });
    expect(await named('Tổng cục Hai')).toBeUndefined();
    expect(await load(rows)).toEqual({ applied: true, problems: [], added: 2, there: 0 });
    expect((await known('Tổng cục Một')).names.map((one) => one.name)).toEqual([
      'Tổng cục Một',
      'TC Một',
      'Tổng cục I',
    ]);
    const before = await list();
    expect(await load(rows)).toEqual({ applied: true, problems: [], added: 0, there: 2 });
    expect(await list()).toEqual(before);
    const out = await clerk.ask(correspondentLines.takeOutCorrespondents);
    expect(out.rows).toContainEqual(rows[0]);
    expect(await load(out.rows)).toMatchObject({ applied: true, problems: [], added: 0 });
    // Whatever stands in a table that was loaded is on the list; nothing else has changed.
    const listed = (bodies: readonly Correspondent[]) => bodies.map((body) => ({ ...body, listed: true }));
    expect(listed(await list())).toEqual(listed(before));
  });

  test('names each wrong cell and loads nothing', async () => {
    const before = await list();
    const answer = await load([
      { code: 'T01', name: 'Tổng cục Khác', otherNames: '' },
      { code: 'T09', name: '', otherNames: '' },
      { code: 'T09', name: 'Tổng cục Chín', otherNames: 'TC Một' },
      { code: 'x'.repeat(36), name: 'y'.repeat(201), otherNames: '' },
      { code: '', name: 'tổng cục chín', otherNames: '' },
    ]);
    expect(answer).toMatchObject({ applied: false });
    expect(answer.problems.map(({ row, column, problem }) => `${String(row)} ${column} ${problem}`).sort()).toEqual([
      '1 code code-taken',
      '2 name needed',
      '3 code twice',
      '3 otherNames name-of-another',
      '4 code too-long',
      '4 name too-long',
      '5 name twice',
    ]);
    expect(await list()).toEqual(before);
  });
});
