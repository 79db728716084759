import type pg from 'pg';
import { intakeLines } from '../../src/contract/intake.ts';
import { readingRoomLines } from '../../src/contract/reading-room.ts';
import { registryLines, type RecordView } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { newId } from '../../src/kernel/ids.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { scanned } from '../support/scan.ts';
import type { Answer, Visitor } from '../support/visitor.ts';
import { paper, refusal, viewOf } from './desk.ts';
import { bytesOf, filesUnder, letter, logOf, settled } from './samples.ts';

/** What comes to a record later: its scan, a scan again, an attachment; and a draft that turns out to be one of them. */

let house: TestHouse;
let owner: pg.Pool;
let clerk: Visitor;
beforeAll(async () => {
  house = await startHouse();
  owner = house.database.owner();
  clerk = await house.visit('clerk');
});
afterAll(() => house.close());

const add = (
  attachTo: string,
  name: string,
  bytes: Uint8Array | string,
  fields: Readonly<Record<string, string>> = {},
  who = clerk,
): Promise<Answer> => who.upload(name, bytes, { fields: { attachTo, as: 'version', ...fields } });
const shown = (record: RecordView) => record.files.map(({ name, role, version }) => [name, role, version]);
const found = async (word: string, who = clerk): Promise<string[]> =>
  (await who.ask(searchLines.search, { query: { q: word } })).hits.map((hit) => hit.recordId);
const join = (id: string, body: object, who = clerk): Promise<Answer> =>
  who.call(registryLines.join, { params: { id }, body: { as: 'version', version: 1, ...body } as never });

describe('a version', () => {
  test('of paper is its scan, needs no reason, and is searched', async () => {
    const { id } = await paper(clerk);
    expect((await add(id, 'quét.pdf', await letter('Noi dung Sigmaone'))).status).toBe(201);
    const record = await viewOf(clerk, id);
    expect(shown(record)).toEqual([['quét.pdf', 'main', 1]]);
    expect(record.versions).toMatchObject([
      { number: 1, kind: 'scan', note: null, addedBy: { id: house.people.clerk.id } },
    ]);
    await eventually(async () => (await found('sigmaone')).includes(id));
    const { rows } = await clerk.ask(registryLines.history, { params: { id } });
    expect(rows[0]).toMatchObject({ field: 'version', before: null, after: 1 });
  });

  test('after another needs a reason, stands before it, and takes its place in search while both are read', async () => {
    const { id } = await paper(clerk);
    const first = (await add(id, 'một.pdf', await letter('Ban dau Tauone'))).json.fileId as string;
    const scan = await letter('But phe Tautwo');
    expect(refusal(await add(id, 'hai.pdf', scan))).toEqual([
      400,
      'bad-request',
      [{ path: 'reason', problem: 'needed' }],
    ]);
    expect((await add(id, 'hai.pdf', scan, { reason: 'Có bút phê của lãnh đạo' })).status).toBe(201);
    expect((await add(id, 'phụ lục.txt', 'bang Tauthree', { as: 'attachment', reason: 'Gửi sau' })).status).toBe(201);
    const record = await viewOf(clerk, id);
    expect(shown(record)).toEqual([
      ['hai.pdf', 'main', 2],
      ['phụ lục.txt', 'attachment', 2],
      ['một.pdf', 'main', 1],
    ]);
    expect(record.versions.map(({ number, kind, note }) => [number, kind, note])).toEqual([
      [2, 'rescan', 'Có bút phê của lãnh đạo'],
      [1, 'scan', null],
    ]);
    await settled(owner);
    expect([await found('tautwo'), await found('tauthree'), await found('tauone')]).toEqual([[id], [id], []]);
    // What went before is read and taken away as ever.
    const content = readingRoomLines.content.path.replace(':fileId', first);
    expect((await bytesOf(house, clerk, content)).status).toBe(200);
    expect((await clerk.ask(readingRoomLines.text, { params: { fileId: first } })).pages[0]?.text).toContain('Tauone');
    const told = (await logOf(owner, 'record.file-added')).slice(-2).map((line) => JSON.parse(line.leaf).data);
    expect(told).toEqual([
      { as: 'version', number: 2, files: 1, from: null },
      { as: 'attachment', number: 2, files: 1, from: null },
    ]);
  });

  test('is refused alike where there is no record and where it may not be known, and to those who do not register', async () => {
    const { id } = await paper(clerk, { leadUnitId: house.units.finance });
    const bytes = 'chữ';
    expect((await add(id, 'a.txt', bytes, {}, await house.visit('staff'))).status).toBe(403);
    const objects = filesUnder(house.folder).length;
    expect(refusal(await add(newId(), 'a.txt', bytes))).toEqual([404, 'not-found']);
    await owner.query("update vankho.record set state = 'frozen' where id = $1", [id]);
    expect(refusal(await add(id, 'a.txt', bytes))).toEqual([404, 'not-found']);
    expect(filesUnder(house.folder)).toHaveLength(objects);
  });

  test('an attachment of nothing is refused: it would be the document itself', async () => {
    const { id } = await paper(clerk);
    expect(refusal(await add(id, 'a.txt', 'chữ', { as: 'attachment' }))).toEqual([
      400,
      'bad-request',
      [{ path: 'as', problem: 'no-file-yet' }],
    ]);
  });

  test('sent again with its key is one version', async () => {
    const { id } = await paper(clerk);
    const send = () => clerk.upload('a.txt', 'chữ', { key: 'k-version', fields: { attachTo: id, as: 'version' } });
    const answers = [await send(), await send()];
    expect(answers.map((answer) => [answer.status, answer.json.fileId])).toEqual(
      new Array(2).fill([201, answers[0]?.json.fileId]),
    );
    expect((await viewOf(clerk, id)).versions).toHaveLength(1);
  });

  test('versions that come at once are numbered one after another', async () => {
    const { id } = await paper(clerk);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, at) => add(id, `${String(at)}.txt`, `chữ ${String(at)}`, { reason: 'quét lại' })),
    );
    expect(answers.map((answer) => answer.status)).toEqual(new Array(6).fill(201));
    expect((await viewOf(clerk, id)).versions.map((version) => version.number)).toEqual([6, 5, 4, 3, 2, 1]);
  });
});

