import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { intakeLines } from '../../src/contract/intake.ts';
import { readingRoomLines } from '../../src/contract/reading-room.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { systemLines } from '../../src/contract/system.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import type { Answer, Visitor } from '../support/visitor.ts';
import { letter, logOf, settled } from './samples.ts';

/** The desk: what waits there, what belongs together, and what must not be there at all. */

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

const expectCode = (answer: Answer, status: number, code: string): void => {
  expect([answer.status, answer.json.code]).toEqual([status, code]);
};
const filesOf = async (recordId: string) =>
  (await clerk.ask(registryLines.record, { params: { id: recordId } })).files.map(({ role, name }) => [role, name]);

describe('the tray', () => {
  test('shows the desk what waits, newest first, and counts it', async () => {
    const before = await clerk.ask(intakeLines.tray);
    const one = await clerk.received('Tờ trình một.txt', 'một');
    const two = await other.received('Tờ trình hai.txt', 'hai');
    const tray = await clerk.ask(intakeLines.tray);
    expect(tray.rows.slice(0, 2)).toMatchObject([
      { recordId: two.recordId, fileName: 'Tờ trình hai.txt', subject: 'Tờ trình hai', mine: false, stage: 'ready' },
      { recordId: one.recordId, fileName: 'Tờ trình một.txt', subject: 'Tờ trình một', mine: true, state: 'draft' },
    ]);
    expect(tray.waiting).toBe(before.waiting + 2);
    await clerk.register(one.recordId, { subject: 'Về việc một' });
    const after = await clerk.ask(intakeLines.tray);
    expect(after.rows.map((row) => row.recordId)).not.toContain(one.recordId);
    expect([after.waiting, after.registeredToday]).toEqual([before.waiting + 1, before.registeredToday + 1]);
    const all = await clerk.ask(intakeLines.tray, { query: { state: 'all' } });
    expect(all.rows.find((row) => row.recordId === one.recordId)).toMatchObject({
      state: 'declared',
      arrivalNumber: 1,
    });
    const { desk } = await clerk.ask(systemLines.home);
    expect(desk).toMatchObject({ waiting: after.waiting, registeredToday: after.registeredToday });
  });

  test('goes on page by page, each file once', async () => {
    for (let made = 0; made < 5; made += 1) await clerk.received(`${String(made)}.txt`, 'chữ');
    const whole = await clerk.ask(intakeLines.tray, { query: { state: 'all', limit: 200 } });
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const query = { state: 'all' as const, limit: 2, ...(after === undefined ? {} : { after }) };
      const page = await clerk.ask(intakeLines.tray, { query });
      seen.push(...page.rows.map((row) => row.fileId));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual(whole.rows.map((row) => row.fileId));
  });

  test('tells the log of a visit once, not of each asking', async () => {
    const archivist = await house.visit('archivist');
    for (let asked = 0; asked < 3; asked += 1) await archivist.ask(intakeLines.tray);
    const told = (await logOf(owner, 'tray.looked')).filter((line) => line.personId === house.people.archivist.id);
    expect(told).toHaveLength(1);
  });
});

describe('an attachment', () => {
  const attach = (who: Visitor, attachTo: string) => who.upload('Phụ lục.txt', 'bảng', { fields: { attachTo } });

  test('joins a draft behind its main file', async () => {
    const { recordId } = await clerk.received('Chính.txt', 'chữ');
    const answer = await attach(other, recordId);
    expect([answer.status, answer.json.recordId]).toEqual([201, recordId]);
    expect(await filesOf(recordId)).toEqual([
      ['main', 'Chính.txt'],
      ['attachment', 'Phụ lục.txt'],
    ]);
  });

  test('sent with nine others at once finds its place', async () => {
    const { recordId } = await clerk.received('Chính.txt', 'chữ');
    const answers = await Promise.all(new Array(10).fill(0).map(() => attach(clerk, recordId)));
    expect(answers.map((answer) => answer.status)).toEqual(new Array(10).fill(201));
    expect(await filesOf(recordId)).toHaveLength(11);
  });

  test('comes to a registered record with a reason, and to nothing without one', async () => {
    const { recordId } = await clerk.received('Chính.txt', 'chữ');
    await clerk.register(recordId, { subject: 'Đã đăng ký' });
    expectCode(await attach(clerk, recordId), 400, 'bad-request');
    expect(await filesOf(recordId)).toHaveLength(1);
    const fields = { attachTo: recordId, reason: 'Phụ lục gửi sau' };
    expect((await clerk.upload('Phụ lục.txt', 'chữ', { fields })).status).toBe(201);
    expect(await filesOf(recordId)).toEqual([
      ['main', 'Chính.txt'],
      ['attachment', 'Phụ lục.txt'],
    ]);
  });

  test('to a draft that is not there and to one that is not theirs are the same answer', async () => {
    const { recordId } = await clerk.received('Chính.txt', 'chữ');
    const id = house.people.otherClerk.id;
    await owner.query('update vankho.clearance set rank = 1 where person_id = $1', [id]);
    const [forbidden, missing] = [await attach(other, recordId), await attach(other, randomUUID())];
    await owner.query('update vankho.clearance set rank = 2 where person_id = $1', [id]);
    expectCode(forbidden, 404, 'not-found');
    expect(forbidden.text).toBe(missing.text);
    expect(await filesOf(recordId)).toHaveLength(1);
  });
});

