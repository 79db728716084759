import { prepareQueue } from '../../src/platform/jobs/queue.ts';
import { loginUrl } from '../../src/platform/database/logins.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { catalogOf } from '../support/catalog.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase('empty');
});
afterEach(() => database.close());

const migratedIn = ({ ownerUrl, loginSecret }: TestDatabase) =>
  migrate(ownerUrl, loginSecret, () => prepareQueue(loginUrl(ownerUrl, loginSecret, 'vk_queue')));
const migrated = () => migratedIn(database);

test('ten processes that start at once migrate once', async () => {
  const runs = await Promise.all(Array.from({ length: 10 }, migrated));
  const ran = runs.flatMap((run) => run.ran);
  expect(ran.length).toBeGreaterThanOrEqual(2);
  expect(new Set(ran).size).toBe(ran.length);
  const { rows } = await database.owner().query('select name from vankho.migration order by name');
  expect(rows.map((row) => row.name)).toEqual([...ran].sort());
});

test('archives that share a server start at once', async () => {
  const others = await Promise.all(Array.from({ length: 8 }, () => testDatabase()));
  try {
    const starts = others.flatMap((other) => [migratedIn(other), migratedIn(other)]);
    expect((await Promise.allSettled(starts)).filter((start) => start.status === 'rejected')).toEqual([]);
  } finally {
    await Promise.all(others.map((other) => other.close()));
  }
});

test('a second start changes nothing', async () => {
  await migrated();
  const before = await catalogOf(database.owner());
  expect((await migrated()).ran).toEqual([]);
  expect(await catalogOf(database.owner())).toEqual(before);
});

test('a migration that was changed after it ran is named and refused', async () => {
  await migrated();
  await database.owner().query("update vankho.migration set sha256 = 'other' where name like '0001%'");
  await expect(migrated()).rejects.toThrow('0001-archive.sql has been changed since it ran');
});

test('the application cannot make or change tables', async () => {
  await migrated();
  for (const sql of [
    'create table t ()',
    'create table public.t ()',
    'alter table record add column x text',
    'create schema s',
    'create function f() returns int language sql as $$ select 1 $$',
  ])
    await expect(database.pool('vk_app').query(sql)).rejects.toMatchObject({ code: '42501' });
});
