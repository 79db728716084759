import type pg from 'pg';
import type { BodyInput, QueryInput } from '../../src/contract/line.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import type { Visitor } from '../support/visitor.ts';
import { letter, logOf, settled } from './samples.ts';

/** One box, and behind it the rule that what a person may not see does not exist. */

let house: TestHouse;
let owner: pg.Pool;
let clerk: Visitor;
let stranger: Visitor;
beforeAll(async () => {
  house = await startHouse();
  owner = house.database.owner();
  [clerk, stranger] = [await house.visit('clerk'), await house.visit('stranger')];
});
afterAll(() => house.close());

type Query = QueryInput<typeof searchLines.search>;
type Fields = Partial<BodyInput<typeof registryLines.register>['fields']>;
const search = (who: Visitor, query: Query) => who.ask(searchLines.search, { query });
const idsOf = async (who: Visitor, query: Query): Promise<string[]> =>
  (await search(who, query)).hits.map((hit) => hit.recordId);

interface Placed {
  readonly rank?: 0 | 1 | 2;
  readonly unit?: 'finance' | 'legal' | 'office';
  readonly openToAll?: boolean;
  readonly text?: string;
}

async function registered(fields: Fields, { rank = 1, unit, openToAll = false, text = 'chữ' }: Placed = {}) {
  const { recordId } = (await clerk.upload('Văn bản.txt', text)).json as { recordId: string };
  await settled(owner);
  await clerk.ask(registryLines.register, {
    params: { id: recordId },
    body: {
      fields: { direction: 'incoming', issuer: 'Bộ Tài chính', subject: 'Về việc thử', ...fields },
      rank,
      leadUnitId: unit === undefined ? null : house.units[unit],
      supportingUnitIds: [],
      openToAll,
      version: 1,
    },
  });
  return recordId;
}

