import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readingRoomLines } from '../../src/contract/reading-room.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import type { Visitor } from '../support/visitor.ts';

/**
 * The process is killed while clerks upload, again and again. Whatever was acknowledged must be there afterwards, byte
 * for byte, findable; every row must have its object; whatever was not acknowledged must leave no row.
 */

const rounds = Number(process.env['VANKHO_TEST_KILLS'] ?? 4);
let house: TestHouse;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());

interface Promised {
  readonly recordId: string;
  readonly fileId: string;
  readonly sha256: string;
  readonly word: string;
}

/** Uploads until the connection dies; answers what was acknowledged. */
async function uploadUntilDeath(clerk: Visitor, round: number, lane: number): Promise<Promised[]> {
  const kept: Promised[] = [];
  for (let number = 0; ; number += 1) {
    const word = `khoa${String(round)}x${String(lane)}x${String(number)}`;
    // Of several sizes, so that death comes in different places.
    const text = `${word} ${randomBytes(1 << (4 + ((number * 3 + lane) % 17))).toString('hex')}`;
    const answer = await clerk.upload(`${word}.txt`, text).catch(() => undefined);
    if (answer === undefined) return kept;
    expect(answer.status).toBe(201);
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(answer.json.sha256).toBe(sha256);
    kept.push({ recordId: answer.json.recordId, fileId: answer.json.fileId, sha256, word });
  }
}

test(`${String(rounds)} times killed in the middle of uploads, nothing acknowledged is lost`, async () => {
  const promised: Promised[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const clerk = await house.visit('clerk');
    const lanes = [0, 1, 2].map((lane) => uploadUntilDeath(clerk, round, lane));
    const files = `select count(*)::integer as count from vankho.record_file where name like 'khoa${String(round)}x%'`;
    await eventually(async () => (await house.database.owner().query(files)).rows[0].count >= 5 + round * 3);
    await house.kill();
    promised.push(...(await Promise.all(lanes)).flat());
    await house.restart();
  }
  expect(promised.length).toBeGreaterThanOrEqual(rounds * 4);

  const clerk = await house.visit('clerk');
  // Jobs of the killed processes are taken up and every file comes to its end.
  await eventually(async () => {
    const { rows } = await house.database
      .owner()
      .query("select count(*)::integer as count from vankho.record_file where stage not in ('ready', 'kept-unread')");
    return rows[0].count === 0;
  }, 30_000);
  for (const one of promised) {
    const content = await clerk.call(readingRoomLines.content, { params: { fileId: one.fileId } });
    expect(createHash('sha256').update(content.text).digest('hex')).toBe(one.sha256);
    const record = await clerk.ask(registryLines.record, { params: { id: one.recordId } });
    expect(record.files).toHaveLength(1);
    await eventually(async () => {
      const found = await clerk.ask(searchLines.search, { query: { q: one.word } });
      return found.hits.some((hit) => hit.recordId === one.recordId);
    });
  }

  // Every row has its object in the vault, and no row stands for what was not acknowledged in full.
  const { rows } = await house.database
    .owner()
    .query<{ id: string; area: string }>('select id, area from vankho.content_object');
  const vault = new Set(
    readdirSync(join(house.folder, 'objects', 'vault'), { recursive: true }).map((path) =>
      String(path).split('/').pop(),
    ),
  );
  expect(rows.filter((row) => row.area !== 'vault' || !vault.has(row.id))).toEqual([]);
  expect(rows.length).toBeGreaterThanOrEqual(promised.length);
}, 180_000);
