import { isDeepStrictEqual } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import type { Index, Meilisearch } from 'meilisearch';
import { indexName, indexSettings, type ServerDocument } from '../../../search-index/server-index.ts';
import { SearchUnavailable, type SearchEngine } from '../../departments/search/ports.ts';
import { ranks, type Rank } from '../../kernel/labels.ts';
import {
  answered,
  inTransaction,
  withConnection,
  type SearchConnection,
  type SearchDatabase,
  type SearchLogins,
} from './database.ts';
import { findOnServer } from './meilisearch-find.ts';
import {
  anyWaiting,
  newestTicket,
  nextWaiting,
  noteEntries,
  noteRefused,
  noteRemovals,
  noteSending,
  noteSent,
  type Waiting,
} from './meilisearch-pending.ts';
import { done, reached, serverClient, TaskRefused } from './meilisearch-server.ts';
import { newestOfEach } from './postgres.ts';

/** Whoever sends holds this lock, so that of two versions of a record the older never arrives last. */
const sendingLock = 7_267_102;
/** Milliseconds until the next try while the server is away: doubled up to half a minute. */
const firstPause = 500;
const longestPause = 30_000;

/** Postgres holds what the server has not taken in yet. */
export interface MeilisearchEngineOptions extends SearchLogins {
  readonly url: string;
  /** May make and fill indexes; unset for a server without keys. */
  readonly key?: string | undefined;
  /** Beginning of the index names. */
  readonly prefix?: string;
}

/**
 * Search on a Meilisearch server: one index per rank, never one with a filter, because the server's dictionary is the
 * whole index's. A task costs 0.6 s whatever its size, so nobody waits for one: `write` notes the entry in Postgres,
 * where questions find it at once, and it is sent on in batches.
 */
export function createMeilisearchEngine(options: MeilisearchEngineOptions): SearchEngine {
  const { pool, readerPool, prefix = 'vankho' } = options;
  const client = serverClient(options.url, options.key);
  const indexOf = (rank: Rank): Index<ServerDocument> => client.index<ServerDocument>(indexName(prefix, rank));
  const closing = new AbortController();
  let sending: Promise<void> | undefined;
  let more = false;

  /** Sends in the background until nothing waits. Its failures are not lost: `settled` meets them again. */
  function sendSoon(): void {
    more = true;
    if (sending !== undefined || closing.signal.aborted) return;
    sending = (async () => {
      let pause = firstPause;
      while (more && !closing.signal.aborted) {
        more = false;
        // Another process that is sending may have looked for the last time just before our entry came.
        const sent = await sendAll(pool, indexOf).catch(() => false);
        if (sent) {
          pause = firstPause;
          continue;
        }
        more = true;
        await wait(pause, undefined, { ref: false, signal: closing.signal }).catch(() => undefined);
        pause = Math.min(2 * pause, longestPause);
      }
    })().finally(() => {
      sending = undefined;
    });
  }

  return {
    name: 'meilisearch',

    async provision() {
      for (const rank of ranks) await provisionIndex(client, indexName(prefix, rank));
      await answered(() => pool.query('select 1 from vankho.search_sending limit 1'));
      sendSoon();
    },

    async write(entries) {
      await inTransaction(pool, (connection) => noteEntries(connection, newestOfEach(entries)));
      sendSoon();
    },

    async remove(recordIds) {
      await inTransaction(pool, (connection) => noteRemovals(connection, [...new Set(recordIds)].sort()));
      sendSoon();
    },

    async settled() {
      const until = await answered(() => newestTicket(pool));
      if (until === null) return;
      while (await answered(() => anyWaiting(pool, until))) {
        if (!(await sendAll(pool, indexOf))) await wait(50);
      }
    },

    find: (question) => findOnServer({ pool: readerPool(question.clearance), client, prefix }, question),

    inventory: (rank) => inventoryOf(pool, indexOf(rank), rank),

    async ping() {
      await reached(() => client.health());
      await answered(() => pool.query('select 1'));
    },

    async close() {
      closing.abort();
      await sending;
    },
  };
}

