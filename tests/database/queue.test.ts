import { openDatabase, type Database } from '../../src/platform/database/database.ts';
import { createQueue, enqueue, type Task } from '../../src/platform/jobs/queue.ts';
import { RecordSchema } from '../../src/departments/registry/index.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';

/** A job is worked on once while its worker lives, and again when nobody works on it any more. */

let database: TestDatabase;
let opened: Database;
beforeEach(async () => {
  database = await testDatabase();
  opened = await openDatabase({
    ownerUrl: database.ownerUrl,
    loginSecret: database.loginSecret,
    entities: [RecordSchema],
    connections: 2,
    onPoolError: () => undefined,
  });
});
afterEach(async () => {
  await opened.close();
  await database.close();
});

const silent = { info: () => undefined, error: () => undefined };
const add = (task: string) => opened.transaction((tx) => enqueue(tx, { task, payload: {} }));
const start = (quick: Readonly<Record<string, Task>>, slow: Readonly<Record<string, Task>> = {}) =>
  createQueue({ database: opened, log: silent }).start({ quick, slow }, { quick: 2, slow: 1 });
const jobs = async (): Promise<readonly { attempts: number; locked: string | null }[]> =>
  (
    await database
      .owner()
      .query<{ attempts: number; locked: string | null }>(
        'select attempts::integer as attempts, locked_by as locked from graphile_worker._private_jobs',
      )
  ).rows;

test('a job that takes longer than the look for dead workers is not begun twice', async () => {
  let begun = 0;
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const work = await start({
    'a long one': async () => {
      begun += 1;
      await held;
    },
  });
  try {
    await add('a long one');
    await eventually(async () => begun > 0);
    const { locked } = (await jobs())[0] ?? { locked: null };
    // Three rounds of the look, told by the server's clock.
    await eventually(async () => {
      const { rows } = await database
        .owner()
        .query(
          "select 1 from graphile_worker._private_jobs where locked_at < now() - interval '7 seconds' or attempts > 1",
        );
      return rows.length > 0;
    });
    expect(await jobs()).toEqual([{ attempts: 1, locked }]);
    expect(begun).toBe(1);
  } finally {
    letGo();
    await work.stop();
  }
  expect(await jobs()).toEqual([]);
});

test('a job whose end was lost with the connection is begun again, though its worker lives', async () => {
  let begun = 0;
  const work = await start({
    'a short one': async () => {
      begun += 1;
      // What is left when the word of the job's end does not reach the server: the row, held by a pool that lives.
      if (begun === 1)
        await database.owner().query(
          `insert into graphile_worker._private_jobs (task_id, payload, attempts, max_attempts, locked_at, locked_by)
             select task_id, payload, 1, 12, now(), locked_by from graphile_worker._private_jobs`,
        );
    },
  });
  try {
    await add('a short one');
    await eventually(async () => begun === 2);
    await eventually(async () => (await jobs()).length === 0);
  } finally {
    await work.stop();
  }
});

test('a job of a process that is gone is begun again, be it cut off in its last try', async () => {
  await add('a short one');
  await database
    .owner()
    .query(
      "update graphile_worker._private_jobs set attempts = max_attempts, locked_by = 'pool-gone', locked_at = now() - interval '1 hour'",
    );
  let begun = 0;
  const work = await start({
    'a short one': async () => {
      begun += 1;
    },
  });
  try {
    await eventually(async () => begun === 1);
  } finally {
    await work.stop();
  }
});
