import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readingRoomLines } from '../../src/contract/reading-room.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { systemLines } from '../../src/contract/system.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/database/embedded.ts';
import { loginUrl } from '../../src/platform/database/logins.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { prepareQueue } from '../../src/platform/jobs/queue.ts';
import { databaseAt } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { passerBy, type Visitor } from '../support/visitor.ts';

/** A part of the house goes away under its feet: the right status and sentence, and everything as before once it is back. */

const loginSecret = 'a secret for the logins of one drill';
let folder: string;
let postgres: EmbeddedPostgres;
let house: TestHouse;
let clerk: Visitor;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vankho-outage-'));
  postgres = await startEmbeddedPostgres({ folder });
  await migrate(postgres.url, loginSecret, () => prepareQueue(loginUrl(postgres.url, loginSecret, 'vk_queue')));
  house = await startHouse({ database: databaseAt(postgres.url, loginSecret, () => postgres.stop()) });
  clerk = await house.visit('clerk');
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

const partIsUp = async (name: string): Promise<boolean> => {
  const { json } = await passerBy(house.base).call(systemLines.ready);
  return json.parts.find((part: { name: string }) => part.name === name).up;
};

test('a document is searchable as soon as it has been received', async () => {
  const answer = await clerk.upload('thư.txt', 'chỉ thị về phòng cháy');
  const found = await eventually(async () => {
    const { hits } = await clerk.ask(searchLines.search, { query: { q: 'phong chay' } });
    return hits[0];
  }, 5_000);
  expect(found.recordId).toBe(answer.json.recordId);
});

test('the database dies: 503 with a sentence, then all is as before, jobs too', async () => {
  const receipt = await clerk.received('trước.txt', 'văn bản trước khi mất điện');
  const before = postgres.pid;
  process.kill(before, 'SIGKILL');
  const answers: { status: number; json: { code: string; detail: string } }[] = [];
  await eventually(async () => {
    const answer = await clerk.call(registryLines.record, { params: { id: receipt.recordId } });
    answers.push({ status: answer.status, json: answer.json });
    return answer.status === 503;
  });
  const refused = answers.find((answer) => answer.status === 503);
  expect(refused?.json).toMatchObject({
    code: expect.stringMatching(/^(database|log)-unavailable$/u),
    detail: expect.stringContaining('thử lại'),
  });
  expect(answers.filter((answer) => ![200, 503].includes(answer.status))).toEqual([]);
  await eventually(async () => postgres.pid !== before && (await partIsUp('database')) && (await partIsUp('queue')));
  expect((await clerk.ask(registryLines.record, { params: { id: receipt.recordId } })).files).toHaveLength(1);
  // Not only answers: the worker lives too.
  await clerk.received('sau.txt', 'văn bản sau khi có điện');
});

test('the database is killed while clerks upload: each upload is there once, tried again with its key', async () => {
  const kills = Number(process.env['VANKHO_TEST_KILLS'] ?? 3);
  let going = true;
  const lanes = [0, 1, 2].map(async (lane) => {
    const sent: { name: string; text: string }[] = [];
    for (let number = 0; going || number < 6; number += 1) {
      const name = `cúp${String(lane)}x${String(number)}.txt`;
      const text = `${name} ${'điện '.repeat(1 << (number % 12))}`;
      // A clerk's browser does the same: the file stays in its queue until it has its receipt.
      await eventually(
        async () =>
          (await clerk.upload(name, text, { key: name.normalize('NFD').replace(/[^ -~]/gu, '') })).status === 201,
        60_000,
      );
      sent.push({ name, text });
    }
    return sent;
  });
  const killing = (async () => {
    for (let kill = 0; kill < kills; kill += 1) {
      const before = postgres.pid;
      await eventually(
        async () => (await clerk.call(systemLines.alive)).status === 200 && (await partIsUp('database')),
      );
      process.kill(before, 'SIGKILL');
      await eventually(async () => postgres.pid !== before, 60_000);
    }
  })().finally(() => {
    going = false;
  });
  const [sent] = await Promise.all([Promise.all(lanes).then((all) => all.flat()), killing]);
  await eventually(async () => {
    const { rows } = await house.database
      .owner()
      .query<{ name: string; stage: string }>("select name, stage from vankho.record_file where name like 'cúp%'");
    expect(rows.map((row) => row.name).sort()).toEqual(sent.map((one) => one.name).sort());
    return rows.every((row) => row.stage === 'ready');
  }, 60_000);
  const { rows } = await house.database
    .owner()
    .query<{ id: string; name: string }>("select id, name from vankho.record_file where name like 'cúp%'");
  for (const { id, name } of rows) {
    const content = await clerk.call(readingRoomLines.content, { params: { fileId: id } });
    expect(content.text).toBe(sent.find((one) => one.name === name)?.text);
  }
}, 240_000);

