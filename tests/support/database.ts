import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { loginUrl, type Login } from '../../src/platform/database/logins.ts';

/** What global-setup.ts leaves for the workers: one real Postgres, one migrated database to clone. */
export interface TestPostgres {
  readonly adminUrl: string;
  readonly template: string;
  readonly loginSecret: string;
}

/** Inherited by the workers, which start after the global setup; two runs on one machine do not meet in it. */
export const testPostgresVariable = 'VANKHO_TEST_POSTGRES';

export function testPostgres(): TestPostgres {
  return JSON.parse(process.env[testPostgresVariable] ?? '') as TestPostgres;
}

export interface TestDatabase {
  readonly ownerUrl: string;
  readonly loginSecret: string;
  url(login: Login): string;
  /** Signed in as a login of the house. */
  pool(login: Login): pg.Pool;
  owner(): pg.Pool;
  /** Ends the pools given out and drops the database. */
  close(): Promise<void>;
}

/** A database of a test's own, cloned from the migrated one in a few milliseconds. `empty` has no schema. */
export async function testDatabase(kind: 'migrated' | 'empty' = 'migrated'): Promise<TestDatabase> {
  const { adminUrl, template, loginSecret } = testPostgres();
  const name = `t_${randomBytes(8).toString('hex')}`;
  await asAdmin(adminUrl, `create database ${name} ${kind === 'migrated' ? `template ${template}` : ''}`);
  return databaseAt(withDatabase(adminUrl, name), loginSecret, () =>
    asAdmin(adminUrl, `drop database ${name} with (force)`),
  );
}

/** The same over any server: for a drill that ends one. */
export function databaseAt(ownerUrl: string, loginSecret: string, drop: () => Promise<void>): TestDatabase {
  const pools = new Map<string, pg.Pool>();
  const poolOf = (url: string): pg.Pool => {
    const known = pools.get(url);
    if (known) return known;
    const pool = new pg.Pool({ connectionString: url, max: 4 });
    // A test that ends the server on purpose takes idle connections with it.
    pool.on('error', () => undefined);
    pools.set(url, pool);
    return pool;
  };
  const url = (login: Login): string => loginUrl(ownerUrl, loginSecret, login);
  return {
    ownerUrl,
    loginSecret,
    url,
    pool: (login) => poolOf(url(login)),
    owner: () => poolOf(ownerUrl),
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
      await drop();
    },
  };
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

export async function asAdmin(adminUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
