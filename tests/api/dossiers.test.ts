import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { dossierLines, type DossierView } from '../../src/contract/dossiers.ts';
import type { BodyInput } from '../../src/contract/line.ts';
import { peopleLines } from '../../src/contract/people.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { vietnamDay } from '../../src/kernel/dates.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import type { Answer, Visitor } from '../support/visitor.ts';
import { logOf } from './samples.ts';

/** A matter's folder from its opening to its end, and what each person may know of it. */

let house: TestHouse;
let owner: pg.Pool;
let clerk: Visitor;
let archivist: Visitor;
let staff: Visitor;
let leader: Visitor;
let stranger: Visitor;
beforeAll(async () => {
  house = await startHouse();
  owner = house.database.owner();
  [clerk, archivist, staff, leader, stranger] = (await Promise.all(
    (['clerk', 'archivist', 'staff', 'leader', 'stranger'] as const).map((who) => house.visit(who)),
  )) as [Visitor, Visitor, Visitor, Visitor, Visitor];
});
afterAll(() => house.close());

const today = vietnamDay(new Date());
const year = Number(today.slice(0, 4));
const refusal = (answer: Answer): unknown => [
  answer.status,
  answer.json.code,
  ...(answer.json.fields === undefined ? [] : [answer.json.fields]),
];

type New = BodyInput<typeof dossierLines.add>;
const wish = (given: Partial<New> = {}): New => ({
  year,
  notation: null,
  headingId: null,
  title: 'Hồ sơ thử',
  titleRank: 1,
  unitId: house.units.finance,
  ownerId: house.people.staff.id,
  retention: 20,
  retentionBasis: null,
  language: null,
  startDate: null,
  endDate: null,
  note: null,
  ...given,
});
const add = (given: Partial<New> = {}, who = clerk): Promise<DossierView> =>
  who.ask(dossierLines.add, { body: wish(given) });
const view = (id: string, who = clerk): Promise<DossierView> => who.ask(dossierLines.dossier, { params: { id } });
const put = (id: string, recordIds: string[], as: 'home' | 'link' = 'home', reason?: string, who = clerk) =>
  who.call(dossierLines.put, { params: { id }, body: { recordIds, as, ...(reason === undefined ? {} : { reason }) } });
const itemsOf = async (id: string, who = clerk) => (await who.ask(dossierLines.items, { params: { id } })).rows;
const historyOf = async (id: string, who = clerk) => (await who.ask(dossierLines.history, { params: { id } })).rows;

let made = 0;
/** A registered document of the finance unit, whole in every field. */
async function document(given: { rank?: 0 | 1 | 2; leadUnitId?: string; fields?: object; text?: string } = {}) {
  made += 1;
  const receipt = await clerk.received('Văn bản.txt', given.text ?? `chữ ${String(made)} ${randomUUID()}`);
  await clerk.ask(registryLines.register, {
    params: { id: receipt.recordId },
    body: {
      fields: {
        direction: 'incoming',
        subject: `Về việc thử ${String(made)}`,
        issuer: 'Bộ Tài chính',
        documentType: 'Công văn',
        codeNumber: String(made),
        codeNotation: 'BTC-NSNN',
        issuedDate: today,
        pageAmount: 3,
        ...given.fields,
      },
      rank: given.rank ?? 1,
      leadUnitId: given.leadUnitId ?? house.units.finance,
      supportingUnitIds: [],
      openToAll: false,
      version: 1,
    },
  });
  return receipt.recordId;
}
const record = (id: string, who = clerk) => who.ask(registryLines.record, { params: { id } });