describe('a draft that is joined', () => {
  test('gives its files as they are, ends, and is known to nobody; jobs that were under way go on', async () => {
    const { id } = await paper(clerk, { leadUnitId: house.units.finance });
    const bytes = await letter('Noi dung Upsilon');
    const receipt = (await clerk.upload('quét.pdf', bytes)).json;
    // At once: reading and vaulting may be under way.
    const answer = await join(receipt.recordId as string, { intoId: id });
    expect(answer.status).toBe(200);
    expect([answer.json.id, answer.json.files[0].id, answer.json.versions[0].kind]).toEqual([
      id,
      receipt.fileId,
      'scan',
    ]);
    await settled(owner);
    const record = await viewOf(clerk, id);
    expect(record.files).toMatchObject([{ id: receipt.fileId, sha256: receipt.sha256, stage: 'ready', role: 'main' }]);
    expect(await found('upsilon')).toEqual([id]);
    expect(await found('upsilon', await house.visit('staff'))).toEqual([id]);
    const given = await bytesOf(
      house,
      clerk,
      readingRoomLines.content.path.replace(':fileId', receipt.fileId as string),
    );
    expect(given.bytes.equals(Buffer.from(bytes))).toBe(true);
    const { rows: objects } = await owner.query(
      'select c.area from vankho.record_file f join vankho.content_object c on c.id = f.content_id where f.record_id = any($1)',
      [[id, receipt.recordId]],
    );
    expect(objects).toEqual([{ area: 'vault' }]);

    const gone = await clerk.call(registryLines.record, { params: { id: receipt.recordId as string } });
    const missing = await clerk.call(registryLines.record, { params: { id: newId() } });
    expect([gone.status, gone.text]).toEqual([404, missing.text]);
    expect(
      (await clerk.ask(intakeLines.tray, { query: { state: 'all' } })).rows.map((row) => row.recordId),
    ).not.toContain(receipt.recordId);
    const { rows } = await owner.query('select state, joined_into from vankho.record where id = $1', [
      receipt.recordId,
    ]);
    expect(rows).toEqual([{ state: 'joined', joined_into: id }]);
    const [draftTold] = (await logOf(owner, 'record.joined')).slice(-1);
    expect([draftTold?.recordId, JSON.parse(draftTold?.leaf ?? '{}').data]).toEqual([receipt.recordId, { into: id }]);
    const [told] = (await logOf(owner, 'record.file-added')).slice(-1);
    expect([told?.recordId, JSON.parse(told?.leaf ?? '{}').data]).toEqual([
      id,
      { as: 'version', number: 1, files: 1, from: receipt.recordId },
    ]);
    // Once: it is no draft any more.
    expect(refusal(await join(receipt.recordId as string, { intoId: id, version: 2 }))).toEqual([404, 'not-found']);
  });

  test('while its pages are being recognised is recognised to the end, and found as the record', async () => {
    const { id } = await paper(clerk);
    const { recordId, fileId } = (
      await clerk.upload('quét.pdf', await scanned(await letter('Bao cao ket qua Phiomega')))
    ).json;
    const stage = async (of: string) =>
      (await viewOf(clerk, of)).files.find((file) => file.id === fileId)?.stage ?? 'elsewhere';
    await eventually(async () => ['recognising', 'ready'].includes(await stage(recordId as string)));
    expect((await join(recordId as string, { intoId: id })).status).toBe(200);
    await eventually(async () => (await stage(id)) === 'ready', 60_000);
    await settled(owner);
    const { pages } = await clerk.ask(readingRoomLines.text, { params: { fileId: fileId as string } });
    expect(pages.map((page) => page.source)).toEqual(['ocr']);
    expect(await found('phiomega')).toEqual([id]);
    const told = (await logOf(owner, 'file.recognised')).at(-1);
    expect(told?.recordId).toBe(id);
  });

  test('brings its attachments, or becomes one itself', async () => {
    const { id } = await paper(clerk);
    const draft = async (name: string): Promise<string> => (await clerk.upload(name, 'chữ')).json.recordId as string;
    const first = await draft('văn bản.txt');
    await clerk.upload('phụ lục.txt', 'chữ', { fields: { attachTo: first } });
    expect((await join(first, { intoId: id })).status).toBe(200);
    const second = await draft('thêm.txt');
    expect(refusal(await join(second, { intoId: id, as: 'attachment' }))).toEqual([
      400,
      'bad-request',
      [{ path: 'reason', problem: 'needed' }],
    ]);
    expect((await join(second, { intoId: id, as: 'attachment', reason: 'gửi sau' })).status).toBe(200);
    expect(shown(await viewOf(clerk, id))).toEqual([
      ['văn bản.txt', 'main', 1],
      ['phụ lục.txt', 'attachment', 1],
      ['thêm.txt', 'attachment', 1],
    ]);
  });

  test('is refused on a stale version, into itself, into a draft, into what is hidden, and when it is registered', async () => {
    const draft = async (): Promise<string> => (await clerk.upload('a.txt', 'chữ')).json.recordId as string;
    const [one, two, { id }] = [await draft(), await draft(), await paper(clerk)];
    expect(refusal(await join(one, { intoId: id, version: 4 }))).toEqual([409, 'conflict']);
    expect(refusal(await join(one, { intoId: one }))).toEqual([
      400,
      'bad-request',
      [{ path: 'intoId', problem: 'itself' }],
    ]);
    for (const intoId of [two, newId()]) expect(refusal(await join(one, { intoId }))).toEqual([404, 'not-found']);
    await owner.query('update vankho.record set rank = 3 where id = $1', [id]);
    expect(refusal(await join(one, { intoId: id }))).toEqual([404, 'not-found']);
    await owner.query('update vankho.record set rank = 1 where id = $1', [id]);
    expect(refusal(await join(newId(), { intoId: id }))).toEqual([404, 'not-found']);
    const { arrivalNumber } = await clerk.register(two, { subject: 'Đã đăng ký' });
    const late = await join(two, { intoId: id });
    expect([refusal(late), late.json.detail]).toEqual([
      [409, 'already-registered'],
      expect.stringContaining(`số đến là ${String(arrivalNumber)}.`),
    ]);
    expect((await join(one, { intoId: id }, await house.visit('staff'))).status).toBe(403);
    expect((await viewOf(clerk, id)).files).toEqual([]);
  });

  test('by two at once, into each other’s target, goes to one', async () => {
    const [{ id: left }, { id: right }] = [await paper(clerk), await paper(clerk)];
    const draft = (await clerk.upload('a.txt', 'chữ')).json.recordId as string;
    const other = await house.visit('otherClerk');
    const answers = await Promise.all([join(draft, { intoId: left }), join(draft, { intoId: right }, other)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404]);
    const files = [...(await viewOf(clerk, left)).files, ...(await viewOf(clerk, right)).files];
    expect(files).toHaveLength(1);
  });

  test('is guessed from its file’s name, only where a paper waits that the person may know', async () => {
    const waiting = await paper(clerk);
    const number = waiting.arrivalNumber ?? 0;
    const year = waiting.register?.year ?? 0;
    const names = [
      `đến ${String(number)}.txt`,
      `${String(number)}-${String(year)}.txt`,
      `${String(number + 500)}.txt`,
      'báo cáo.txt',
    ];
    const drafts = await Promise.all(
      names.map(async (name) => (await clerk.upload(name, 'chữ')).json.recordId as string),
    );
    const guesses = async (who: Visitor) => {
      const { rows } = await who.ask(intakeLines.tray);
      return drafts.map((id) => rows.find((row) => row.recordId === id)?.guess);
    };
    expect(await guesses(clerk)).toEqual([{ number, year }, { number, year }, null, null]);
    await owner.query('update vankho.record set rank = 3 where id = $1', [waiting.id]);
    expect(await guesses(clerk)).toEqual([null, null, null, null]);
    await owner.query('update vankho.record set rank = 1 where id = $1', [waiting.id]);
    expect((await join(drafts[0] ?? '', { intoId: waiting.id })).status).toBe(200);
    expect((await guesses(clerk)).slice(1)).toEqual([null, null, null]);
  });
});
