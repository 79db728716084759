import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { loginPassword, logins, readers } from './logins.ts';

const folder = fileURLToPath(new URL('./migrations/', import.meta.url));
/** Whoever migrates holds this lock; the others wait and then find nothing left to do. */
const lock = 7_267_101;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

async function migrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/u.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(`${folder}${name}`, 'utf8');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the database to this version of the house: logins, schema, queue. Numbered, forward only, each in its own
 * transaction; safe when many processes start at once. `ownerUrl` signs in as one who may make roles and schemas.
 * Throws when a migration that already ran has been changed since.
 */
export async function migrate(
  ownerUrl: string,
  loginSecret: string,
  prepareQueue: () => Promise<void>,
): Promise<{ readonly ran: readonly string[] }> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'vankho migrate' });
  // What it was asked for fails; the goodbye besides is nobody's.
  client.on('error', () => undefined);
  await client.connect();
  const ran: string[] = [];
  try {
    await client.query('select pg_advisory_lock($1)', [lock]);
    await untilNobodyElse(client, () => makeLogins(client, loginSecret));
    await client.query(`create table if not exists vankho.migration (
      name text primary key, sha256 text not null, ran_at timestamptz not null default now())`);
    const done = await client.query<{ name: string; sha256: string }>('select name, sha256 from vankho.migration');
    const known = new Map(done.rows.map((row) => [row.name, row.sha256]));
    for (const { name, sql, sha256 } of await migrations()) {
      const before = known.get(name);
      if (before !== undefined && before !== sha256)
        throw new Error(`migration ${name} has been changed since it ran here; add a new one instead`);
      if (before !== undefined) continue;
      await client.query('begin');
      await client.query('set local role vk_owner');
      await client.query('set local search_path to vankho');
      await client.query(sql);
      await client.query('reset role');
      await client.query('insert into vankho.migration (name, sha256) values ($1, $2)', [name, sha256]);
      await client.query('commit');
      ran.push(name);
    }
    // graphile-worker asks to make its schema even where it stands.
    await client.query(`grant create on database ${quotedName(client)} to vk_queue`);
    await prepareQueue();
    await client.query(`revoke create on database ${quotedName(client)} from vk_queue`);
    await client.query(queueDoor);
  } finally {
    await client.end();
  }
  return { ran };
}

/** "Tuple concurrently updated", and a role or a right that somebody else has just made. */
const meanwhile = new Set(['XX000', '23505', '42710', '40001', '40P01']);

/**
 * Roles belong to the whole server, and no lock reaches beyond one database: archives that share a server and start
 * at once find each other's hands on the same row, and try again.
 */
async function untilNobodyElse(client: pg.Client, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (cause) {
      await client.query('rollback');
      if (attempt === 40 || !meanwhile.has(String((cause as { code?: unknown }).code))) throw cause;
      await pause(Math.random() * 50 * attempt);
    }
  }
}

async function makeLogins(client: pg.Client, secret: string): Promise<void> {
  await client.query('begin');
  await role(client, 'vk_owner', 'nologin');
  await client.query('grant vk_owner to current_user');
  for (const login of logins) {
    await role(client, login, `login password '${loginPassword(secret, login)}'`);
    await client.query(`alter role ${login} set search_path to vankho`);
    await client.query(`grant connect on database ${quotedName(client)} to ${login}`);
  }
  await role(client, 'vk_reader', 'nologin');
  for (const reader of readers) {
    await client.query(`grant vk_reader to ${reader}`);
    await client.query(`alter role ${reader} set default_transaction_read_only = on`);
  }
  await client.query('grant vk_queue to current_user');
  await client.query('create schema if not exists vankho authorization vk_owner');
  await client.query('grant usage on schema vankho to vk_app, vk_audit, vk_reader');
  await client.query('create schema if not exists graphile_worker authorization vk_queue');
  await client.query('create schema if not exists vankho_queue authorization vk_queue');
  await client.query('grant usage on schema vankho_queue to vk_app');
  // Nobody makes things where everybody looks.
  await client.query('revoke create on schema public from public');
  await client.query('commit');
}

function quotedName(client: pg.Client): string {
  return client.escapeIdentifier(client.database ?? 'vankho');
}

async function role(client: pg.Client, name: string, as: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
  await client.query(`${rowCount === 0 ? 'create' : 'alter'} role ${name} ${as}`);
}

/** The one way for the application to add a job: inside its own transaction, without a right on the queue's tables. */
const queueDoor = `
  begin;
  set local role vk_queue;
  -- add_job answers no row, and adds none, when a worker takes the waiting job of the same key between its two
  -- statements: then it is asked again, or a change would never reach the index.
  create or replace function vankho_queue.enqueue(task text, payload json, key text, priority integer, attempts integer)
    returns void language plpgsql security definer set search_path = graphile_worker, pg_temp as $$
    begin
      for round in 1..50 loop
        perform 1 from graphile_worker.add_job(
          enqueue.task, enqueue.payload, job_key => enqueue.key, priority => enqueue.priority, max_attempts => enqueue.attempts) job
        where job.id is not null;
        if found then
          return;
        end if;
      end loop;
      raise exception 'the job % could not be added', enqueue.task;
    end;
    $$;
  revoke all on function vankho_queue.enqueue(text, json, text, integer, integer) from public;
  grant execute on function vankho_queue.enqueue(text, json, text, integer, integer) to vk_app;
  commit;`;