describe('the plan', () => {
  const rows = [
    { numeral: 'I', title: 'Tổ chức cán bộ' },
    { numeral: '1', title: 'Tuyển dụng' },
    { notation: '01.TCCB', title: 'Hồ sơ thi tuyển', retention: 'Vĩnh viễn', owner: 'staff', unit: 'KHTC' },
    { notation: '02.TCCB', title: 'Hồ sơ điều động', retention: '20 năm', titleRank: 'Có điều kiện' },
    { numeral: 'II', title: 'Văn phòng' },
    { notation: '01.VP', title: 'Văn thư', retention: '70', unit: 'VP', note: 'Có bản giấy', titleRank: 'Công khai' },
  ];
  const load = (given: object, who = archivist) =>
    who.call(dossierLines.load, { body: { year: 2031, document: '12/QĐ-BTN', rows, apply: true, ...given } as never });

  test('comes from a table, says each wrong cell, and nothing of it stands unless all of it does', async () => {
    const wrong = await load({
      rows: [
        { notation: '00.X', title: 'Không có đề mục' },
        ...rows,
        { notation: '01.VP', title: '', retention: 'lâu', owner: 'nobody', unit: 'Z', titleRank: 'Mật' },
        { numeral: 'IIII', title: 'Sai số' },
      ],
    });
    expect(wrong.json).toEqual({
      applied: false,
      problems: [
        { row: 1, column: 'notation', problem: 'no-heading-above' },
        { row: 8, column: 'title', problem: 'needed' },
        { row: 8, column: 'notation', problem: 'twice' },
        { row: 8, column: 'retention', problem: 'not-a-period' },
        { row: 8, column: 'titleRank', problem: 'not-a-rank' },
        { row: 8, column: 'owner', problem: 'unknown-person' },
        { row: 8, column: 'unit', problem: 'unknown-unit' },
        { row: 9, column: 'numeral', problem: 'not-a-numeral' },
      ],
      headings: { added: 3, there: 0 },
      dossiers: { added: 5, there: 0 },
    });
    const { headings, dossiers } = await archivist.ask(dossierLines.plan, { query: { year: 2031 } });
    expect([headings, dossiers]).toEqual([[], []]);
  });

  test('loads once, is there the second time, and comes out in the form that loads it', async () => {
    expect((await load({ apply: false })).json).toMatchObject({ applied: false, problems: [], dossiers: { added: 3 } });
    expect((await load({})).json).toMatchObject({ applied: true, headings: { added: 3 }, dossiers: { added: 3 } });
    expect((await load({})).json).toMatchObject({
      applied: true,
      headings: { added: 0, there: 3 },
      dossiers: { added: 0, there: 3 },
    });
    const plan = await archivist.ask(dossierLines.plan, { query: { year: 2031 } });
    expect(plan).toMatchObject({ year: 2031, document: '12/QĐ-BTN', may: { plan: true, open: true } });
    expect(plan.headings.map(({ numeral, title }) => [numeral, title])).toEqual([
      ['I', 'Tổ chức cán bộ'],
      ['1', 'Tuyển dụng'],
      ['II', 'Văn phòng'],
    ]);
    expect(
      plan.dossiers.map(({ notation, state, records, retention }) => [notation, state, records, retention]),
    ).toEqual([
      ['01.TCCB', 'planned', 0, 'permanent'],
      ['02.TCCB', 'planned', 0, 20],
      ['01.VP', 'planned', 0, 70],
    ]);
    const out = await archivist.ask(dossierLines.takeOut, { query: { year: 2031 } });
    expect(out.document).toBe('12/QĐ-BTN');
    expect(out.rows.map((row) => row.notation || row.numeral)).toEqual(['I', '1', '01.TCCB', '02.TCCB', 'II', '01.VP']);
    expect(await load({ year: 2032, rows: out.rows }).then((answer) => answer.json)).toMatchObject({
      applied: true,
      problems: [],
      headings: { added: 3 },
      dossiers: { added: 3 },
    });
    expect((await archivist.ask(dossierLines.takeOut, { query: { year: 2032 } })).rows).toEqual(out.rows);
    expect((await load({}, clerk)).status).toBe(403);
  });

  test('everybody sees its headings, and of its dossiers those whose title they may know', async () => {
    const seen = await stranger.ask(dossierLines.plan, { query: { year: 2031 } });
    expect(seen.headings).toHaveLength(3);
    expect(seen.dossiers.map(({ notation }) => notation)).toEqual(['01.VP']);
    const own = await staff.ask(dossierLines.plan, { query: { year: 2031 } });
    expect(own.dossiers.map(({ notation }) => notation)).toEqual(['01.TCCB', '01.VP']);
  });

  test('grows by headings, two levels deep', async () => {
    const heading = (parentId: string | null, title: string, who = archivist) =>
      who.call(dossierLines.addHeading, { body: { year: 2033, parentId, title } });
    const large = (await heading(null, 'Tài chính')).json;
    const small = (await heading(large.id, 'Dự toán')).json;
    expect([large.numeral, small.numeral]).toEqual(['I', '1']);
    expect((await heading(null, 'Pháp chế')).json.numeral).toBe('II');
    expect(refusal(await heading(small.id, 'Quá sâu'))).toEqual([
      400,
      'bad-request',
      [{ path: 'parentId', problem: 'too-deep' }],
    ]);
    expect((await heading(null, 'Của người khác', clerk)).status).toBe(403);
  });
});