describe('a document that bears a secrecy mark', () => {
  test('is withheld from everybody at once, and nothing of it stands in the log', async () => {
    const receipt = await clerk.received('Kế hoạch ZETA.pdf', await letter('noi dung zeta'));
    const { recordId, fileId } = receipt;
    await eventually(async () => (await clerk.ask(searchLines.search, { query: { q: 'zeta' } })).hits.length === 1);
    const waiting = (await clerk.ask(intakeLines.tray)).waiting;

    await settled(owner);
    const reported = await clerk.ask(intakeLines.reportSecret, { body: { recordId } });
    expect(reported).toMatchObject({ withheld: true, guidance: expect.any(Array) });
    expect(reported.guidance.join(' ')).toContain('sổ đăng ký văn bản mật');

    const params = { id: recordId, fileId, page: 1 };
    for (const who of [clerk, other, await house.visit('archivist'), await house.visit('leader')]) {
      for (const line of [registryLines.record, readingRoomLines.content, readingRoomLines.picture])
        expectCode(await who.call(line, { params: params as never }), 404, 'not-found');
      expectCode(await who.call(readingRoomLines.text, { params }), 404, 'not-found');
      expect((await who.ask(searchLines.search, { query: { q: 'zeta' } })).hits).toEqual([]);
    }
    expectCode(await clerk.call(registryLines.history, { params: { id: recordId } }), 404, 'not-found');
    expectCode(await clerk.call(intakeLines.readAgain, { params: { fileId } }), 404, 'not-found');
    expectCode(await clerk.call(intakeLines.reportSecret, { body: { recordId } }), 404, 'not-found');
    expectCode(await clerk.upload('a.txt', 'x', { fields: { attachTo: recordId } }), 404, 'not-found');
    const tray = await clerk.ask(intakeLines.tray, { query: { state: 'all' } });
    expect(tray.rows.map((row) => row.recordId)).not.toContain(recordId);
    expect(tray.waiting).toBe(waiting - 1);
    expect((await clerk.call(systemLines.home)).text).not.toContain('ZETA');

    const told = (await logOf(owner)).filter((line) => line.recordId === recordId);
    expect(told.map((line) => line.type)).toEqual(expect.arrayContaining(['secret.reported', 'record.frozen']));
    expect(told.map((line) => line.leaf).join()).not.toMatch(/zeta/iu);
    // Kept as it came, for the security officer.
    const { rows } = await owner.query('select state from vankho.record where id = $1', [recordId]);
    expect(rows).toEqual([{ state: 'frozen' }]);
    await eventually(async () => {
      const { total } = await clerk.ask(searchLines.search, { query: { q: 'zeta' } });
      return total.count === 0;
    });
  });

  test('that was never received is only told, in the language of the reader', async () => {
    const english = await clerk.ask(intakeLines.reportSecret, {
      body: { recordId: null },
      headers: { 'accept-language': 'en' },
    });
    expect(english.withheld).toBe(false);
    expect(english.guidance[0]).toMatch(/^A computer or system joined to a network/u);
    const [told] = (await logOf(owner, 'secret.reported')).slice(-1);
    expect(told).toMatchObject({ recordId: null, personId: house.people.clerk.id });
  });
});

describe('reading', () => {
  test('a file without a word ends as kept-unread: it is kept, and found by what a person says of it', async () => {
    const { recordId, fileId } = await clerk.received('Ảnh chụp.html', '<html><body><img src="a.png"></body></html>');
    const { files } = await clerk.ask(registryLines.record, { params: { id: recordId } });
    expect(files).toMatchObject([{ id: fileId, stage: 'kept-unread', damaged: false }]);
    expect((await clerk.ask(intakeLines.tray)).failed).toBe(1);
    await settled(owner);
    await clerk.register(recordId, { subject: 'Sơ đồ trụ sở Hoàng Cầu' });
    await eventually(
      async () => (await clerk.ask(searchLines.search, { query: { q: 'hoang cau' } })).hits[0]?.recordId === recordId,
    );
  });

  test('is done again when a person asks for it, and the log says who', async () => {
    const { recordId, fileId } = await clerk.received('a.pdf', await letter('chu cu'));
    await owner.query("update vankho.page_text set text = 'sai' where file_id = $1", [fileId]);
    const before = (await logOf(owner, 'file.read')).length;
    expect(await other.ask(intakeLines.readAgain, { params: { fileId } })).toEqual({ stage: 'received' });
    await eventually(async () => (await logOf(owner, 'file.read')).length > before);
    await eventually(async () => {
      const { files } = await clerk.ask(registryLines.record, { params: { id: recordId } });
      return files[0]?.stage === 'ready';
    });
    const { pages } = await clerk.ask(readingRoomLines.text, { params: { fileId } });
    expect(pages.map((page) => page.text.trim())).toEqual(['chu cu']);
    const [told] = (await logOf(owner, 'file.read-again')).slice(-1);
    expect(told).toMatchObject({ recordId, personId: house.people.otherClerk.id });
    expectCode(await clerk.call(intakeLines.readAgain, { params: { fileId: randomUUID() } }), 404, 'not-found');
  });
});
