import { RecordSchema } from '../../src/departments/registry/index.ts';
import { openDatabase, type Database, type Transaction } from '../../src/platform/database/database.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

/** Two transactions that wait for each other: PostgreSQL takes one of them back, and that one begins again. */

let testing: TestDatabase;
let database: Database;
beforeAll(async () => {
  testing = await testDatabase();
  database = await openDatabase({
    ownerUrl: testing.ownerUrl,
    loginSecret: testing.loginSecret,
    entities: [RecordSchema],
    connections: 4,
    onPoolError: () => undefined,
  });
});
afterAll(async () => {
  await database.close();
  await testing.close();
});

const hold = (tx: Transaction, key: number) => tx.query('select pg_advisory_xact_lock($1)', [key]);

test('both of two that cross come to their end, one of them at the second attempt', async () => {
  let [begun, holding] = [0, 0];
  let met = (): void => undefined;
  const bothHold = new Promise<void>((resolve) => {
    met = resolve;
  });
  const crossing = (name: string, one: number, other: number) =>
    database.transaction(async (tx) => {
      begun += 1;
      await hold(tx, one);
      holding += 1;
      if (holding === 2) met();
      await bothHold;
      await hold(tx, other);
      return name;
    });
  expect(await Promise.all([crossing('first', 1, 2), crossing('second', 2, 1)])).toEqual(['first', 'second']);
  expect(begun).toBe(3);
});

test('one that gives way twice says so, and what goes wrong otherwise is not tried again', async () => {
  for (const [code, attempts] of [
    ['40P01', 2],
    ['40001', 2],
    ['22012', 1],
  ] as const) {
    let begun = 0;
    const work = database.transaction(async (tx) => {
      begun += 1;
      await tx.query(`do $$ begin raise exception 'given way' using errcode = '${code}'; end $$`);
    });
    await expect(work).rejects.toMatchObject({ code });
    expect(begun).toBe(attempts);
  }
});
