import { setTimeout as pause } from 'node:timers/promises';
import { Logger, makeWorkerUtils, run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import { EventEmitter } from 'node:events';
import type { Database, Transaction } from '../database/database.ts';
import { standIn, type Standing } from './standing.ts';

/** Adds a job in the caller's transaction: it starts when that commits, and never when it does not. */
export interface NewJob {
  readonly task: string;
  readonly payload: object;
  /** A job of the same key that still waits is replaced by this one. */
  readonly key?: string;
  /** Smaller comes first; 0 when nothing is said. */
  readonly priority?: number;
}

export interface DeadJob {
  readonly id: string;
  readonly task: string;
  readonly attempts: number;
  /** What it said when it failed last; it may quote a document. */
  readonly said: string | null;
  readonly lastTriedAt: string | null;
}

export type Task = (payload: Readonly<Record<string, unknown>>) => Promise<void>;

/** Tasks that are quick and tasks that are slow have runners of their own, so that no scan holds up a new letter. */
export interface Tasks {
  readonly quick: Readonly<Record<string, Task>>;
  readonly slow: Readonly<Record<string, Task>>;
}

export interface JobLog {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Tried again after about e^attempts seconds: 12 tries are two days. */
const attempts = 12;

/** Several are put in with one statement, in the order in which they stand. */
export async function enqueue(tx: Pick<Transaction, 'query'>, ...jobs: readonly NewJob[]): Promise<void> {
  await tx.query(
    `select vankho_queue.enqueue(job.task, job.payload::json, job.key, job.priority, $5)
     from unnest($1::text[], $2::text[], $3::text[], $4::integer[]) as job (task, payload, key, priority)`,
    [
      jobs.map((job) => job.task),
      jobs.map((job) => JSON.stringify(job.payload)),
      jobs.map((job) => job.key ?? null),
      jobs.map((job) => job.priority ?? 0),
      attempts,
    ],
  );
}

/** Makes or mends the queue's own tables, as their owner. */
export async function prepareQueue(connectionString: string): Promise<void> {
  const utils = await makeWorkerUtils({ connectionString, logger: silent });
  try {
    await utils.migrate();
  } finally {
    await utils.release();
  }
}

const silent = new Logger(() => () => undefined);

export type Queue = ReturnType<typeof createQueue>;

export function createQueue(options: { readonly database: Database; readonly log: JobLog }) {
  const { database, log } = options;
  const pool = database.queuePool;

  async function waiting(): Promise<number> {
    const { rows } = await pool.query<{ count: string }>(
      'select count(*) from graphile_worker._private_jobs where attempts < max_attempts',
    );
    return Number(rows[0]?.count ?? 0);
  }

  /** Jobs that were tried as often as they may and are left for a person. */
  async function dead(): Promise<DeadJob[]> {
    const { rows } = await pool.query<DeadJob>(
      `select j.id::text as id, t.identifier as task, j.attempts, left(j.last_error, 500) as said,
         to_char(j.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastTriedAt"
       from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where j.attempts >= j.max_attempts and j.locked_at is null order by j.updated_at desc, j.id desc limit 200`,
    );
    return rows;
  }

  /** How many stand in each task; tasks without any are not named. */
  async function counts(): Promise<{ task: string; waiting: number; dead: number }[]> {
    const { rows } = await pool.query<{ task: string; waiting: number; dead: number }>(
      `select t.identifier as task, count(*) filter (where j.attempts < j.max_attempts)::int as waiting,
         count(*) filter (where j.attempts >= j.max_attempts and j.locked_at is null)::int as dead
       from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       group by t.identifier`,
    );
    return rows;
  }

  /** Answers whether there was such a job. */
  async function retry(id: string): Promise<boolean> {
    const { rows } = await pool.query(
      'select id from graphile_worker.reschedule_jobs(array[$1::bigint], run_at => now(), attempts => 0)',
      [id],
    );
    return rows.length > 0;
  }

  /** Begins to work; resolves to what ends it. Outlives restarts of the database. */
  async function start(tasks: Tasks, width: { readonly quick: number; readonly slow: number }) {
    const standing = await standIn(pool, log);
    // A database that dies in mid-job leaves graphile-worker with a promise nobody waits for. The job is not lost: its
    // lock is, and it is taken up again. Whatever is not the worker's own ends the process as ever.
    const orphaned = (cause: unknown): void => {
      if (!(cause instanceof Error && (cause.stack ?? '').includes('graphile-worker'))) throw cause;
      log.error({ error: cause.message }, 'a worker lost its connection');
    };
    process.on('unhandledRejection', orphaned);
    const crews = [keepRunning(tasks.quick, width.quick, standing), keepRunning(tasks.slow, width.slow, standing)];
    return {
      async stop(): Promise<void> {
        await Promise.all(crews.map((crew) => crew.stop()));
        await standing.stop();
        process.off('unhandledRejection', orphaned);
      },
    };
  }

  function keepRunning(tasks: Readonly<Record<string, Task>>, concurrency: number, standing: Standing) {
    let runner: Runner | undefined;
    let stopping = false;
    const isStopping = (): boolean => stopping;
    const events = new EventEmitter() as WorkerEvents;
    events.on('pool:create', ({ workerPool }) => standing.add(workerPool.id));
    events.on('job:start', ({ job }) => standing.begins(job.id));
    events.on('job:complete', ({ job }) => standing.ends(job.id));
    events.on('job:error', ({ job, error }) => {
      const cause = error as { name?: string; message?: string };
      log.error({ task: job.task_identifier, job: job.id, attempt: job.attempts, error: cause.message }, 'job failed');
    });
    const taskList: TaskList = Object.fromEntries(
      Object.entries(tasks).map(([name, work]) => [
        name,
        (payload: unknown) => work(payload as Readonly<Record<string, unknown>>),
      ]),
    );
    const loop = (async () => {
      while (!isStopping()) {
        try {
          runner = await run({
            pgPool: pool,
            taskList,
            concurrency,
            pollInterval: 1_000,
            noHandleSignals: true,
            events,
            logger: silent,
            parsedCronItems: [],
          });
          // `stop` may have come while this one was beginning, and found nobody to stop.
          if (isStopping()) await runner.stop();
          await runner.promise;
        } catch (cause) {
          log.error(
            { error: cause instanceof Error ? cause.message : String(cause) },
            'worker stopped, starting again',
          );
        }
        // `stop` may have come while this one was ending.
        if (!isStopping()) await pause(500);
      }
    })();
    return {
      async stop(): Promise<void> {
        stopping = true;
        await runner?.stop().catch(() => undefined);
        await loop;
      },
    };
  }

  return {
    waiting,
    dead,
    counts,
    retry,
    start,
    async ping(): Promise<void> {
      await pool.query('select 1 from graphile_worker._private_tasks limit 1');
    },
  };
}
