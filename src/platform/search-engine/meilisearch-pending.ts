import { projected } from '../../../search-index/projection.ts';
import { serverDocument, type ServerDocument } from '../../../search-index/server-index.ts';
import type { IndexEntry } from '../../departments/search/ports.ts';
import type { Rank } from '../../kernel/labels.ts';
import type { SearchConnection, SearchDatabase } from './database.ts';
import { layDown, takeAway } from './postgres.ts';

/**
 * What the server has yet to take in or to forget, kept in Postgres: written with the entry in one transaction, read
 * with every question, and struck off when the server has said that it is done. `leaving` names every rank in which an
 * older copy may stand, also the record's own; a question does not see those copies.
 */
export interface Waiting {
  readonly recordId: string;
  readonly ticket: string;
  readonly rank: Rank | null;
  readonly document: ServerDocument | null;
  readonly leaving: readonly Rank[];
}

/** Locks rows in one order, so that two writers never wait for each other. */
async function locked(connection: SearchConnection, ids: readonly string[]): Promise<void> {
  await connection.query(
    'select record_id from vankho.search_sending where record_id = any($1::uuid[]) order by record_id for update',
    [[...ids]],
  );
}

const leavingItsRank = `case when held.rank is null or held.rank = any(held.leaving) then held.leaving
  else held.leaving || held.rank end`;

/** Accepts entries that are not older than what is held. They can be found when the transaction commits. */
export async function noteEntries(connection: SearchConnection, entries: readonly IndexEntry[]): Promise<void> {
  const records = entries.map(projected);
  const { rows } = await connection.query(
    `insert into vankho.search_sending as held (record_id, rank, version, document, leaving, waiting)
     select given.record_id, given.rank, given.version, given.document, '{}', true
       from unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::text[]) as given (record_id, rank, version, document)
     on conflict (record_id) do update set rank = excluded.rank, version = excluded.version,
       document = excluded.document, leaving = ${leavingItsRank}, waiting = true, ticket = default
     where held.version <= excluded.version
     returning record_id`,
    [
      records.map(({ recordId }) => recordId),
      records.map(({ rank }) => rank),
      records.map(({ version }) => version),
      records.map((record) => JSON.stringify(serverDocument(record))),
    ],
  );
  const accepted = new Set(rows.map((row) => row['record_id']));
  await layDown(
    connection,
    'fresh',
    records.filter(({ recordId }) => accepted.has(recordId)),
  );
}

export async function noteRemovals(connection: SearchConnection, ids: readonly string[]): Promise<void> {
  await locked(connection, ids);
  await connection.query(
    `update vankho.search_sending as held set rank = null, document = null, leaving = ${leavingItsRank},
       waiting = true, ticket = default
     where record_id = any($1::uuid[]) and rank is not null`,
    [[...ids]],
  );
  await takeAway(connection, 'fresh', ids);
}

/** Oldest first, as many as make one comfortable request. */
export async function nextWaiting(connection: SearchConnection): Promise<Waiting[]> {
  const { rows } = await connection.query(
    `select record_id, rank, document, leaving, ticket from (
       select *, sum(coalesce(pg_column_size(document), 0)) over (order by ticket) as size, row_number() over (order by ticket) as place
       from (select * from vankho.search_sending where waiting order by ticket limit 1000) as oldest
     ) as measured
     where size <= 8000000 or place = 1 order by ticket`,
  );
  return rows.map((row) => ({
    recordId: String(row['record_id']),
    ticket: String(row['ticket']),
    rank: row['rank'] as Rank | null,
    document: typeof row['document'] === 'string' ? (JSON.parse(row['document']) as ServerDocument) : null,
    leaving: row['leaving'] as Rank[],
  }));
}

/** From now on a copy may stand on the server, whatever becomes of this process. */
export async function noteSending(connection: SearchConnection, batch: readonly Waiting[]): Promise<void> {
  await withTickets(connection, batch, (tickets) =>
    connection.query(
      `update vankho.search_sending as held set leaving = ${leavingItsRank}
       from ${tickets} where held.record_id = sent.record_id and held.ticket = sent.ticket`,
      lists(batch),
    ),
  );
}

/** Struck off, unless they were written again meanwhile. */
export async function noteSent(connection: SearchConnection, batch: readonly Waiting[]): Promise<void> {
  await withTickets(connection, batch, async (tickets) => {
    const { rows } = await connection.query(
      `update vankho.search_sending as held set waiting = false, document = null, leaving = '{}'
       from ${tickets} where held.record_id = sent.record_id and held.ticket = sent.ticket
       returning held.record_id`,
      lists(batch),
    );
    await takeAway(
      connection,
      'fresh',
      rows.map((row) => String(row['record_id'])),
    );
  });
}

/** What the server refuses goes to the end of the queue, so that the others are not held up by it. */
export async function noteRefused(connection: SearchConnection, batch: readonly Waiting[]): Promise<void> {
  await withTickets(connection, batch, (tickets) =>
    connection.query(
      `update vankho.search_sending as held set ticket = default
       from ${tickets} where held.record_id = sent.record_id and held.ticket = sent.ticket`,
      lists(batch),
    ),
  );
}

const lists = (batch: readonly Waiting[]): unknown[] => [
  batch.map(({ recordId }) => recordId),
  batch.map(({ ticket }) => ticket),
];

async function withTickets(
  connection: SearchConnection,
  batch: readonly Waiting[],
  work: (tickets: string) => Promise<unknown>,
): Promise<void> {
  await connection.query('begin');
  try {
    await locked(
      connection,
      batch.map(({ recordId }) => recordId),
    );
    await work('unnest($1::uuid[], $2::bigint[]) as sent (record_id, ticket)');
    await connection.query('commit');
  } catch (cause) {
    await connection.query('rollback');
    throw cause;
  }
}

/** The newest ticket that waits; null when none does. */
export async function newestTicket(database: SearchDatabase): Promise<string | null> {
  const { rows } = await database.query('select max(ticket)::text as ticket from vankho.search_sending where waiting');
  return (rows[0]?.['ticket'] as string | null | undefined) ?? null;
}

export async function anyWaiting(database: SearchDatabase, until: string): Promise<boolean> {
  const { rows } = await database.query(
    'select exists (select from vankho.search_sending where waiting and ticket <= $1) as some',
    [until],
  );
  return rows[0]?.['some'] === true;
}

/** Copies on the server that a question may not see any more, by rank; and whether anything waits on the fresh shelf. */
export interface Unsettled {
  readonly hidden: ReadonlyMap<Rank, readonly string[]>;
  readonly fresh: boolean;
}

/** Renewed copies hidden at most; of more than that some are counted twice for as long as they wait. */
const renewedAtMost = 5_000;

export async function unsettled(
  connection: Pick<SearchConnection, 'query'>,
  asked: readonly Rank[],
): Promise<Unsettled> {
  const { rows } = await connection.query('select rank, record_id from vankho.search_leaving($1::smallint[], $2)', [
    [...asked],
    renewedAtMost,
  ]);
  const { rows: waits } = await connection.query('select vankho.search_waits($1::smallint[]) as fresh', [[...asked]]);
  const hidden = new Map<Rank, string[]>(asked.map((rank) => [rank, []]));
  for (const row of rows) hidden.get(row['rank'] as Rank)?.push(String(row['record_id']));
  return { hidden, fresh: waits[0]?.['fresh'] === true };
}