describe('what is found', () => {
  let ids: Record<'letter' | 'decision' | 'report', string>;
  beforeAll(async () => {
    ids = {
      letter: await registered(
        {
          subject: 'Về dự toán ngân sách nhà nước năm 2026',
          codeNumber: '318',
          codeNotation: 'BTC-NSNN',
          documentType: 'Công văn',
          issuedDate: '2025-12-01',
        },
        { unit: 'finance', text: 'Kính gửi các đơn vị. Tổng hợp theo biểu 318 đính kèm.' },
      ),
      decision: await registered(
        {
          subject: 'Quyết định về tổ chức <b>bộ máy</b>',
          documentType: 'Quyết định',
          issuer: 'Bộ Nội vụ',
          issuedDate: '2024-03-15',
          urgency: 'urgent',
        },
        { unit: 'legal' },
      ),
      report: await registered(
        {
          subject: 'Báo cáo 318 đơn vị về kỷ luật',
          documentType: 'Báo cáo',
          issuer: 'Bộ Nội vụ',
          issuedDate: '2026-01-20',
        },
        { openToAll: true },
      ),
    };
    await settled(owner);
  });

  test.each(['318/BTC-NSNN', '318 btc nsnn', '0318/btc-nsnn'])('%s puts the letter of that number first', async (q) => {
    expect((await idsOf(clerk, { q }))[0]).toBe(ids.letter);
  });

  test.each([
    'ngân sách',
    'ngan sach',
    'NGAN SACH',
    'ngan sach'.normalize('NFD'),
    'sách ngân',
    '"ngan sach"',
    'ngan sa',
  ])('%s finds it: with marks or without, in any order and case, before the last word is whole', async (q) => {
    expect(await idsOf(clerk, { q })).toEqual([ids.letter]);
  });

  test('a word of the text is found, with the line it stands in; a word left out is not', async () => {
    const { hits, understood } = await search(clerk, { q: 'bieu dinh kem' });
    expect(hits.map((hit) => hit.recordId)).toEqual([ids.letter]);
    const line = hits[0]?.line;
    expect(line?.pieces.map((piece) => piece.text).join('')).toContain('Tổng hợp theo biểu 318 đính kèm');
    expect(line?.pieces.filter((piece) => piece.hit).map((piece) => piece.text)).toEqual(['biểu', 'đính kèm']);
    expect(understood.words).toEqual(['bieu', 'dinh', 'kem']);
    expect(await idsOf(clerk, { q: 'don vi -ngan' })).toEqual([ids.report]);
  });

  test('a subject comes as text in pieces, whatever signs stand in it', async () => {
    const { hits } = await search(clerk, { q: 'bo may' });
    expect(hits[0]?.subject).toEqual([
      { text: 'Quyết định về tổ chức <b>', hit: false },
      { text: 'bộ máy', hit: true },
      { text: '</b>', hit: false },
    ]);
  });

  test.each([
    [{ type: ['Công văn', 'Báo cáo'] }, ['letter', 'report']],
    [{ notType: ['Công văn'] }, ['decision', 'report']],
    [{ issuer: ['Bộ Nội vụ'] }, ['decision', 'report']],
    [{ issuer: ['Bộ Nội vụ'], notType: ['Báo cáo'] }, ['decision']],
    [{ notIssuer: ['Bộ Nội vụ'] }, ['letter']],
    [{ urgency: ['urgent' as const] }, ['decision']],
    [{ year: ['2024', '2026'] }, ['decision', 'report']],
    [{ from: '2024-03-15', until: '2025-12-01' }, ['letter', 'decision']],
    [{ from: '2024-03-16' }, ['letter', 'report']],
    [{ direction: ['outgoing' as const] }, []],
    [{ rank: [0 as const] }, []],
    [{ q: '318', issuer: ['Bộ Nội vụ'] }, ['report']],
  ] as const)('%j leaves what it says', async (query, names) => {
    const { hits, total } = await search(clerk, query);
    expect(hits.map((hit) => hit.recordId).sort()).toEqual(names.map((name) => ids[name]).sort());
    expect(total).toEqual({ count: names.length, atLeast: false });
  });

  test('a filter that is set goes on to count what may be chosen besides; the others count within it', async () => {
    const values = (list: readonly { value: string; count: number }[] = []): [string, number][] =>
      list.map(({ value, count }): [string, number] => [value, count]).sort();
    const all = (await search(clerk, {})).facets;
    const { facets, total } = await search(clerk, { type: ['Công văn'], year: ['2025', '2024'], rank: [1] });
    expect(total.count).toBe(1);
    expect(values(facets?.issuer)).toHaveLength(1);
    expect(values(facets?.rank)).toEqual([['1', 1]]);
    const [byType, byYear] = [facets?.documentType, facets?.year];
    expect(values(byType)).toEqual(values((await search(clerk, { year: ['2025', '2024'] })).facets?.documentType));
    expect(values(byType).length).toBeGreaterThan(1);
    expect(values(byYear)).toEqual(values((await search(clerk, { type: ['Công văn'] })).facets?.year));
    const excluded = await search(clerk, { notIssuer: ['Bộ Nội vụ'] });
    expect(values(excluded.facets?.issuer)).toEqual(values(all?.issuer));
  });

  test('units are chosen by id and named in the counts', async () => {
    expect(await idsOf(clerk, { unit: [house.units.legal] })).toEqual([ids.decision]);
    const { facets } = await search(clerk, {});
    expect(facets?.unit).toEqual(
      expect.arrayContaining([{ value: house.units.finance, label: 'Vụ Kế hoạch - Tài chính', count: 1 }]),
    );
    expect(facets?.rank).toEqual([{ value: '1', label: 'Nội bộ', count: 3 }]);
    expect((await search(clerk, { facets: 'no' })).facets).toBeNull();
  });

  test('the pages of a list hold every record exactly once', async () => {
    const made: string[] = [];
    for (let number = 0; number < 23; number += 1)
      made.push(await registered({ subject: `Tờ trình Sigma ${String(number)}` }));
    await settled(owner);
    for (const q of ['sigma', '']) {
      const all = await idsOf(clerk, { q, limit: 50 });
      expect(all).toEqual(expect.arrayContaining(made));
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await search(clerk, { q, limit: 5, facets: 'no', ...(after === undefined ? {} : { after }) });
        seen.push(...page.hits.map((hit) => hit.recordId));
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(seen).toEqual(all);
    }
    const wrong = await clerk.call(searchLines.search, { query: { q: 'sigma', after: 'nowhere' } });
    expect([wrong.status, wrong.json.fields]).toEqual([400, [{ path: 'query.after', problem: 'unknown-place' }]]);
  });
});

