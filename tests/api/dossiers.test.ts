import { randomUUID } from 'node:crypto';
import { dossierLines } from '../../src/contract/dossiers.ts';
import { peopleLines } from '../../src/contract/people.ts';
import { registryLines } from '../../src/contract/registry.ts';
import {
  house,
  owner,
  clerk,
  archivist,
  staff,
  leader,
  openHouse,
  today,
  year,
  refusal,
  add,
  view,
  put,
  itemsOf,
  historyOf,
  document,
  record,
} from './dossier-samples.ts';
import { logOf } from './samples.ts';

/** A matter’s folder: how it opens, what goes in and out, and how it is found. */

beforeAll(openHouse);
afterAll(() => house.close());

describe('opening and correcting', () => {
  const correct = async (id: string, fields: object, given: { reason?: string; who?: typeof clerk } = {}) =>
    (given.who ?? clerk).call(dossierLines.correct, {
      params: { id },
      body: {
        fields,
        version: (await view(id)).version,
        ...(given.reason === undefined ? {} : { reason: given.reason }),
      },
    });

  test('a planned one begins on its day and takes documents from then on, by who keeps it', async () => {
    const rows = [
      { numeral: 'I', title: 'Kế hoạch' },
      { notation: '01.KH', title: 'Hồ sơ kế hoạch', owner: 'staff', unit: 'KHTC', retention: '20 năm' },
    ];
    await archivist.ask(dossierLines.load, { body: { year, document: null, rows, apply: true } });
    const { dossiers } = await staff.ask(dossierLines.plan, { query: { year } });
    const { id = '' } = dossiers.find(({ notation }) => notation === '01.KH') ?? {};
    const planned = await view(id, staff);
    expect(planned).toMatchObject({ state: 'planned', plan: { year, document: null }, openedAt: null });
    expect(planned.may).toEqual({ open: true, fill: false, correct: true, close: false, reopen: false });
    expect((await put(id, [await document()])).json.code).toBe('dossier-not-open');
    const begin = (version: number) =>
      staff.call(dossierLines.open, { params: { id }, body: { startDate: `${String(year)}-01-05`, version } });
    expect((await begin(planned.version + 1)).json.code).toBe('conflict');
    expect((await begin(planned.version)).json).toMatchObject({ state: 'open', startDate: `${String(year)}-01-05` });
    expect((await begin(planned.version + 1)).json.code).toBe('dossier-not-open');
    expect((await logOf(owner, 'dossier.opened')).length).toBe(1);
    expect((await put(id, [await document()], 'home', undefined, staff)).status).toBe(200);
    expect((await put(id, [await document()], 'home', undefined, leader)).status).toBe(200);
  });

  test('each field keeps what stood before, and what cannot be is named', async () => {
    const dossier = await add({ retention: null });
    const corrected = await correct(dossier.id, { title: 'Tiêu đề mới', retention: 'permanent', note: '' });
    expect(corrected.json).toMatchObject({ title: 'Tiêu đề mới', retention: 'permanent', note: null });
    const changes = (await historyOf(dossier.id)).map(({ field, before, after }) => [field, before, after]);
    expect(changes).toEqual(
      expect.arrayContaining([
        ['title', 'Hồ sơ thử', 'Tiêu đề mới'],
        ['retention', null, 'permanent'],
      ]),
    );
    const wrong = async (fields: object) => (await correct(dossier.id, fields)).json.fields;
    expect([
      await wrong({ ownerId: randomUUID() }),
      await wrong({ unitId: randomUUID() }),
      await wrong({ headingId: randomUUID() }),
      await wrong({ endDate: '1999-01-01' }),
      await wrong({ titleRank: 0 }),
      await wrong({ titleRank: 2 }),
    ]).toEqual([
      [{ path: 'ownerId', problem: 'unknown-person' }],
      [{ path: 'unitId', problem: 'unknown-unit' }],
      [{ path: 'headingId', problem: 'unknown-heading' }],
      [{ path: 'endDate', problem: 'before-start' }],
      [{ path: 'reason', problem: 'needed' }],
      [{ path: 'ownerId', problem: 'above-owner-clearance' }],
    ]);
    expect((await correct(dossier.id, { titleRank: 3 })).json.code).toBe('secret-not-kept-here');
    expect((await correct(dossier.id, { titleRank: 0 }, { reason: 'đã công bố' })).json.titleRank).toBe(0);
  });

  test('nobody hands it on so that they lose it themselves, nor to who may not see what is inside', async () => {
    const dossier = await add({ unitId: null, ownerId: house.people.leader.id });
    const lost = await correct(dossier.id, { ownerId: house.people.stranger.id }, { who: leader });
    expect(refusal(lost)).toEqual([400, 'bad-request', [{ path: 'ownerId', problem: 'out-of-own-reach' }]]);
    await put(dossier.id, [await document({ rank: 2 })]);
    expect((await correct(dossier.id, { ownerId: house.people.staff.id })).json.code).toBe('above-owner-clearance');
    expect((await correct(dossier.id, { ownerId: null })).json.owner).toBeNull();
  });

  test('a new code while documents are put in leaves every field with the code of its home', async () => {
    const dossier = await add({ notation: '80.KHTC' });
    const ids = [await document(), await document(), await document()];
    await put(dossier.id, ids.slice(0, 1));
    const answers = await Promise.all([
      ...ids.slice(1).map((id) => put(dossier.id, [id])),
      correct(dossier.id, { notation: '81.KHTC' }, { reason: 'đổi mã' }),
    ]);
    expect(answers.slice(0, 2).map(({ status }) => status)).toEqual([200, 200]);
    expect([200, 409]).toContain(answers[2]?.status);
    const { notation } = await view(dossier.id);
    for (const id of ids) expect((await record(id)).fields.dossierNotation).toBe(notation);
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
      record: { id, numberAndSymbol: expect.stringContaining('BTC-NSNN') },
      after: { recordId: id, as: 'home', numberAndSymbol: expect.stringContaining('BTC-NSNN') },
    });
    const { rows } = await clerk.ask(registryLines.history, { params: { id } });
    expect(rows.find(({ field }) => field === 'dossierNotation')).toMatchObject({
      before: '70.KHTC',
      after: '71.KHTC',
      reason: null,
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
      422,
      'above-owner-clearance',
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

describe('paper', () => {
  const paper = (fields: object = {}) =>
    clerk.ask(registryLines.registerPaper, {
      body: {
        fields: {
          direction: 'incoming',
          subject: 'Về việc có giấy',
          issuer: 'Bộ Tài chính',
          documentType: 'Công văn',
          issuedDate: today,
          paperKind: 'paper',
          ...fields,
        },
        rank: 1,
        leadUnitId: house.units.finance,
        supportingUnitIds: [],
        openToAll: false,
      },
    });

  test('goes in by its code when it is registered; its sheets are asked for, its scan is not', async () => {
    const dossier = await add({ notation: '63.KHTC' });
    const { id } = await paper({ dossierYear: year, dossierNotation: '63.KHTC' });
    expect(await itemsOf(dossier.id)).toMatchObject([{ recordId: id, home: true, paperOnly: true }]);
    const missing = async () =>
      (await view(dossier.id)).checks
        .filter(({ by, holds }) => by === 'found' && !holds)
        .map(({ code, needed }) => [code, needed]);
    expect(await missing()).toEqual([
      ['paper-scanned', false],
      ['sheets-numbered', true],
    ]);
    const params = { id: dossier.id, recordId: id };
    await clerk.ask(dossierLines.describeItem, { params, body: { sheets: { from: 1, to: 2 } } });
    expect(await missing()).toEqual([['paper-scanned', false]]);
  });

  test('a draft in a dossier that turns out to be the scan of it: the registered one stands there now', async () => {
    const dossier = await add({ ownerId: house.people.leader.id });
    const { id } = await paper();
    const draft = (await clerk.received('Bản quét.txt', `bản quét ${randomUUID()}`)).recordId;
    expect((await put(dossier.id, [draft])).status).toBe(200);
    const { version } = await record(draft);
    await clerk.ask(registryLines.join, {
      params: { id: draft },
      body: { intoId: id, as: 'version', reason: 'bản quét', version },
    });
    expect(await itemsOf(dossier.id)).toMatchObject([{ recordId: id, home: true, paperOnly: false }]);
    expect((await record(id)).fields.dossierNotation).toBe(dossier.notation);
    const told = (await historyOf(dossier.id)).filter(({ field }) => field === 'record');
    expect(told.map(({ record: named }) => named?.id)).toEqual([id, id, id]);
    expect(told.filter(({ after }) => after !== null)).toHaveLength(2);
  });

  test('a dossier that is closed holds as many documents as before when a link in it turns out to be a scan', async () => {
    const dossier = await add({ ownerId: house.people.leader.id });
    const [first, last, target] = [await document(), await document(), await document()];
    const draft = (await clerk.received('Bản quét.txt', `bản quét ${randomUUID()}`)).recordId;
    const fields = {
      direction: 'incoming',
      subject: 'Quét',
      issuer: 'Bộ',
      documentType: 'Công văn',
      issuedDate: today,
    };
    await clerk.ask(registryLines.correct, {
      params: { id: draft },
      body: { fields: fields as never, version: (await record(draft)).version },
    });
    await put(dossier.id, [first]);
    await put(dossier.id, [draft], 'link');
    await put(dossier.id, [last]);
    const described = { sheets: { from: 2, to: 3 }, note: 'bản sao' };
    await clerk.ask(dossierLines.describeItem, { params: { id: dossier.id, recordId: draft }, body: described });
    const { version } = await view(dossier.id);
    await (
      await house.visit('archivist')
    ).ask(dossierLines.close, {
      params: { id: dossier.id },
      body: { confirmed: ['title-right', 'retention-right'], endDate: today, closingNote: 'xong', version },
    });
    await clerk.ask(registryLines.join, {
      params: { id: draft },
      body: { intoId: target, as: 'version', reason: 'bản quét', version: (await record(draft)).version },
    });
    expect(await itemsOf(dossier.id)).toMatchObject([
      { recordId: first, home: true },
      { recordId: target, home: false, ...described },
      { recordId: last, home: true },
    ]);
    expect(await view(dossier.id)).toMatchObject({ state: 'closed', records: 3 });
    expect((await record(target)).fields.dossierNotation).toBeNull();
  });
});

describe('finding', () => {
  test('by words of code and title with or without marks, by owner, page by page', async () => {
    const titles = ['Hồ sơ quyết toán năm', 'Hồ sơ quyết toán quý', 'Hồ sơ đấu thầu'];
    for (const title of titles) await add({ title, ownerId: house.people.staff.id });
    const find = (query: object, who = staff) => who.ask(dossierLines.dossiers, { query: query });
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
    expect((await staff.call(dossierLines.dossiers, { query: { after: 'x' } })).status).toBe(400);
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