async function provisionIndex(client: Meilisearch, name: string): Promise<void> {
  try {
    const held = await reached(() => client.index(name).getSettings()).catch(async (cause: unknown) => {
      if (!(cause instanceof SearchUnavailable) || !isNoIndex(cause)) throw cause;
      await done(client.createIndex(name, { primaryKey: 'id' }));
      return undefined;
    });
    if (held !== undefined && standsIn(held, indexSettings)) return;
  } catch (cause) {
    // Another process made it in the meantime.
    if (!(cause instanceof TaskRefused) || cause.code !== 'index_already_exists') throw cause;
  }
  await done(client.index(name).updateSettings(indexSettings));
}

function isNoIndex({ cause }: SearchUnavailable): boolean {
  const inner = (cause as { readonly cause?: { readonly code?: unknown } } | undefined)?.cause;
  return inner?.code === 'index_not_found';
}

/** Is every setting of ours as the server holds it? It has others, which stay as they are. */
function standsIn(held: object, ours: object): boolean {
  return Object.entries(ours).every(([name, value]: [string, unknown]) => {
    const there: unknown = (held as Readonly<Record<string, unknown>>)[name];
    const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (nested && typeof there === 'object' && there !== null) return standsIn(there, value);
    return isDeepStrictEqual(there, value);
  });
}

/** Sends everything that waits. False when another process is sending. */
async function sendAll(pool: SearchDatabase, indexOf: (rank: Rank) => Index<ServerDocument>): Promise<boolean> {
  return withConnection(pool, async (connection) => {
    const { rows } = await connection.query('select pg_try_advisory_lock($1) as got', [sendingLock]);
    if (rows[0]?.['got'] !== true) return false;
    try {
      for (let batch = await nextWaiting(connection); batch.length > 0; batch = await nextWaiting(connection)) {
        await sendBatch(connection, indexOf, batch);
      }
      return true;
    } finally {
      await connection.query('select pg_advisory_unlock($1)', [sendingLock]);
    }
  });
}

async function sendBatch(
  connection: SearchConnection,
  indexOf: (rank: Rank) => Index<ServerDocument>,
  batch: readonly Waiting[],
): Promise<void> {
  await noteSending(connection, batch);
  try {
    // First out of the ranks they left, then into their own.
    for (const rank of ranks) {
      const leaving = batch.filter((each) => each.rank !== rank && each.leaving.includes(rank));
      if (leaving.length > 0) await done(indexOf(rank).deleteDocuments(leaving.map(({ recordId }) => recordId)));
    }
    const tasks = ranks.flatMap((rank) => {
      const documents = batch.flatMap((each) => (each.rank === rank && each.document ? [each.document] : []));
      return documents.length === 0 ? [] : [indexOf(rank).addDocuments(documents, { primaryKey: 'id' })];
    });
    const ends = await Promise.allSettled(tasks.map(done));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    await noteSent(connection, batch);
  } catch (cause) {
    if (!(cause instanceof TaskRefused)) throw cause;
    if (batch.length === 1) {
      await noteRefused(connection, batch);
      throw cause;
    }
    // One of them is refused: the others go on.
    const half = Math.ceil(batch.length / 2);
    for (const part of [batch.slice(0, half), batch.slice(half)]) await sendBatch(connection, indexOf, part);
  }
}

interface Standing extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly version: number;
}

const inventoryStep = 1_000;

/** What waits, as it will stand, and what the server has of the others: so a server that lost everything shows it. */
async function* inventoryOf(
  pool: SearchDatabase,
  index: Index<ServerDocument>,
  rank: Rank,
): AsyncIterable<{ recordId: string; version: number }> {
  const { rows } = await answered(() =>
    pool.query(
      `select record_id, version, rank from vankho.search_sending
       where waiting and (rank = $1 or $1 = any(leaving)) order by record_id`,
      [rank],
    ),
  );
  const waiting = new Set(rows.map((row) => String(row['record_id'])));
  for (const row of rows) {
    if (row['rank'] === rank) yield { recordId: String(row['record_id']), version: Number(row['version']) };
  }
  let after = '';
  for (;;) {
    const { results } = await reached(() =>
      index.getDocuments<Standing>({
        fields: ['id', 'version'],
        limit: inventoryStep,
        sort: ['id:asc'],
        ...(after === '' ? {} : { filter: `id > "${after}"` }),
      }),
    );
    for (const { id, version } of results) if (!waiting.has(id)) yield { recordId: id, version };
    const last = results.at(-1);
    if (last === undefined || results.length < inventoryStep) return;
    after = last.id;
  }
}
