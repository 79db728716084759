import { randomUUID } from 'node:crypto';
import readSheets from 'read-excel-file/node';
import { dossierLines } from '../../src/contract/dossiers.ts';
import {
  house,
  owner,
  clerk,
  archivist,
  staff,
  leader,
  stranger,
  openHouse,
  today,
  year,
  refusal,
  wish,
  add,
  view,
  put,
  itemsOf,
  historyOf,
  document,
  record,
} from './dossier-samples.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { bytesOf, logOf } from './samples.ts';

/** What each person may know of a dossier, on the screen, on the printed list and in the log. */

beforeAll(openHouse);
afterAll(() => house.close());

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
    expect(refusal(two)).toEqual([403, 'another-must-close']);
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

  test('what was said under a higher label stays in the history of who reached it then', async () => {
    const change = (fields: object, version: number) =>
      clerk.ask(dossierLines.correct, { params: { id: dossier.id }, body: { fields, version, reason: 'vì việc kín' } });
    const dossier = await add({ title: 'Việc kín cũ', titleRank: 2, ownerId: house.people.leader.id });
    const noted = await change({ note: 'ghi chú kín' }, dossier.version);
    const inner = await change({ title: 'Việc nội bộ cũ', titleRank: 1 }, noted.version);
    const open = await change({ title: 'Việc chung', titleRank: 0, note: null }, inner.version);
    await change({ language: 'Tiếng Việt' }, open.version);
    const fields = async (who: typeof clerk) => (await historyOf(dossier.id, who)).map(({ field }) => field);
    // Of another unit, cleared for Nội bộ: only what was said since everybody may know it.
    expect(await fields(stranger)).toEqual(['language']);
    expect(JSON.stringify(await historyOf(dossier.id, stranger))).not.toMatch(/kín cũ|nội bộ cũ|ghi chú/u);
    // Of the unit that keeps it, cleared no higher: what was said under Nội bộ too.
    expect((await fields(staff)).sort()).toEqual(['language', 'note', 'title', 'titleRank']);
    expect(JSON.stringify(await historyOf(dossier.id, staff))).not.toContain('kín cũ');
    expect(JSON.stringify(await historyOf(dossier.id))).toContain('Việc kín cũ');
  });

  test('a page that begins after a dossier they may not know is the page after one that is not there', async () => {
    const hidden = await add({ year: 2041, notation: '50.KIN' });
    await add({ year: 2041, notation: '90.TOI', unitId: null, ownerId: null }, stranger);
    const after = (id: string) => stranger.call(dossierLines.dossiers, { query: { after: id } });
    expect((await after(hidden.id)).text).toBe((await after(randomUUID())).text);
  });

  test('why a document was moved is said in the dossier, and not to who reads the document alone', async () => {
    const legal = { unitId: house.units.legal, ownerId: house.people.stranger.id };
    const [one, two] = [await add(legal), await add(legal)];
    const id = await document();
    await put(one.id, [id], 'home', 'lý do kín một');
    await put(two.id, [id], 'home', 'lý do kín hai');
    await clerk.ask(dossierLines.correct, {
      params: { id: two.id },
      body: { fields: { notation: '77.KIN' }, version: two.version, reason: 'lý do kín ba' },
    });
    const params = { id: two.id, recordId: id };
    await clerk.ask(dossierLines.take, { params, body: { reason: 'lý do kín bốn' } });
    const { rows } = await leader.ask(registryLines.history, { params: { id } });
    const codes = rows.filter(({ field }) => field === 'dossierNotation');
    expect(codes.map(({ reason }) => reason)).toEqual([null, null, null, null]);
    expect(JSON.stringify(rows)).not.toContain('lý do kín');
    for (const why of ['hai', 'ba', 'bốn'])
      expect(JSON.stringify(await historyOf(two.id))).toContain(`lý do kín ${why}`);
  });

  test('an act that changes nothing shows the dossier, and stands in the log as a reading', async () => {
    const dossier = await add();
    const [id, other] = [await document(), await document()];
    await put(dossier.id, [id, other]);
    const params = { id: dossier.id, recordId: id };
    const version = dossier.version;
    for (const act of [
      () => put(dossier.id, [id], 'home', undefined, staff),
      () => put(dossier.id, [id, other], 'link', undefined, staff),
      () => staff.call(dossierLines.describeItem, { params, body: {} }),
      () => staff.call(dossierLines.move, { params, body: { before: id, version } }),
      () => staff.call(dossierLines.correct, { params: { id: dossier.id }, body: { fields: {}, version } }),
    ]) {
      const before = (await logOf(owner)).length;
      expect((await act()).status).toBe(200);
      const told = (await logOf(owner)).slice(before);
      expect(told.map(({ type }) => type)).toEqual(['dossier.viewed']);
      expect(JSON.parse(told[0]?.leaf ?? '').data).toEqual({ dossier: dossier.id, rows: 2 });
    }
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

describe('the document list', () => {
  test('is the reader’s own, named after the code, and stands in the log before its first byte', async () => {
    const dossier = await add({ notation: '05.ĐL', title: 'Hồ sơ cung ứng điện' });
    await put(dossier.id, [await document(), await document({ leadUnitId: house.units.legal })]);
    const path = `/api/dossiers/${dossier.id}/list?form=`;
    const pdf = await bytesOf(house, staff, `${path}pdf`);
    expect([pdf.status, pdf.headers.get('content-type'), pdf.bytes.subarray(0, 5).toString()]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ]);
    expect(decodeURIComponent(pdf.headers.get('content-disposition') ?? '')).toContain(`05.ĐL - ${String(year)}.pdf`);
    const sheet = await bytesOf(house, staff, `${path}xlsx`);
    const [read] = await readSheets(sheet.bytes);
    const first = (read?.data ?? []).map(([cell]) => String(cell));
    expect(first.filter((cell) => /^[0-9]+$/u.test(cell))).toEqual(['1']);
    expect(first).toContain('Mục lục này gồm 1 văn bản, tài liệu.');
    // It bears who asked and whose sight it is, also where nothing is kept from them; who keeps the dossier is another line.
    const [whole] = await readSheets((await bytesOf(house, leader, `${path}xlsx`)).bytes);
    const said = (whole?.data ?? []).map(([cell]) => String(cell));
    const { owner: keeper } = await view(dossier.id);
    expect(said).toContain(`Người lập hồ sơ: ${keeper?.fullName ?? ''}`);
    const name = said.at(-1) ?? '';
    expect(name).not.toBe(keeper?.fullName);
    expect(said).toContain(`Lập theo quyền xem của ${name}.`);
    const told = (await logOf(owner, 'dossier.list-given')).map(({ leaf }) => JSON.parse(leaf).data);
    expect(told).toEqual([
      { dossier: dossier.id, form: 'pdf', rows: 1 },
      { dossier: dossier.id, form: 'xlsx', rows: 1 },
      { dossier: dossier.id, form: 'xlsx', rows: 1 },
    ]);
  });
});

test('each act stands in the log, with references only', async () => {
  const lines = (await logOf(owner)).filter(({ type }) => /^(?:dossier|dossiers|plan)\./u.test(type));
  expect([...new Set(lines.map(({ type }) => type))].sort()).toEqual([
    'dossier.added',
    'dossier.closed',
    'dossier.corrected',
    'dossier.history-viewed',
    'dossier.list-given',
    'dossier.record-put',
    'dossier.record-taken',
    'dossier.viewed',
    'dossiers.looked',
  ]);
  expect(lines.filter(({ leaf }) => /Hồ sơ|KHTC|Về việc/u.test(leaf))).toEqual([]);
});
