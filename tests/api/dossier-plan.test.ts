import { dossierLines } from '../../src/contract/dossiers.ts';
import { newId } from '../../src/kernel/ids.ts';
import { registryLines } from '../../src/contract/registry.ts';
import {
  house,
  clerk,
  archivist,
  staff,
  stranger,
  openHouse,
  year,
  refusal,
  wish,
  add,
  view,
  put,
  document,
  record,
} from './dossier-samples.ts';
import { logOf } from './samples.ts';

/** The yearly plan and the codes of its dossiers. */

beforeAll(openHouse);
afterAll(() => house.close());

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
    who.call(dossierLines.load, { body: { year: 2031, document: '12/QĐ-BTN', rows, apply: true, ...given } });

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
      corrections: [],
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

  test('a code that somebody took before the plan is named, and nothing of the plan stands', async () => {
    await add({ year: 2035, notation: '01.TCCB', title: 'Của riêng tôi', unitId: null, ownerId: null }, stranger);
    expect((await load({ year: 2035 })).json).toMatchObject({
      applied: false,
      problems: [{ row: 3, column: 'notation', problem: 'code-taken' }],
      dossiers: { there: 0 },
    });
    expect((await archivist.ask(dossierLines.plan, { query: { year: 2035 } })).headings).toEqual([]);
  });

  describe('that was taken out', () => {
    const at = 2036;
    const taken = () => archivist.ask(dossierLines.takeOut, { query: { year: at } });
    const byCode = async (notation: string) => {
      const { dossiers } = await archivist.ask(dossierLines.plan, { query: { year: at } });
      return view(dossiers.find((one) => one.notation === notation)?.id ?? '', archivist);
    };
    const again = (given: object) => load({ year: at, ...given }).then(({ json }) => json);

    test('changes nothing when it is loaded again, though a title was corrected and dossiers came beside it', async () => {
      await load({ year: at });
      const { id, version } = await byCode('01.VP');
      const fields = { title: 'Văn thư, lưu trữ cơ quan' };
      await archivist.ask(dossierLines.correct, { params: { id }, body: { fields, version } });
      const { headingId } = await byCode('01.TCCB');
      await add({ year: at, headingId, notation: '09.TCCB', title: 'Mở ngoài danh mục' }, clerk);
      const out = await taken();
      expect(out.rows.map(({ notation }) => notation)).toContain('09.TCCB');
      const before = (await byCode('01.VP')).version;
      expect(await again({ ...out, apply: false })).toEqual({
        applied: false,
        problems: [],
        headings: { added: 0, there: 3 },
        dossiers: { added: 0, there: 4 },
        corrections: [],
      });
      expect(await again(out)).toMatchObject({ applied: true, dossiers: { added: 0, there: 4 } });
      expect((await byCode('01.VP')).version).toBe(before);
      expect((await byCode('09.TCCB')).plan).toBeNull();
      expect(await taken()).toEqual(out);
    });

    test('corrects a title as the room would, with what stood before in the history', async () => {
      const correction = { row: 6, notation: '01.VP', before: 'Văn thư, lưu trữ cơ quan', after: 'Văn thư' };
      expect(await again({ apply: false })).toMatchObject({ applied: false, problems: [], corrections: [correction] });
      expect((await byCode('01.VP')).title).toBe(correction.before);
      expect(await again({})).toMatchObject({ applied: true, dossiers: { added: 0 }, corrections: [correction] });
      const corrected = await byCode('01.VP');
      expect(corrected.title).toBe('Văn thư');
      const [latest] = await archivist
        .ask(dossierLines.history, { params: { id: corrected.id } })
        .then(({ rows: kept }) => kept);
      expect(latest).toMatchObject({ field: 'title', before: correction.before, after: correction.after });
    });

    test('leaves what is closed as it stands, and names the cell', async () => {
      await house.database
        .owner()
        .query(
          `update vankho.dossier set state = 'closed', opened_at = now(), closed_at = now(), closing_note = '', start_date = now(), end_date = now() where notation = '01.VP' and year = $1`,
          [at],
        );
      const other = rows.map((row) => (row.notation === '01.VP' ? { ...row, title: 'Tên mới' } : row));
      expect(await again({ rows: other })).toMatchObject({
        applied: false,
        problems: [{ row: 6, column: 'title', problem: 'closed' }],
        corrections: [],
      });
    });
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

  describe('a heading', () => {
    const at = 2037;
    const under = async (parentId: string | null, title: string) =>
      archivist.ask(dossierLines.addHeading, { body: { year: at, parentId, title } });
    const rename = (id: string, title: string, who = archivist) =>
      who.call(dossierLines.renameHeading, { params: { id }, body: { title, reason: 'theo quyết định sửa đổi' } });
    const remove = (id: string, who = archivist) =>
      who.call(dossierLines.removeHeading, { params: { id }, body: { reason: 'không còn việc này' } });
    const titles = async () =>
      (await archivist.ask(dossierLines.plan, { query: { year: at } })).headings.map(({ title }) => title);
    const past = async () =>
      (await archivist.ask(dossierLines.headingHistory, { query: { year: at } })).rows.map((row) => [
        row.numeral,
        row.before,
        row.after,
        row.reason,
        row.by?.id,
      ]);

    test('is renamed with a reason, and what it was called stays', async () => {
      const [one] = [await under(null, 'Tài chính'), await under(null, 'Pháp chế')];
      expect((await rename(one.id, 'Tài chính, kế toán')).json).toEqual({ ...one, title: 'Tài chính, kế toán' });
      expect((await rename(one.id, 'Tài chính, kế toán')).status).toBe(200);
      expect(refusal(await rename(one.id, 'Pháp chế'))).toEqual([
        400,
        'bad-request',
        [{ path: 'title', problem: 'taken' }],
      ]);
      expect((await rename(one.id, 'x', clerk)).status).toBe(403);
      expect((await rename(newId(), 'x')).status).toBe(404);
      expect(await titles()).toEqual(['Tài chính, kế toán', 'Pháp chế']);
      const by = house.people.archivist.id;
      expect(await past()).toEqual([['I', 'Tài chính', 'Tài chính, kế toán', 'theo quyết định sửa đổi', by]]);
      expect(await logOf(house.database.owner(), 'plan.heading-renamed')).toHaveLength(1);
    });

    test('goes while nothing stands under it, and its numeral may be given again', async () => {
      const large = await under(null, 'Văn phòng');
      const small = await under(large.id, 'Văn thư');
      expect(refusal(await remove(large.id))).toEqual([409, 'heading-in-use']);
      const dossier = await add({ year: at, headingId: small.id, unitId: null }, clerk);
      expect(refusal(await remove(small.id))).toEqual([409, 'heading-in-use']);
      await clerk.ask(dossierLines.correct, {
        params: { id: dossier.id },
        body: { fields: { headingId: null }, version: dossier.version },
      });
      expect((await remove(small.id, clerk)).status).toBe(403);
      expect([(await remove(small.id)).status, (await remove(large.id)).status]).toEqual([200, 200]);
      expect((await remove(large.id)).status).toBe(404);
      expect(await titles()).not.toContain('Văn phòng');
      expect((await past())[0]).toEqual(['III', 'Văn phòng', null, 'không còn việc này', house.people.archivist.id]);
      expect((await under(null, 'Hợp tác')).numeral).toBe('III');
      expect(refusal(await clerk.call(dossierLines.add, { body: wish({ year: at, headingId: small.id }) }))).toEqual([
        400,
        'bad-request',
        [{ path: 'headingId', problem: 'unknown-heading' }],
      ]);
    });

    test('that is removed while something is put under it keeps that, or the other is told', async () => {
      for (let round = 0; round < 4; round += 1) {
        const { id } = await under(null, `Lượt ${String(round)}`);
        const [added, removed] = await Promise.all([
          clerk.call(dossierLines.add, { body: wish({ year: at, headingId: id }) }),
          remove(id),
        ]);
        expect([
          [201, 409],
          [400, 200],
        ]).toContainEqual([added.status, removed.status]);
      }
    });
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
