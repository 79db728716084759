import pg from 'pg';
import { DataSource, type EntityManager, type EntitySchema, type QueryRunner } from 'typeorm';
import type { Actor } from '../../kernel/actor.ts';
import type { Rank } from '../../kernel/labels.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { loginUrl, readers, type Login } from './logins.ts';

/** Work inside one transaction, as `vk_app`. */
export interface Transaction {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  readonly manager: EntityManager;
}

/** Reading only. */
export interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export interface Database {
  /** The work may be begun a second time, so it has no effect but through its transaction. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** One statement, which is a transaction by itself: nothing is sent to begin it and nothing to commit it. */
  readonly alone: Pick<Transaction, 'query'>;
  /**
   * The one door through which anything is read for a person: as the login of their clearance, to which the server
   * itself gives nothing above it (docs/DECISIONS.md, "one door").
   */
  onBehalfOf(actor: Pick<Actor, 'clearance'>): Door;
  /** The log, for the auditor's room. */
  readonly log: Door;
  /** For the engines that live in Postgres: what they write, and what they read for somebody of that clearance. */
  readonly pool: pg.Pool;
  readonly readerPool: (clearance: Rank) => pg.Pool;
  readonly queuePool: pg.Pool;
  /** How busy the connections are, by pool. */
  connections(): PoolFigures[];
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface PoolFigures {
  readonly pool: 'write' | 'read' | 'log' | 'queue';
  readonly most: number;
  readonly inUse: number;
  readonly idle: number;
  /** Work that waits for a connection. */
  readonly waiting: number;
}

export interface DatabaseOptions {
  readonly ownerUrl: string;
  readonly loginSecret: string;
  readonly entities: readonly EntitySchema[];
  /** Connections for the application's own work; half as many, at most, for the readers of each clearance. */
  readonly connections: number;
  /** After so long a statement is given up; 60 when nothing is said. */
  readonly statementSeconds?: number;
  readonly onPoolError: (cause: unknown) => void;
}

/** Days stay the text they are: a `Date` would move them by the zone of this machine. */
const dayType: number = pg.types.builtins.DATE;
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const usual = pg.types.getTypeParser as (oid: number, format?: string) => (value: string) => unknown;
    return oid === dayType ? (text: string) => text : usual(oid, format);
  },
};

/**
 * A server that takes a question and says nothing must not hold whoever asks: the server itself gives up first, and when
 * not even that arrives, this side does, a little later. A line that was dropped on the way is noticed by TCP.
 */