test('the store is gone: uploads and contents are refused, the rest goes on, and it comes back by itself', async () => {
  const receipt = await clerk.received('kho.txt', 'văn bản trong kho');
  const objects = join(house.folder, 'objects');
  renameSync(objects, `${objects}.away`);
  const upload = await clerk.upload('không kho.txt', 'chưa được lưu');
  expect([upload.status, upload.json.code]).toEqual([503, 'store-unavailable']);
  const content = await clerk.call(readingRoomLines.content, { params: { fileId: receipt.fileId } });
  expect([content.status, content.json.code]).toEqual([503, 'store-unavailable']);
  expect(await partIsUp('store')).toBe(false);
  expect((await passerBy(house.base).call(systemLines.ready)).status).toBe(503);
  expect((await clerk.ask(searchLines.search, { query: { q: 'trong kho' } })).hits).not.toHaveLength(0);
  renameSync(`${objects}.away`, objects);
  expect((await clerk.upload('có kho.txt', 'lại được lưu')).status).toBe(201);
  expect((await clerk.call(readingRoomLines.content, { params: { fileId: receipt.fileId } })).text).toBe(
    'văn bản trong kho',
  );
  expect((await passerBy(house.base).call(systemLines.ready)).status).toBe(200);
});

test('the index is gone: a search lists by metadata and says so', async () => {
  const { recordId } = await clerk.received('mục lục.txt', 'nội dung chỉ mục lục mới biết');
  await clerk.register(recordId, { subject: 'Về việc kiểm kê tài sản', codeNumber: '77', codeNotation: 'BTC-QLCS' });
  const owner = house.database.owner();
  await owner.query('alter table vankho.search_rank_1 rename to search_rank_1_away');
  const degraded = await clerk.ask(searchLines.search, { query: { q: 'kiểm kê' } });
  expect(degraded).toMatchObject({ degraded: true, hits: [{ recordId }] });
  await owner.query('alter table vankho.search_rank_1_away rename to search_rank_1');
  // The job that wrote this record met no table and is tried again.
  await eventually(async () => {
    const found = await clerk.ask(searchLines.search, { query: { q: 'kiem ke' } });
    return !found.degraded && found.hits[0]?.recordId === recordId;
  });
});

test('an index that lost what it had is filled again at the next start', async () => {
  const { recordId } = await clerk.received('mất.txt', 'bản sao chỉ mục bị mất');
  // Only what stood in the index can be lost from it.
  await eventually(
    async () =>
      (await clerk.ask(searchLines.search, { query: { q: 'chi muc bi mat' } })).hits[0]?.recordId === recordId,
  );
  await house.database
    .owner()
    .query('truncate vankho.search_rank_0, vankho.search_rank_1, vankho.search_rank_2, vankho.search_standing');
  expect((await clerk.ask(searchLines.search, { query: { q: 'chi muc bi mat' } })).hits).toEqual([]);
  await house.kill();
  await house.restart();
  const again = await house.visit('clerk');
  const found = await eventually(
    async () => (await again.ask(searchLines.search, { query: { q: 'chi muc bi mat' } })).hits[0],
  );
  expect(found.recordId).toBe(recordId);
});
