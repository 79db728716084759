import { SearchUnavailable } from '../../departments/search/ports.ts';
import type { Rank } from '../../kernel/labels.ts';

type Rows = { readonly rows: readonly Readonly<Record<string, unknown>>[] };

/** Postgres as the engines use it: `pool` is signed in as vk_app, and a question is answered by the login of the asker's clearance. */
export interface SearchLogins {
  readonly pool: SearchDatabase;
  readonly readerPool: (clearance: Rank) => SearchDatabase;
}

/** What the engines need of a Postgres pool; `pg.Pool` is one. */
export interface SearchDatabase {
  query(sql: string, values?: unknown[]): Promise<Rows>;
  connect(): Promise<SearchConnection>;
}

export interface SearchConnection {
  query(sql: string, values?: unknown[]): Promise<Rows>;
  /** With true the connection is thrown away instead of used again. */
  release(broken?: boolean): void;
}

/** Work in one transaction on one connection. */
export async function inTransaction<T>(
  database: SearchDatabase,
  work: (connection: SearchConnection) => Promise<T>,
): Promise<T> {
  return withConnection(database, async (connection) => {
    await connection.query('begin');
    try {
      const result = await work(connection);
      await connection.query('commit');
      return result;
    } catch (error) {
      // One that does not answer is thrown away by whoever lent it, and its transaction with it.
      if (!isUnreachable(error)) await connection.query('rollback');
      throw error;
    }
  });
}

export async function withConnection<T>(
  database: SearchDatabase,
  work: (connection: SearchConnection) => Promise<T>,
): Promise<T> {
  const connection = await answered(() => database.connect());
  let broken = false;
  try {
    return await answered(() => work(connection));
  } catch (error) {
    broken = error instanceof SearchUnavailable;
    throw error;
  } finally {
    connection.release(broken);
  }
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'ENOENT',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** SQLSTATE classes: 08 connection, 53 out of resources, 57 operator intervention; 42P01 before provisioning. */
const stateShape = /^(?:08|53|57)\w{3}$|^42P01$/u;

/** Turns "cannot be reached" in all its dresses into `SearchUnavailable`; every other fault stays what it is. */
export async function answered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isUnreachable(error) ? new SearchUnavailable({ cause: error }) : error;
  }
}

function isUnreachable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return networkCodes.has(code) || stateShape.test(code);
  return (
    typeof message === 'string' &&
    /connection (?:terminated|ended|error)|timeout exceeded when|read timeout|after calling end|not queryable/iu.test(
      message,
    )
  );
}