function patience(seconds: number): pg.ClientConfig {
  return {
    connectionTimeoutMillis: 5_000,
    statement_timeout: 1_000 * seconds,
    query_timeout: 1_000 * seconds + 500,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/**
 * A connection that is listened to all its life, as those of our own pools are. A server that goes away says so to
 * every connection; TypeORM's pool listens while it is idle and TypeORM while it holds it, but nobody in the moment it
 * changes hands, and that ended the process.
 */
function listenedTo(onError: (cause: unknown) => void): typeof pg.Client {
  return class extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      this.on('error', onError);
    }
  };
}

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { ownerUrl, loginSecret, onPoolError } = options;
  const patient = patience(options.statementSeconds ?? 60);
  const pools: pg.Pool[] = [];
  const poolOf = (login: Login, max: number): pg.Pool => {
    const pool = new pg.Pool({
      connectionString: loginUrl(ownerUrl, loginSecret, login),
      max,
      types,
      ...patient,
      idleTimeoutMillis: 60_000,
      application_name: `vankho ${login}`,
    });
    // What an idle connection says is said again by the pool; unheard, that ends the process too.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', onPoolError));
    pools.push(pool);
    return pool;
  };
  const source = new DataSource({
    type: 'postgres',
    url: loginUrl(ownerUrl, loginSecret, 'vk_app'),
    schema: 'vankho',
    entities: [...options.entities],
    synchronize: false,
    installExtensions: false,
    poolSize: options.connections,
    poolErrorHandler: () => undefined,
    extra: {
      types,
      Client: listenedTo(onPoolError),
      ...patient,
      application_name: 'vankho vk_app',
    },
  });
  await source.initialize();
  const alone = poolOf('vk_app', options.connections);
  const reading = readers.map((reader) => poolOf(reader, Math.max(2, Math.ceil(options.connections / 2))));
  const auditing = poolOf('vk_audit', 4);
  const queue = poolOf('vk_queue', 12);

  async function attempt<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const runner = source.createQueryRunner();
    try {
      await runner.startTransaction();
      const result = await work({
        manager: runner.manager,
        // The structured answer has rows for every kind of statement.
        query: async <Row>(sql: string, parameters?: unknown[]) =>
          ((await runner.query(sql, parameters, true)) as { records: Row[] }).records,
      });
      await runner.commitTransaction();
      return result;
    } catch (cause) {
      const known = refused(cause);
      // A connection that is gone or does not answer rolls nothing back, and nobody may be given it again.
      if (isGone(known)) throwAway(runner);
      else if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => throwAway(runner));
      throw known;
    } finally {
      await runner.release().catch(() => undefined);
    }
  }

  /** Two that wait for each other are nobody's mistake: whom the server chose to give way begins again, once. */
  async function transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await attempt(work);
    } catch (cause) {
      if (!gaveWay(cause)) throw cause;
      return attempt(work);
    }
  }

  const doorOf = (pool: pg.Pool): Door => ({
    query: async <Row>(sql: string, parameters?: unknown[]) => {
      try {
        return (await pool.query(sql, parameters)).rows as Row[];
      } catch (cause) {
        throw refused(cause);
      }
    },
  });
  const aloneDoor = doorOf(alone);
  const readerPool = (clearance: Rank): pg.Pool => {
    const pool = reading[clearance];
    if (pool === undefined) throw new Error(`no login reads for a clearance of ${String(clearance)}`);
    return pool;
  };

  return {
    transaction,
    alone: aloneDoor,
    onBehalfOf: ({ clearance }) => doorOf(readerPool(clearance)),
    log: doorOf(auditing),
    pool: alone,
    readerPool,
    queuePool: queue,
    connections: () => [
      // TypeORM names its own pool without a type.
      figuresOf('write', (source.driver as unknown as { readonly master: pg.Pool }).master, alone),
      figuresOf('read', ...reading),
      figuresOf('log', auditing),
      figuresOf('queue', queue),
    ],
    async ping() {
      await aloneDoor.query('select 1');
    },
    async close() {
      await source.destroy();
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}

function figuresOf(name: PoolFigures['pool'], ...pools: readonly pg.Pool[]): PoolFigures {
  const sum = (of: (pool: pg.Pool) => number): number => pools.reduce((all, pool) => all + of(pool), 0);
  return {
    pool: name,
    most: sum((pool) => pool.options.max),
    inUse: sum((pool) => pool.totalCount - pool.idleCount),
    idle: sum((pool) => pool.idleCount),
    waiting: sum((pool) => pool.waitingCount),
  };
}

const networkFaults = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'ENOENT', 'EAI_AGAIN']);

/** "The database is not there" in all its dresses becomes the refusal `database-unavailable`; the rest stays a fault. */
function refused(cause: unknown): unknown {
  if (cause instanceof Refusal || typeof cause !== 'object' || cause === null) return cause;
  const { code, message } = cause as { code?: unknown; message?: unknown };
  const gone =
    (typeof code === 'string' && (networkFaults.has(code) || /^(?:08|57P|57014|53)/u.test(code))) ||
    (typeof message === 'string' &&
      /connection (?:terminated|ended|error)|timeout exceeded|read timeout|not queryable|Driver not Connected|runner already released/iu.test(
        message,
      ));
  return gone ? Object.assign(new Refusal('database-unavailable'), { cause }) : cause;
}

/** deadlock_detected, serialization_failure: the server has taken back the whole transaction. */
const gaveWay = (cause: unknown): boolean =>
  cause instanceof Error && ['40P01', '40001'].includes((cause as { code?: string }).code ?? '');

const isGone = (cause: unknown): boolean => cause instanceof Refusal && cause.code === 'database-unavailable';

/** TypeORM ends a connection, instead of lending it to the next, only when it is told a reason, and by a method it hides. */
function throwAway(runner: QueryRunner): void {
  const inner = runner as unknown as { releasePostgresConnection(cause: Error): Promise<void> };
  void inner.releasePostgresConnection(new Error('the connection does not answer'));
}

export type { Pool, PoolClient } from 'pg';
