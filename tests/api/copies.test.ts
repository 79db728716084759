import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import sharp from 'sharp';
import type { Receipt } from '../../src/contract/intake.ts';
import { readingRoomLines } from '../../src/contract/reading-room.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import type { Answer, Visitor } from '../support/visitor.ts';
import { bytesOf, letter, logOf } from './samples.ts';

/** Above Công khai what leaves bears a name and a number, stands in the register, and can be made again byte for byte. */

let house: TestHouse;
let owner: pg.Pool;
let clerk: Visitor;
let staff: Visitor;
let leader: Visitor;
let archivist: Visitor;
let auditor: Visitor;
beforeAll(async () => {
  house = await startHouse();
  owner = house.database.owner();
  await arrive();
});

/** The house has another address after each start. */
async function arrive(): Promise<void> {
  [clerk, staff, leader] = [await house.visit('clerk'), await house.visit('staff'), await house.visit('leader')];
  [archivist, auditor] = [await house.visit('archivist'), await house.visit('auditor')];
}
afterAll(() => house.close());

const expectCode = (answer: Answer, status: number, code: string): void => {
  expect([answer.status, answer.json.code]).toEqual([status, code]);
};

async function registered(rank: 0 | 1 | 2 = 1, name = 'Công văn số 5.pdf', bytes?: Uint8Array): Promise<Receipt> {
  const receipt = await clerk.received(name, bytes ?? (await letter('trang mot', 'trang hai')));
  await clerk.register(receipt.recordId, { subject: 'Về việc sao', leadUnitId: house.units.finance, rank });
  return receipt;
}

const made = (person: Visitor, fileId: string, purpose: 'view' | 'print' | 'download' = 'download') =>
  person.ask(readingRoomLines.makeCopy, { params: { fileId }, body: { purpose } });
const tried = (person: Visitor, fileId: string) =>
  person.call(readingRoomLines.makeCopy, { params: { fileId }, body: { purpose: 'download' } });
const path = (id: string, as = 'attachment'): string => `/api/copies/${id}/content?as=${as}`;
const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

test('a copy is numbered, registered, told before its first byte, and given as it was made', async () => {
  const { fileId, recordId } = await registered();
  const one = await made(staff, fileId);
  const two = await made(staff, fileId, 'view');
  const [first, second] = [one, two].map(({ label }) => Number(label.split('/')[0]));
  expect(second).toBe((first ?? 0) + 1);
  expect(one.label).toMatch(/^\d+\/20\d\d\/NB$/u);
  const answer = await bytesOf(house, staff, path(one.id));
  expect([answer.status, answer.bytes.length, answer.headers.get('content-type')]).toEqual([
    200,
    one.size,
    'application/pdf',
  ]);
  expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain(
    `Công văn số 5 - bản sao ${one.label.replaceAll('/', '-')}.pdf`,
  );
  const { rows } = await owner.query<{
    sha256: Buffer;
    person_name: string;
    unit_name: string;
    purpose: string;
    version: number;
  }>(
    'select o.sha256, k.person_name, k.unit_name, k.purpose, k.version from vankho.copy k join vankho.copy_outcome o on o.copy_id = k.id where k.id = $1',
    [one.id],
  );
  expect({ ...rows[0], sha256: rows[0]?.sha256.toString('hex') }).toEqual({
    sha256: sha(answer.bytes),
    person_name: 'Nguyễn Đức Anh',
    unit_name: 'Vụ Kế hoạch - Tài chính',
    purpose: 'download',
    version: 1,
  });
  const told = (await logOf(owner)).filter(({ leaf }) => leaf.includes(one.id));
  expect(told.map(({ type, outcome, rank }) => [type, outcome, rank])).toEqual([
    ['copy.made', 'done', 1],
    ['copy.given', 'done', 1],
  ]);
  expect(told.every((line) => line.recordId === recordId && line.personId === house.people.staff.id)).toBe(true);
});