describe('what a stranger may not see', () => {
  const questions: readonly Query[] = [
    {},
    { q: 'omega' },
    { q: 'ome' },
    { q: '"mat danh omega"' },
    { q: 'mật danh omêga' },
    { q: '77/OMEGA' },
    { q: '-chu' },
    { q: 'việc' },
    { q: 'omega', limit: 1 },
    { issuer: ['Cục Omega'] },
    { notIssuer: ['Cục Omega'] },
    { year: ['1999'] },
    { rank: [1, 2] },
    { type: ['Đề án'] },
    { q: 'omega', direction: ['incoming'], from: '1999-01-01', until: '1999-12-31' },
  ];
  const answers = async (): Promise<unknown[]> => Promise.all(questions.map((query) => search(stranger, query)));
  const secret: Fields = {
    subject: 'Về việc mật danh Omega',
    codeNumber: '77',
    codeNotation: 'OMEGA',
    issuer: 'Cục Omega',
    documentType: 'Đề án',
    issuedDate: '1999-09-09',
  };

  test('changes nothing in any answer: hits, counts, totals, places', async () => {
    await registered({ subject: 'Về việc Omega công khai' }, { openToAll: true });
    await settled(owner);
    const before = await answers();
    const person = house.people.otherClerk.id;
    await owner.query('update vankho.clearance set rank = 1 where person_id = $1', [person]);
    const other = await house.visit('otherClerk');
    const offered = await other.ask(registryLines.suggestions);

    const text = 'mật danh omega omega omega';
    await registered(secret, { rank: 1, unit: 'finance', text });
    await registered(secret, { rank: 2, unit: 'legal', text });
    await registered(secret, { rank: 2, openToAll: true, text });
    await clerk.received('Omega.pdf', await letter(text.normalize('NFD').replace(/\p{M}/gu, '')));
    await settled(owner);
    expect((await search(clerk, { q: 'omega' })).total.count).toBeGreaterThan(3);
    expect(await answers()).toEqual(before);

    await registered({ ...secret, issuer: 'Cục Omega Hai' }, { rank: 2 });
    const { issuers } = await other.ask(registryLines.suggestions);
    expect(issuers.filter((issuer) => issuer !== 'Cục Omega')).toEqual(offered.issuers);
    await owner.query('update vankho.clearance set rank = 2 where person_id = $1', [person]);
  });

  test('is gone from hits and total at once, though the index has not heard of it yet', async () => {
    const id = await registered({ subject: 'Về việc Upsilon' }, { unit: 'legal' });
    await settled(owner);
    expect((await search(stranger, { q: 'upsilon' })).total.count).toBe(1);
    // The job that brings the index up to date takes this lock first: while it is held, the index is late.
    const holder = await owner.connect();
    await holder.query('select pg_advisory_lock(hashtextextended($1, 1))', [id]);
    try {
      await clerk.ask(registryLines.correct, {
        params: { id },
        body: { fields: {}, rank: 2, version: 2, reason: 'Nâng mức' },
      });
      const late = await search(stranger, { q: 'upsilon' });
      expect([late.hits, late.total, late.facets]).toEqual([[], { count: 0, atLeast: false }, null]);
      expect((await search(clerk, { q: 'upsilon' })).total.count).toBe(1);
    } finally {
      await holder.query('select pg_advisory_unlock(hashtextextended($1, 1))', [id]);
      holder.release();
    }
    await settled(owner);
    expect((await search(stranger, { q: 'upsilon' })).facets?.unit).toEqual([]);
  });
});

test('each question is in the log without its words, before it is answered', async () => {
  await search(stranger, { q: 'tên người bị tố cáo', issuer: ['Cục Omega'], rank: [1] });
  const [told] = (await logOf(owner, 'search.asked')).slice(-1);
  expect(told?.personId).toBe(house.people.stranger.id);
  expect(JSON.parse(told?.leaf ?? '{}').data).toEqual({
    degraded: false,
    digest: expect.stringMatching(/^[0-9a-f]{64}$/u),
    filters: ['issuer', 'rank'],
    shown: 0,
  });
  expect(told?.leaf).not.toMatch(/tố cáo|Omega/u);
});