describe('codes', () => {
  test('the next number of the heading is given, and two at once are given two', async () => {
    const heading = await archivist.ask(dossierLines.addHeading, {
      body: { year: 2034, parentId: null, title: 'Kế hoạch' },
    });
    const under = { year: 2034, headingId: heading.id };
    expect((await add(under)).notation).toBe('01.KHTC');
    await add({ ...under, notation: '07.KH' });
    await add({ ...under, notation: '08.KH' });
    const both = await Promise.all([add(under), add(under, staff)]);
    expect(both.map(({ notation }) => notation).sort()).toEqual(['09.KH', '10.KH']);
    expect(refusal(await clerk.call(dossierLines.add, { body: wish({ ...under, notation: '09.KH' }) }))).toEqual([
      400,
      'bad-request',
      [{ path: 'notation', problem: 'taken' }],
    ]);
    expect((await add({ year: 2034, unitId: null })).notation).toBe('01.BTN');
  });

  test('a new code goes into every document whose home it is', async () => {
    const dossier = await add({ notation: '90.KHTC' });
    const id = await document();
    await put(dossier.id, [id]);
    expect((await record(id)).fields).toMatchObject({ dossierYear: year, dossierNotation: '90.KHTC' });
    const { version } = await view(dossier.id);
    const corrected = await clerk.ask(dossierLines.correct, {
      params: { id: dossier.id },
      body: { fields: { notation: '91.KHTC' }, version, reason: 'trùng với mục khác' },
    });
    expect(corrected.notation).toBe('91.KHTC');
    const after = await record(id);
    expect(after.fields.dossierNotation).toBe('91.KHTC');
    const { rows } = await clerk.ask(registryLines.history, { params: { id } });
    expect(
      rows.filter(({ field }) => field === 'dossierNotation').map(({ before, after: now }) => [before, now]),
    ).toEqual([
      ['90.KHTC', '91.KHTC'],
      [null, '90.KHTC'],
    ]);
  });
});

