import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { systemLines } from '../../src/contract/system.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type CastName, type TestHouse } from '../support/house.ts';
import { passerBy, type Visitor } from '../support/visitor.ts';
import { letter, logOf } from './samples.ts';

/** Whether the house stands, and what each person's first page says. */

let house: TestHouse;
let queue: pg.Pool;
let administrator: Visitor;
beforeAll(async () => {
  house = await startHouse();
  queue = house.database.pool('vk_queue');
  administrator = await house.visit('administrator');
});
afterAll(() => house.close());

const parts = [
  { name: 'database', kind: 'postgres', up: true },
  { name: 'store', kind: 'directory', up: true },
  { name: 'search', kind: 'postgres', up: true },
  { name: 'queue', kind: 'graphile-worker', up: true },
];

test('says that it is alive and which parts are up, to anyone', async () => {
  const door = passerBy(house.base);
  expect((await door.call(systemLines.alive)).json).toEqual({ alive: true });
  const ready = await door.call(systemLines.ready);
  expect([ready.status, ready.json]).toEqual([200, { ready: true, parts }]);
});

test('tells its administrator the version and the jobs', async () => {
  const health = await eventually(async () => {
    const asked = await administrator.ask(systemLines.health);
    // Soon after the start the index has been held against the records.
    return asked.index === null ? undefined : asked;
  });
  expect(health.disk?.free).toBeLessThan(health.disk?.whole ?? 0);
  expect(health).toEqual({
    parts,
    jobsWaiting: expect.any(Number),
    jobsDead: 0,
    disk: { free: expect.any(Number), whole: expect.any(Number) },
    index: { comparedAt: expect.stringMatching(/Z$/u), lost: 0 },
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/u),
  });
});

describe('a job that gave up', () => {
  async function deadJob(said = 'store-full'): Promise<string> {
    const { rows } = await queue.query<{ id: string }>(
      `select id::text as id from graphile_worker.add_job('search.index', json_build_object('recordId', $1::text),
         run_at => now() + interval '1 day', max_attempts => 1)`,
      [randomUUID()],
    );
    const id = rows[0]?.id ?? '';
    await queue.query('update graphile_worker._private_jobs set attempts = 1, last_error = $2 where id = $1', [
      id,
      said,
    ]);
    return id;
  }

  test('is shown with its task and its problem, counted, tried again when asked, and the log says who asked', async () => {
    const id = await deadJob();
    const { rows } = await administrator.ask(systemLines.deadJobs);
    expect(rows).toEqual([
      { id, task: 'search.index', attempts: 1, problem: 'store-full', lastTriedAt: expect.stringMatching(/Z$/u) },
    ]);
    expect((await administrator.ask(systemLines.health)).jobsDead).toBe(1);
    expect((await administrator.call(systemLines.retryJob, { params: { id } })).status).toBe(204);
    await eventually(async () => {
      const left = await queue.query('select 1 from graphile_worker._private_jobs where id = $1', [id]);
      return left.rows.length === 0;
    });
    expect((await administrator.ask(systemLines.deadJobs)).rows).toEqual([]);
    const [told] = await logOf(house.database.owner(), 'job.retried');
    expect(told).toMatchObject({ personId: house.people.administrator.id, outcome: 'done' });
    expect(JSON.parse(told?.leaf ?? '{}').data).toEqual({ job: id });
  });

  test('says why in words of the house: what it said itself may quote a document', async () => {
    const id = await deadJob('syntax error near "Về việc điều động cán bộ"');
    const answer = await administrator.call(systemLines.deadJobs);
    expect(answer.json.rows).toMatchObject([{ id, problem: 'other' }]);
    expect(answer.text).not.toContain('điều động');
    expect((await administrator.call(systemLines.retryJob, { params: { id } })).status).toBe(204);
  });

  test('is tried again with all the others at once, and the log has a line for each', async () => {
    const ids = [await deadJob(), await deadJob('was interrupted'), await deadJob('ENOSPC: no space left')];
    expect((await administrator.ask(systemLines.deadJobs)).rows.map(({ problem }) => problem).sort()).toEqual([
      'interrupted',
      'store-full',
      'store-full',
    ]);
    expect(await administrator.ask(systemLines.retryJobs)).toEqual({ retried: 3 });
    const told = (await logOf(house.database.owner(), 'job.retried')).map(({ leaf }) => JSON.parse(leaf).data.job);
    expect(told.slice(-3).sort()).toEqual([...ids].sort());
    expect(await administrator.ask(systemLines.retryJobs)).toEqual({ retried: 0 });
    const clerk = await house.visit('clerk');
    expect((await clerk.call(systemLines.retryJobs)).status).toBe(403);
  });

  test('that is not there cannot be tried again', async () => {
    for (const id of ['999999', '9'.repeat(19)]) {
      const answer = await administrator.call(systemLines.retryJob, { params: { id } });
      expect([id, answer.status, answer.json?.code]).toEqual([id, 404, 'not-found']);
    }
  });
});

describe('the first page', () => {
  const shown: Readonly<Record<CastName, readonly string[]>> = {
    clerk: ['desk', 'newest'],
    otherClerk: ['desk', 'newest'],
    archivist: ['desk', 'newest'],
    staff: ['newest'],
    stranger: ['newest'],
    leader: ['newest'],
    auditor: ['log'],
    administrator: ['people', 'secrecy', 'system'],
    security: ['people', 'secrecy'],
  };
  test.each(Object.entries(shown) as [CastName, readonly string[]][])(
    'of %s holds %j and nothing else',
    async (who, names) => {
      const home = await (await house.visit(who)).ask(systemLines.home);
      const there = Object.entries(home).filter(([, part]) => part !== null);
      expect(there.map(([name]) => name).sort()).toEqual([...names].sort());
    },
  );

  test('shows each person the newest of what they may see, and the log hears of it', async () => {
    const clerk = await house.visit('clerk');
    const one = await clerk.received('a.pdf', await letter('mot'));
    await clerk.register(one.recordId, { subject: 'Về việc của tài chính', leadUnitId: house.units.finance });
    const newest = async (who: CastName) =>
      (await (await house.visit(who)).ask(systemLines.home)).newest?.map((hit) => hit.recordId);
    expect(await newest('staff')).toEqual([one.recordId]);
    expect(await newest('stranger')).toEqual([]);
    const told = (await logOf(house.database.owner(), 'home.looked')).slice(-2);
    expect(told.map((line) => [line.personId, JSON.parse(line.leaf).data])).toEqual([
      [house.people.staff.id, { shown: 1 }],
      [house.people.stranger.id, { shown: 0 }],
    ]);
  });

  test('counts a registered record whose deadline has passed as overdue', async () => {
    const clerk = await house.visit('clerk');
    const before = (await clerk.ask(systemLines.home)).desk;
    const one = await clerk.received('b.pdf', await letter('hai'));
    await clerk.register(one.recordId, { subject: 'Phải trả lời', dueDate: '2020-01-01' } as never);
    const after = (await clerk.ask(systemLines.home)).desk;
    expect(after).toEqual({ ...before, overdue: 1, registeredToday: (before?.registeredToday ?? 0) + 1 });
  });
});
