import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from '../database/database.ts';
import type { JobLog } from './queue.ts';

/** Half of an advisory lock's name; the other half is the id of the worker's pool, which is what a job is locked by. */
const lockSpace = 7_267_102;

export interface Standing {
  /** This process answers for the pool of workers from now on. */
  add(poolId: string): void;
  /** A worker of this process works on the job, until it says that it does not. */
  begins(jobId: string): void;
  ends(jobId: string): void;
  stop(): Promise<void>;
}

/**
 * Jobs of a killed process come back. graphile-worker leaves them locked for four hours, because it cannot tell a dead
 * worker from a slow one; we can: each process holds an advisory lock for each of its pools on one connection, and the
 * server drops those with the connection. Every few seconds each process frees the jobs of pools whose lock is gone, and
 * those of its own that nobody here works on: when the database dies, the word of a job's end is lost with it.
 */
export async function standIn(pool: Pool, log: JobLog): Promise<Standing> {
  const mine = new Set<string>();
  const atWork = new Set<string>();
  const round = new AbortController();
  let client: PoolClient | undefined;

  /** One statement at a time on the one connection. */
  let locking: Promise<unknown> = Promise.resolve();
  function lockAfter(before: Promise<unknown>, held: PoolClient, id: string): Promise<unknown> {
    return before
      .then(() => held.query('select pg_advisory_lock($1, hashtext($2))', [lockSpace, id]))
      .catch(() => undefined);
  }

  async function hold(): Promise<PoolClient> {
    const held = await pool.connect();
    held.once('error', () => {
      if (client === held) client = undefined;
    });
    for (const id of mine) await held.query('select pg_advisory_lock($1, hashtext($2))', [lockSpace, id]);
    return held;
  }

  async function sweep(): Promise<void> {
    await locking;
    client ??= await hold();
    // Two seconds of grace: a new pool takes its first job before its lock, and an end takes its time to arrive.
    await client.query(
      `update graphile_worker._private_jobs set locked_by = null, locked_at = null, attempts = greatest(attempts - 1, 0)
       where locked_by = any($1::text[]) and locked_at < now() - interval '2 seconds' and not id = any($2::bigint[])`,
      [[...mine], [...atWork]],
    );
    const { rows } = await client.query<{ id: string }>(
      `select distinct locked_by as id from graphile_worker._private_jobs j
       where locked_by is not null and locked_at < now() - interval '2 seconds' and not exists (
         select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2
           and l.database = (select oid from pg_database where datname = current_database())
           and l.classid::bigint = $1 and l.objid::bigint = (hashtext(j.locked_by)::bigint & 4294967295))`,
      [lockSpace],
    );
    const dead = rows.map((row) => row.id).filter((id) => !mine.has(id));
    if (dead.length === 0) return;
    // Being cut off is no try: a scan that waits through a dozen power cuts is read all the same.
    await client.query(
      'update graphile_worker._private_jobs set attempts = greatest(attempts - 1, 0) where locked_by = any($1::text[])',
      [dead],
    );
    await client.query('select graphile_worker.force_unlock_workers($1::text[])', [dead]);
    log.info({ workers: dead }, 'took up the jobs of workers that are gone');
  }

  client = await hold();
  await sweep();
  const loop = (async () => {
    while (!round.signal.aborted) {
      await pause(2_000, undefined, { signal: round.signal }).catch(() => undefined);
      await sweep().catch((cause: unknown) => {
        log.error({ error: cause instanceof Error ? cause.message : String(cause) }, 'could not look for dead workers');
        client?.release(true);
        client = undefined;
      });
    }
  })();

  return {
    add(poolId) {
      mine.add(poolId);
      if (client) locking = lockAfter(locking, client, poolId);
    },
    begins: (jobId) => void atWork.add(jobId),
    ends: (jobId) => void atWork.delete(jobId),
    async stop() {
      round.abort();
      await loop;
      await locking;
      client?.release(true);
    },
  };
}