describe('what goes in and out', () => {
  test('a document goes in as home, another is linked, and both stand in order with their numbers', async () => {
    const dossier = await add();
    const [home, link] = [await document(), await document()];
    expect((await put(dossier.id, [home])).status).toBe(200);
    const { json } = await put(dossier.id, [link], 'link');
    expect(json).toMatchObject({ records: 2, pages: 6, rank: 1, state: 'open' });
    expect((await itemsOf(dossier.id)).map((item) => [item.ordinal, item.recordId, item.home])).toEqual([
      [1, home, true],
      [2, link, false],
    ]);
    expect((await record(link)).fields.dossierNotation).toBeNull();
    // Said again, nothing more comes of it.
    await put(dossier.id, [home, link], 'link');
    expect(await itemsOf(dossier.id)).toHaveLength(2);
    const where = await clerk.ask(dossierLines.ofRecord, { params: { id: link } });
    expect(where.rows).toMatchObject([{ id: dossier.id, home: false, ordinal: 2 }]);
  });

  test('one home: another is refused without a reason, and moving keeps its way in all three histories', async () => {
    const [one, two] = [await add({ notation: '70.KHTC' }), await add({ notation: '71.KHTC' })];
    const id = await document();
    await put(one.id, [id]);
    expect(refusal(await put(two.id, [id]))).toEqual([
      409,
      'has-a-home',
      [{ path: 'recordIds.0', problem: 'has-a-home' }],
    ]);
    expect((await put(two.id, [id], 'home', 'để nhầm hồ sơ')).status).toBe(200);
    expect(await itemsOf(one.id)).toEqual([]);
    expect((await itemsOf(two.id)).map(({ home }) => home)).toEqual([true]);
    expect((await historyOf(one.id))[0]).toMatchObject({
      field: 'record',
      before: { recordId: id, as: 'home' },
      after: null,
      reason: 'để nhầm hồ sơ',
    });
    expect((await historyOf(two.id))[0]).toMatchObject({
      field: 'record',
      before: null,
      after: { recordId: id, as: 'home', numberAndSymbol: expect.stringContaining('BTC-NSNN') },
    });
    const { rows } = await clerk.ask(registryLines.history, { params: { id } });
    expect(rows.find(({ field }) => field === 'dossierNotation')).toMatchObject({
      before: '70.KHTC',
      after: '71.KHTC',
      reason: 'để nhầm hồ sơ',
    });
    const kept = await owner.query(
      'select removed_reason from vankho.dossier_item where record_id = $1 and removed_at is not null',
      [id],
    );
    expect(kept.rows).toEqual([{ removed_reason: 'để nhầm hồ sơ' }]);
  });

  test('two moves of one document at once leave it one home', async () => {
    const [from, one, two] = [await add(), await add(), await add()];
    for (let round = 0; round < 4; round += 1) {
      const id = await document();
      await put(from.id, [id]);
      const answers = await Promise.all([
        put(one.id, [id], 'home', 'vào hồ sơ một'),
        put(two.id, [id], 'home', 'vào hồ sơ hai'),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      const { rows } = await owner.query<{ dossier_id: string }>(
        'select dossier_id from vankho.dossier_item where record_id = $1 and home and removed_at is null',
        [id],
      );
      expect(rows).toHaveLength(1);
      const home = await view(rows[0]?.dossier_id ?? '');
      expect((await record(id)).fields.dossierNotation).toBe(home.notation);
    }
  });

  test('out again with a reason: the document keeps its history and bears no code', async () => {
    const dossier = await add();
    const id = await document();
    await put(dossier.id, [id]);
    const params = { id: dossier.id, recordId: id };
    expect((await clerk.call(dossierLines.take, { params, body: { reason: '' } })).status).toBe(400);
    expect((await clerk.ask(dossierLines.take, { params, body: { reason: 'không thuộc việc này' } })).records).toBe(0);
    expect((await record(id)).fields).toMatchObject({ dossierYear: null, dossierNotation: null });
    expect((await clerk.call(dossierLines.take, { params, body: { reason: 'lần nữa' } })).status).toBe(404);
  });

  test('documents change places, and have sheets and notes', async () => {
    const dossier = await add();
    const [a, b, c] = [await document(), await document(), await document()];
    await put(dossier.id, [a, b, c]);
    const params = { id: dossier.id, recordId: c };
    const { version } = await clerk.ask(dossierLines.move, { params, body: { before: a, version: dossier.version } });
    expect((await itemsOf(dossier.id)).map(({ recordId }) => recordId)).toEqual([c, a, b]);
    await clerk.ask(dossierLines.move, { params, body: { before: null, version } });
    expect((await itemsOf(dossier.id)).map(({ recordId }) => recordId)).toEqual([a, b, c]);
    const body = { sheets: { from: 4, to: 6 }, note: 'bản chính' };
    await clerk.ask(dossierLines.describeItem, { params, body });
    expect((await itemsOf(dossier.id))[2]).toMatchObject(body);
    const wrong = await clerk.call(dossierLines.describeItem, { params, body: { sheets: { from: 6, to: 4 } } });
    expect(wrong.status).toBe(400);
    const page = await clerk.ask(dossierLines.items, { params: { id: dossier.id }, query: { limit: 2 } });
    expect(page.rows.map(({ ordinal }) => ordinal)).toEqual([1, 2]);
    const after = await clerk.ask(dossierLines.items, {
      params: { id: dossier.id },
      query: { limit: 2, after: page.next ?? '' },
    });
    expect([after.rows.map(({ ordinal }) => ordinal), after.next]).toEqual([[3], null]);
  });

  test('what is above the clearance of who keeps it stays out', async () => {
    const dossier = await add();
    const high = await document({ rank: 2 });
    expect(refusal(await put(dossier.id, [high]))).toEqual([
      400,
      'bad-request',
      [{ path: 'recordIds.0', problem: 'above-owner-clearance' }],
    ]);
    expect(await itemsOf(dossier.id)).toEqual([]);
  });
});

describe('registration', () => {
  test('a code of an open dossier puts the document there; any other code stays as typed', async () => {
    const dossier = await add({ notation: '60.KHTC' });
    const inside = await document({ fields: { dossierYear: year, dossierNotation: '60.KHTC' } });
    expect((await itemsOf(dossier.id)).map(({ recordId, home }) => [recordId, home])).toEqual([[inside, true]]);
    const typed = await document({ fields: { dossierYear: year, dossierNotation: '99.XX' } });
    expect((await record(typed)).fields.dossierNotation).toBe('99.XX');
    expect((await clerk.ask(dossierLines.ofRecord, { params: { id: typed } })).rows).toEqual([]);
  });

  test('a correction moves it with its reason, and cannot take away the code of a home', async () => {
    const [one, two] = [await add({ notation: '61.KHTC' }), await add({ notation: '62.KHTC' })];
    const id = await document({ fields: { dossierYear: year, dossierNotation: '61.KHTC' } });
    const correct = async (fields: object) =>
      clerk.call(registryLines.correct, {
        params: { id },
        body: { fields, version: (await record(id)).version, reason: 'đính chính' },
      });
    expect((await correct({ dossierNotation: '62.KHTC' })).status).toBe(200);
    expect([await itemsOf(one.id), (await itemsOf(two.id)).length]).toEqual([[], 1]);
    expect(refusal(await correct({ dossierNotation: null }))).toEqual([
      400,
      'bad-request',
      [{ path: 'fields.dossierNotation', problem: 'has-a-home' }],
    ]);
    expect((await correct({ subject: 'Về việc khác' })).status).toBe(200);
  });
});

describe('closing', () => {
  const close = async (id: string, given: object = {}, who = archivist) =>
    who.call(dossierLines.close, {
      params: { id },
      body: {
        confirmed: ['title-right', 'retention-right'],
        endDate: today,
        closingNote: 'Hồ sơ gồm đủ văn bản của việc.',
        version: (await view(id)).version,
        ...given,
      },
    });

  test('waits for what the law asks, each named', async () => {
    const dossier = await add({ retention: null, ownerId: null });
    expect(refusal(await close(dossier.id, { confirmed: [] }))).toEqual([
      422,
      'dossier-not-ready',
      ['has-documents', 'retention-set', 'title-right', 'retention-right'].map((code) => ({
        path: `checks.${code}`,
        problem: 'needed',
      })),
    ]);
    const draft = (await clerk.received('Nháp.txt', `nháp ${randomUUID()}`)).recordId;
    const paper = await clerk.call(registryLines.record, { params: { id: draft } });
    expect(paper.status).toBe(200);
    await put(dossier.id, [draft]);
    await clerk.ask(dossierLines.correct, {
      params: { id: dossier.id },
      body: { fields: { retention: 'permanent' }, version: dossier.version },
    });
    const { checks } = await view(dossier.id);
    expect(checks.filter(({ holds }) => !holds).map(({ code, about }) => [code, about])).toEqual([
      ['no-drafts', [1]],
      ['fields-complete', [1]],
      ['title-right', []],
      ['retention-right', []],
    ]);
  });

  test('says twins, and closes all the same with a closing note; then nothing goes in or out', async () => {
    const dossier = await add();
    const text = `cùng một văn bản ${randomUUID()}`;
    const [one, two] = [await document({ text }), await document({ text })];
    await put(dossier.id, [one, two]);
    const { checks } = await view(dossier.id);
    expect(checks.find(({ code }) => code === 'no-duplicates')).toMatchObject({
      holds: false,
      needed: false,
      about: [2],
    });
    const other = await document();
    expect((await close(dossier.id, {}, clerk)).json.code).toBe('role-not-allowed');
    expect((await close(dossier.id, {}, staff)).status).toBe(200);
    const closed = await view(dossier.id);
    expect(closed).toMatchObject({
      state: 'closed',
      endDate: today,
      closingNote: 'Hồ sơ gồm đủ văn bản của việc.',
      may: { fill: false, correct: false, close: false },
    });
    expect(closed.checks.filter(({ by }) => by === 'asked').map(({ holds }) => holds)).toEqual([true, true]);
    expect((await put(dossier.id, [other])).json.code).toBe('dossier-not-open');
    const params = { id: dossier.id, recordId: one };
    expect((await clerk.call(dossierLines.take, { params, body: { reason: 'x' } })).json.code).toBe('dossier-not-open');
    const elsewhere = await add();
    expect((await put(elsewhere.id, [one], 'home', 'x')).json.code).toBe('dossier-not-open');
    // And the archive alone opens it again.
    const again = { params: { id: dossier.id }, body: { reason: 'thiếu văn bản', version: closed.version } };
    expect((await staff.call(dossierLines.reopen, again)).status).toBe(403);
    expect(await archivist.ask(dossierLines.reopen, again)).toMatchObject({ state: 'open', closedAt: null });
    expect((await put(dossier.id, [other])).status).toBe(200);
    const states = (await historyOf(dossier.id)).filter(({ field }) => field === 'state').map(({ after }) => after);
    expect(states).toEqual(['open', 'closed', 'open']);
  });

  test('two who change at once do not overwrite each other', async () => {
    const dossier = await add();
    const answers = await Promise.all(
      ['một', 'hai'].map((title) =>
        clerk.call(dossierLines.correct, {
          params: { id: dossier.id },
          body: { fields: { title }, version: dossier.version },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('secrecy', () => {
  test('a document that a reader may not know is in no count, order, page, mark, check, history or file', async () => {
    // The desk puts two in that the owner's unit has nothing to do with.
    const dossier = await add({ title: 'Hồ sơ có phần kín', retention: 5 });
    const hidden = { leadUnitId: house.units.legal };
    const [a, b, c, d] = [await document(), await document(hidden), await document(), await document(hidden)];
    const seenBefore = await view(dossier.id, staff);
    await put(dossier.id, [b]);
    expect(await view(dossier.id, staff)).toEqual(seenBefore);
    await put(dossier.id, [a, c, d]);
    const mine = await view(dossier.id, staff);
    expect(mine).toMatchObject({ records: 2, pages: 6, version: seenBefore.version });
    expect((await view(dossier.id)).records).toBe(4);
    expect((await itemsOf(dossier.id, staff)).map(({ ordinal, recordId }) => [ordinal, recordId])).toEqual([
      [1, a],
      [2, c],
    ]);
    expect((await staff.ask(dossierLines.ofRecord, { params: { id: c } })).rows[0]).toMatchObject({ ordinal: 2 });
    expect((await record(c, staff)).fields.dossierOrdinal).toBeNull();
    const heard = JSON.stringify(await historyOf(dossier.id, staff));
    expect([heard.includes(a), heard.includes(b), heard.includes(d)]).toEqual([true, false, false]);
    const answers = await Promise.all(
      [b, randomUUID()].map((id) =>
        staff.call(dossierLines.take, { params: { id: dossier.id, recordId: id }, body: { reason: 'x' } }),
      ),
    );
    expect(answers[0]?.text).toBe(answers[1]?.text);
    expect(answers[0]?.status).toBe(404);
    const puts = await Promise.all([b, randomUUID()].map((id) => put(dossier.id, [id], 'home', 'x', staff)));
    expect(puts[0]?.text).toBe(puts[1]?.text);
    // Closing: everything they see is in order, and still somebody else must; one hidden or two, the same bytes.
    const body = {
      confirmed: ['title-right' as const, 'retention-right' as const],
      endDate: today,
      closingNote: 'xong',
      version: mine.version,
    };
    expect(mine.checks.filter(({ by, holds }) => by === 'found' && !holds)).toEqual([]);
    const closing = () => staff.call(dossierLines.close, { params: { id: dossier.id }, body });
    const two = await closing();
    expect(refusal(two)).toEqual([422, 'dossier-not-ready', [{ path: 'checks', problem: 'closed-by-another' }]]);
    await clerk.ask(dossierLines.take, { params: { id: dossier.id, recordId: d }, body: { reason: 'x' } });
    expect((await closing()).text).toBe(two.text);
    expect((await archivist.call(dossierLines.close, { params: { id: dossier.id }, body })).status).toBe(200);
  });

  test('a higher label inside raises the mark for who may see it, and for nobody else', async () => {
    const dossier = await add({ ownerId: house.people.leader.id });
    await put(dossier.id, [await document(), await document({ rank: 2 })]);
    expect([(await view(dossier.id, leader)).rank, (await view(dossier.id, staff)).rank]).toEqual([2, 1]);
    const { rows } = await owner.query('select mark from vankho.dossier where id = $1', [dossier.id]);
    expect(rows).toEqual([{ mark: 2 }]);
  });

  test('a dossier that is not theirs to know is not there, whatever they ask of it', async () => {
    const dossier = await add();
    const id = await document({ leadUnitId: house.units.legal });
    const nothing = randomUUID();
    const ask = (which: string) =>
      Promise.all([
        stranger.call(dossierLines.dossier, { params: { id: which } }),
        stranger.call(dossierLines.items, { params: { id: which } }),
        stranger.call(dossierLines.history, { params: { id: which } }),
        stranger.call(dossierLines.list, { params: { id: which }, query: { form: 'pdf' } }),
        put(which, [id], 'home', 'x', stranger),
        stranger.call(dossierLines.correct, { params: { id: which }, body: { fields: { title: 'x' }, version: 1 } }),
        stranger.call(dossierLines.close, {
          params: { id: which },
          body: { confirmed: [], endDate: today, closingNote: 'x', version: 1 },
        }),
      ]);
    const [there, absent] = [await ask(dossier.id), await ask(nothing)];
    expect(there.map(({ status }) => status)).toEqual(new Array(7).fill(404));
    expect(there.map(({ text }) => text)).toEqual(absent.map(({ text }) => text));
    const found = await stranger.ask(dossierLines.dossiers, { query: { q: dossier.notation } });
    expect(found.rows.map((row) => row.id)).not.toContain(dossier.id);
    // A document of theirs whose home they may not know: that it has one is all they hear.
    await put(dossier.id, [id]);
    expect((await stranger.ask(dossierLines.ofRecord, { params: { id } })).rows).toEqual([]);
    const own = await stranger.ask(dossierLines.add, { body: wish({ unitId: null, ownerId: null }) });
    expect((await put(own.id, [id], 'home', 'của tôi', stranger)).json.code).toBe('has-a-home');
    expect((await put(own.id, [id], 'link', undefined, stranger)).status).toBe(200);
  });

  test('everybody knows a dossier whose title is Công khai, and of its documents only their own', async () => {
    const dossier = await add({ titleRank: 0 });
    await put(dossier.id, [await document()]);
    expect(await view(dossier.id, stranger)).toMatchObject({ records: 0, rank: 0, may: { fill: false } });
    expect(
      (await put(dossier.id, [await document({ leadUnitId: house.units.legal })], 'link', undefined, stranger)).status,
    ).toBe(403);
  });
});

describe('finding', () => {
  test('by words of code and title with or without marks, by owner, page by page', async () => {
    const titles = ['Hồ sơ quyết toán năm', 'Hồ sơ quyết toán quý', 'Hồ sơ đấu thầu'];
    for (const title of titles) await add({ title, ownerId: house.people.staff.id });
    const find = (query: object, who = staff) => who.ask(dossierLines.dossiers, { query: query as never });
    expect((await find({ q: 'quyet toan' })).rows.map(({ title }) => title)).toEqual(titles.slice(0, 2));
    expect((await find({ q: 'QUYẾT nam' })).rows.map(({ title }) => title)).toEqual([titles[0]]);
    expect((await find({ q: 'uyet' })).rows).toEqual([]);
    expect((await find({ q: '%', limit: 100 })).rows.length).toBeGreaterThan(2);
    const first = await find({ q: 'quyết toán', limit: 1, owner: 'me' });
    const second = await find({ q: 'quyết toán', limit: 1, owner: 'me', after: first.next ?? '' });
    expect([first.rows[0]?.title, second.rows[0]?.title, second.next]).toEqual([titles[0], titles[1], null]);
    expect(
      (await find({ owner: 'me' }, leader)).rows.every(({ owner: who }) => who?.id === house.people.leader.id),
    ).toBe(true);
    expect((await staff.call(dossierLines.dossiers, { query: { after: 'x' } as never })).status).toBe(400);
  });

  test('who leaves leaves open dossiers behind, counted', async () => {
    const administrator = await house.visit('administrator');
    const { rows } = await owner.query<{ count: number }>(
      "select count(*)::integer as count from vankho.dossier where owner_id = $1 and state <> 'closed'",
      [house.people.staff.id],
    );
    const person = await administrator.ask(peopleLines.person, { params: { id: house.people.staff.id } });
    expect(person.leavesBehind.dossiers).toBe(rows[0]?.count);
    expect(person.leavesBehind.dossiers).toBeGreaterThan(0);
  });
});

test('each act stands in the log, with references only', async () => {
  const lines = (await logOf(owner)).filter(({ type }) => /^(?:dossier|dossiers|plan)\./u.test(type));
  expect([...new Set(lines.map(({ type }) => type))].sort()).toEqual([
    'dossier.added',
    'dossier.closed',
    'dossier.corrected',
    'dossier.history-viewed',
    'dossier.record-placed',
    'dossier.record-put',
    'dossier.record-taken',
    'dossier.reopened',
    'dossier.viewed',
    'dossiers.looked',
    'plan.heading-added',
    'plan.loaded',
    'plan.taken-out',
  ]);
  expect(lines.filter(({ leaf }) => /Hồ sơ|KHTC|Về việc/u.test(leaf))).toEqual([]);
});