test('parts of it and its head are given as of the original', async () => {
  const { fileId } = await registered();
  const copy = await made(staff, fileId, 'view');
  const whole = (await bytesOf(house, staff, path(copy.id, 'inline'))).bytes;
  const part = await bytesOf(house, staff, path(copy.id, 'inline'), { range: 'bytes=10-19' });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${String(copy.size)}`]);
  expect(part.bytes.equals(whole.subarray(10, 20))).toBe(true);
  const beyond = await bytesOf(house, staff, path(copy.id), { range: `bytes=${String(copy.size)}-` });
  expect(beyond.status).toBe(416);
  const head = await fetch(`${house.base}${path(copy.id)}`, { method: 'HEAD', headers: { cookie: staff.cookie } });
  expect([head.status, head.headers.get('content-length'), head.headers.get('etag')]).toEqual([
    200,
    String(copy.size),
    `"${sha(whole)}"`,
  ]);
});

test('it is made again from its entry, byte for byte, also after the house was killed', async () => {
  const { fileId } = await registered();
  const copy = await made(staff, fileId);
  const before = await bytesOf(house, staff, path(copy.id));
  expect(await archivist.ask(readingRoomLines.checkCopy, { params: { copyId: copy.id } })).toEqual({
    same: true,
    sameTools: true,
  });
  await house.kill();
  await house.restart();
  await arrive();
  const after = await bytesOf(house, staff, path(copy.id));
  expect(after.bytes.equals(before.bytes)).toBe(true);
  expect((await bytesOf(house, archivist, path(copy.id))).bytes.equals(before.bytes)).toBe(true);
});

test('the original of what is above Công khai goes to the desk only; the refusal is in the log', async () => {
  const [inner, open] = [await registered(1), await registered(0)];
  for (const [person, may] of [
    [staff, false],
    [leader, false],
    [clerk, true],
    [archivist, true],
  ] as const) {
    for (const as of ['inline', 'attachment'] as const) {
      const answer = await person.call(readingRoomLines.content, { params: { fileId: inner.fileId }, query: { as } });
      if (may) expect(answer.status).toBe(200);
      else expectCode(answer, 403, 'original-not-given');
    }
    expect((await person.call(readingRoomLines.content, { params: { fileId: open.fileId } })).status).toBe(200);
    const seen = await person.ask(registryLines.record, { params: { id: inner.recordId } });
    expect([seen.may.download, seen.may.original]).toEqual([true, may]);
    expect((await person.ask(registryLines.record, { params: { id: open.recordId } })).may.original).toBe(true);
  }
  const refused = (await logOf(owner, 'access.refused')).filter(({ leaf }) => leaf.includes(inner.fileId));
  expect(refused).toHaveLength(4);
  expectCode(await tried(staff, open.fileId), 409, 'copy-not-needed');
});

test('each level has a series of its own: a number tells nothing of copies of another', async () => {
  const [inner, conditional] = [await registered(1), await registered(2)];
  const before = await made(staff, inner.fileId);
  const higher = [await made(leader, conditional.fileId), await made(leader, conditional.fileId)];
  const after = await made(staff, inner.fileId);
  const number = ({ label }: { label: string }): number => Number(label.split('/')[0]);
  expect(number(after)).toBe(number(before) + 1);
  expect(higher.map(({ label }) => label.split('/')[2])).toEqual(['CĐK', 'CĐK']);
});

test('twenty at once take twenty numbers, and a series has no gap', async () => {
  const { fileId } = await registered();
  await Promise.all(Array.from({ length: 20 }, (_, at) => made(at % 2 === 0 ? staff : leader, fileId)));
  const { rows } = await owner.query<{ count: number; highest: number; last: number }>(
    `select count(*)::int as count, max(number) as highest, (select last_number from vankho.copy_series where rank = 1) as last
     from vankho.copy where rank = 1`,
  );
  expect(rows[0]?.highest).toBe(rows[0]?.count);
  expect(rows[0]?.last).toBe(rows[0]?.count);
});

test('what has no pages is refused without a number', async () => {
  const text = await registered(1, 'Ghi chép.txt', Buffer.from('chữ'));
  const numbers = async (): Promise<number> =>
    (await owner.query<{ count: number }>('select count(*)::int as count from vankho.copy')).rows[0]?.count ?? 0;
  const before = await numbers();
  expectCode(await tried(staff, text.fileId), 422, 'copy-without-pages');
  expect(await numbers()).toBe(before);
});

test('a copy is its receiver’s: anybody else is answered as if there were none', async () => {
  const { fileId } = await registered();
  const copy = await made(staff, fileId);
  for (const person of [leader, clerk, await house.visit('stranger')]) {
    const [other, none] = [
      await person.call(readingRoomLines.copy, { params: { copyId: copy.id } }),
      await person.call(readingRoomLines.copy, { params: { copyId: randomUUID() } }),
    ];
    expectCode(other, 404, 'not-found');
    expect(other.text).toBe(none.text);
  }
  expectCode(await tried(await house.visit('stranger'), fileId), 404, 'not-found');
  expectCode(await auditor.call(readingRoomLines.copy, { params: { copyId: copy.id } }), 403, 'role-not-allowed');
});

test('a copy of another day, or of another level, is not given any more', async () => {
  const { fileId, recordId } = await registered();
  const copy = await made(staff, fileId);
  await owner.query('update vankho.record set rank = 0 where id = $1', [recordId]);
  expectCode(await staff.call(readingRoomLines.copy, { params: { copyId: copy.id } }), 409, 'copy-outdated');
  await owner.query('update vankho.record set rank = 1 where id = $1', [recordId]);
  await owner.query("update vankho.copy set made_at = made_at - interval '25 hours' where id = $1", [copy.id]);
  expectCode(await staff.call(readingRoomLines.copy, { params: { copyId: copy.id } }), 409, 'copy-outdated');
});

test('the register: the records officer sees titles of what they may know, the auditor everything but a title', async () => {
  const { fileId, recordId } = await registered(2);
  const copy = await made(leader, fileId, 'print');
  const list = (person: Visitor) => person.ask(readingRoomLines.copies, { query: { recordId } });
  const kept = await list(archivist);
  expect(kept.rows).toHaveLength(1);
  expect(kept.rows[0]).toMatchObject({
    id: copy.id,
    label: copy.label,
    rank: 2,
    purpose: 'print',
    pages: 2,
    problem: null,
    mayCheck: true,
    person: { id: house.people.leader.id, fullName: 'Phạm Quốc Bảo', unit: 'Vụ Kế hoạch - Tài chính' },
    record: { id: recordId, subject: 'Về việc sao' },
  });
  expect((await list(auditor)).rows[0]).toMatchObject({ id: copy.id, mayCheck: false, record: { subject: null } });
  expectCode(await staff.call(readingRoomLines.copies), 403, 'role-not-allowed');
  await owner.query('update vankho.clearance set rank = 1 where person_id = $1', [house.people.archivist.id]);
  expect((await list(archivist)).rows).toEqual([]);
  expectCode(await archivist.call(readingRoomLines.checkCopy, { params: { copyId: copy.id } }), 404, 'not-found');
  await owner.query('update vankho.clearance set rank = 2 where person_id = $1', [house.people.archivist.id]);
  const { rows, next } = await archivist.ask(readingRoomLines.copies, { query: { limit: 3 } });
  const more = await archivist.ask(readingRoomLines.copies, { query: { limit: 3, after: next ?? '' } });
  expect(
    rows
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  ).toEqual(rows.map(({ at }) => at));
  expect(rows.filter((one) => more.rows.some(({ id }) => id === one.id))).toEqual([]);
});

test('rows of the register are added and never changed by the application', async () => {
  for (const sql of [
    "update copy set person_name = 'x'",
    'update copy_outcome set pages = 1',
    'delete from copy',
    'delete from copy_outcome',
    'delete from copy_series',
  ])
    await expect(house.database.pool('vk_app').query(sql)).rejects.toMatchObject({ code: '42501' });
});

test('a picture of a page bears the mark above Công khai, and none below', async () => {
  const dark = async (fileId: string): Promise<number> => {
    const { bytes } = await bytesOf(house, staff, `/api/files/${fileId}/pages/1/picture?width=600`);
    const { width } = await sharp(bytes).metadata();
    const { channels } = await sharp(
      await sharp(bytes).extract({ left: 0, top: 1, width, height: 6 }).png().toBuffer(),
    ).stats();
    return 255 - (channels[0]?.mean ?? 255);
  };
  expect(await dark((await registered(1)).fileId)).toBeGreaterThan(8);
  expect(await dark((await registered(0)).fileId)).toBe(0);
});
