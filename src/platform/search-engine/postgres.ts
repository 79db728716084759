import { abbreviations, stopWords } from '../../../search-index/vocabulary.ts';
import { projected, type Projected } from '../../../search-index/projection.ts';
import type { Found, IndexEntry, Question, SearchEngine } from '../../departments/search/ports.ts';
import { parseWords, withoutStopWords, type ParsedQuestion } from '../../kernel/question.ts';
import { ranks, type Rank } from '../../kernel/labels.ts';
import { askedRanks, type Shelf } from './conditions.ts';
import { answered, inTransaction, type SearchConnection, type SearchDatabase, type SearchLogins } from './database.ts';
import { emptyFacets } from './facets.ts';
import { countMatches } from './postgres-count.ts';
import { isPostgresPlace, placedHits, type PostgresPlace } from './postgres-find.ts';
import { readPlace, writtenPlace } from './place.ts';
import { vectorsOf } from './vectors.ts';

/**
 * Search inside PostgreSQL, the engine of an install without servers. Entries can be found when `write` resolves.
 * Ranking uses nothing but the record and the question (`ts_rank_cd` knows no corpus), so records that a person may
 * not know cannot move those he may.
 */
export function createPostgresEngine({ pool, readerPool }: SearchLogins): SearchEngine {
  return {
    name: 'postgres',

    /** The tables come with the migrations; this only says when they are not there. */
    async provision() {
      await answered(() => pool.query('select 1 from vankho.search_standing limit 1'));
    },

    async write(entries) {
      await inTransaction(pool, async (connection) => {
        const accepted = await standing(connection, newestOfEach(entries));
        await layDown(connection, 'rank', accepted.map(projected));
      });
    },

    async remove(recordIds) {
      await inTransaction(pool, async (connection) => {
        const ids = [...new Set(recordIds)].sort();
        await connection.query('update vankho.search_standing set rank = null where record_id = any($1::uuid[])', [
          ids,
        ]);
        await takeAway(connection, 'rank', ids);
      });
    },

    async settled() {
      // A committed write is already found.
    },

    async find(question) {
      return findIn(readerPool(question.clearance), 'rank', question);
    },

    inventory: (rank) => inventoryOf(pool, rank),

    async ping() {
      await answered(() => pool.query('select 1'));
    },

    async close() {
      // The pool belongs to whoever made it.
    },
  };
}

/** The question as both engines read it. */
export function readQuestion(words: string): ParsedQuestion {
  return withoutStopWords(parseWords(words), stopWords);
}

/** One answer from one shelf. Rejects with `UnknownPlace` for an `after` that this engine did not give out. */
export async function findIn(pool: SearchDatabase, shelf: Shelf, question: Question): Promise<Found> {
  const parsed = readQuestion(question.words);
  const after = question.after === undefined ? null : readPlace<PostgresPlace>(question.after, isPostgresPlace);
  const asked = askedRanks(question);
  if (asked.length === 0) {
    return {
      recordIds: [],
      next: null,
      total: { count: 0, atLeast: false },
      facets: question.withFacets ? emptyFacets() : null,
    };
  }
  return answered(async () => {
    const search = { shelf, asked, question, parsed, abbreviations };
    const [hits, counted] = await Promise.all([
      placedHits(pool, search, after, question.limit + 1),
      countMatches(pool, search, after),
    ]);
    const page = hits.slice(0, question.limit);
    const total = totalBeside(counted.total, page.length, after === null && hits.length === page.length);
    const last = page.at(-1);
    const next =
      last !== undefined && hits.length > page.length
        ? writtenPlace({ ...last.place, n: total.count, m: total.atLeast })
        : null;
    return { recordIds: page.map(({ recordId }) => recordId), next, total, facets: counted.facets };
  });
}

/** Counting stops somewhere; what is shown is there all the same, and when it is everything the total is known. */
function totalBeside(counted: Found['total'], shown: number, isEverything: boolean): Found['total'] {
  if (isEverything) return { count: shown, atLeast: false };
  return { ...counted, count: Math.max(counted.count, shown) };
}

/** Of several entries of one record the newest; in an order in which two writers cannot wait for each other. */
export function newestOfEach(entries: readonly IndexEntry[]): IndexEntry[] {
  const newest = new Map<string, IndexEntry>();
  for (const entry of entries) {
    const held = newest.get(entry.recordId);
    if (held === undefined || entry.version >= held.version) newest.set(entry.recordId, entry);
  }
  return [...newest.values()].sort((one, other) => (one.recordId < other.recordId ? -1 : 1));
}

/** Notes where the records stand now, and returns those entries that are not older than what is held. */
async function standing(connection: SearchConnection, entries: readonly IndexEntry[]): Promise<IndexEntry[]> {
  const { rows } = await connection.query(
    `insert into vankho.search_standing as held (record_id, rank, version)
     select * from unnest($1::uuid[], $2::smallint[], $3::bigint[])
     on conflict (record_id) do update set rank = excluded.rank, version = excluded.version
     where held.version <= excluded.version
     returning record_id`,
    [entries.map((entry) => entry.recordId), entries.map((entry) => entry.rank), entries.map((entry) => entry.version)],
  );
  const accepted = new Set(rows.map((row) => row['record_id']));
  return entries.filter((entry) => accepted.has(entry.recordId));
}

/** Puts records on a shelf, each in its own rank's table and in no other. */
export async function layDown(
  connection: SearchConnection,
  shelf: Shelf,
  records: readonly Projected[],
): Promise<void> {
  if (records.length === 0) return;
  await takeAway(
    connection,
    shelf,
    records.map(({ recordId }) => recordId),
  );
  for (const record of records) {
    const { head, words, long } = vectorsOf(record);
    const { facets } = record;
    await connection.query(
      `insert into vankho.search_${shelf}_${record.rank}
         (record_id, version, readers, number_keys, head, words, long_exact, long_folded, document_type, issuer, unit,
          direction, urgency, state, year, issued_date, received_at)
       values ($1, $2, $3, $4, $5::tsvector, $6::tsvector, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        record.recordId,
        record.version,
        [...record.readers],
        [...record.numberKeys],
        head,
        words,
        long?.exact ?? null,
        long?.folded ?? null,
        facets.documentType,
        facets.issuer,
        facets.unit,
        facets.direction,
        facets.urgency,
        facets.state,
        facets.year,
        facets.issuedDate,
        record.receivedAt.toISOString(),
      ],
    );
  }
}

export async function takeAway(connection: SearchConnection, shelf: Shelf, ids: readonly string[]): Promise<void> {
  const each = ranks.map(
    (rank) => `from_${rank} as (delete from vankho.search_${shelf}_${rank} where record_id = any($1::uuid[]))`,
  );
  await connection.query(`with ${each.join(', ')} select 1`, [[...ids]]);
}

const inventoryStep = 1_000;

async function* inventoryOf(pool: SearchDatabase, rank: Rank): AsyncIterable<{ recordId: string; version: number }> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await answered(() =>
      pool.query(
        `select record_id, version from vankho.search_rank_${rank} where record_id > $1 order by record_id limit ${inventoryStep}`,
        [after],
      ),
    );
    for (const row of rows) yield { recordId: String(row['record_id']), version: Number(row['version']) };
    const last = rows.at(-1);
    if (last === undefined || rows.length < inventoryStep) return;
    after = String(last['record_id']);
  }
}
