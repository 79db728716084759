import type { Meilisearch, MultiSearchQuery } from 'meilisearch';
import { z } from 'zod';
import { indexName, readValue } from '../../../search-index/server-index.ts';
import { abbreviations } from '../../../search-index/vocabulary.ts';
import { SearchUnavailable, type Found, type Question } from '../../departments/search/ports.ts';
import type { Rank } from '../../kernel/labels.ts';
import { askedRanks } from './conditions.ts';
import { withConnection, type SearchDatabase } from './database.ts';
import { countedNames, emptyFacets, facetsOf, filtersSet, without, type Counted, type Facets } from './facets.ts';
import { bearing, noneOf, oneOf, serverFilter, serverQueries, type ServerQueries } from './meilisearch-queries.ts';
import { unsettled } from './meilisearch-pending.ts';
import { believed, reached } from './meilisearch-server.ts';
import { isCount, isObject, isUuid, readPlace, writtenPlace } from './place.ts';
import { countMatches, totalOf } from './postgres-count.ts';
import { placedHits, tiers } from './postgres-find.ts';
import { readQuestion } from './postgres.ts';

/** The server gives out no more than this of words (`maxTotalHits`); a reader who wants more asks more. A list has no end. */
const deepest = 20_000;
/** Records that a question of more than ten terms is narrowed to. */
const narrowedAtMost = 2_000;

/** A hit's place in the whole answer: everything the order looks at. Short names: it travels in addresses. */
interface ServerPlace {
  /** Tier; 1 for what the server does not have yet, which comes first in its tier. */
  readonly t: number;
  readonly f: 0 | 1;
  /** Whole words and nearness, as the server scores them from the record and the question alone; moment; record. */
  readonly e: number;
  readonly p: number;
  readonly r: number;
  readonly i: string;
  /** Hits given so far, and hits in all. */
  readonly d?: number;
  readonly n?: number;
}

function isServerPlace(value: unknown): value is ServerPlace {
  if (!isObject(value)) return false;
  const { t, f, e, p, r, i, d, n } = value;
  return (
    isCount(t) &&
    t < tiers.length &&
    (f === 0 || f === 1) &&
    [e, p, r].every(Number.isFinite) &&
    isUuid(i) &&
    isCount(d) &&
    (d < deepest || t === tiers.indexOf('newest')) &&
    isCount(n)
  );
}

/** Negative when `one` comes before `other`. Total: it ends in the record's id. */
function order(one: ServerPlace, other: ServerPlace): number {
  return (
    one.t - other.t ||
    other.f - one.f ||
    other.e - one.e ||
    other.p - one.p ||
    other.r - one.r ||
    (one.i < other.i ? -1 : 1)
  );
}

interface Asking {
  readonly client: Meilisearch;
  readonly prefix: string;
  readonly asked: readonly Rank[];
  readonly queries: ServerQueries;
  /** By rank: need-to-know, filters, and the copies that may not be seen. */
  readonly filter: (rank: Rank) => string[];
}

export async function findOnServer(
  options: { readonly pool: SearchDatabase; readonly client: Meilisearch; readonly prefix: string },
  question: Question,
): Promise<Found> {
  const { pool, client, prefix } = options;
  const after = question.after === undefined ? null : readPlace<ServerPlace>(question.after, isServerPlace);
  const parsed = readQuestion(question.words);
  const asked = askedRanks(question);
  const permitted = serverFilter(question);
  const counting = after?.n === undefined || question.withFacets;
  if (asked.length === 0 || permitted === undefined) {
    const none = { recordIds: [], next: null, total: totalOf(0) };
    return { ...none, facets: question.withFacets ? emptyFacets() : null };
  }
  const queries = serverQueries(parsed, abbreviations);
  const isList = queries.tiers.every(({ tier }) => tier === 'newest');
  // A page of a list begins where the one before it ended, however deep; all that is on the fresh shelf came before it.
  const beyond = isList && after?.f === 0 ? after : null;
  const wanted = beyond === null ? Math.min((after?.d ?? 0) + question.limit + 1, deepest) : question.limit + 1;

  // Both shelves as they were at one moment: what leaves the fresh one meanwhile is still hidden on the server.
  const waiting = await withConnection(pool, async (connection) => {
    await connection.query('begin transaction isolation level repeatable read read only');
    try {
      const state = await unsettled(connection, askedRanks(without(question, 'rank')));
      const here: SearchDatabase = {
        query: (sql, values) => connection.query(sql, values),
        connect: () => Promise.reject(new Error('one connection is enough')),
      };
      const search = { shelf: 'fresh' as const, asked, question, parsed, abbreviations };
      const hits = state.fresh && beyond === null ? await placedHits(here, search, null, wanted) : [];
      const counted = state.fresh && counting ? await countMatches(here, search, null) : null;
      await connection.query('commit');
      return { ...state, hits, counted };
    } catch (cause) {
      await connection.query('rollback');
      throw cause;
    }
  });

  const askingFor = async (one: Question): Promise<Asking> => {
    const allowed = serverFilter(one);
    const filter = (rank: Rank): string[] => {
      const hidden = waiting.hidden.get(rank) ?? [];
      return hidden.length === 0 ? (allowed ?? []) : [...(allowed ?? []), noneOf(hidden)];
    };
    const wide: Asking = { client, prefix, asked: allowed === undefined ? [] : askedRanks(one), queries, filter };
    return queries.narrowing === null ? wide : narrowed(wide, queries.narrowing);
  };
  const asking = await askingFor(question);
  const fresh = waiting.hits.map(({ recordId, place }): ServerPlace => {
    return { t: tiers.indexOf(place.t), f: 1, e: 1, p: 1, r: Date.parse(place.r), i: recordId };
  });
  const [hits, counted] = await Promise.all([
    mergedHits(asking, { fresh, beyond, wanted }),
    counting ? countsFor(question, asking, askingFor) : null,
  ]);

  const behind = after === null ? hits : hits.filter((hit) => order(after, hit) < 0 && hit.i !== after.i);
  const page = behind.slice(0, question.limit);
  const total = counted === null ? (after?.n ?? 0) : counted.total + (waiting.counted?.total.count ?? 0);
  const last = page.at(-1);
  const given = (after?.d ?? 0) + page.length;
  return {
    recordIds: page.map(({ i }) => i),
    next:
      last !== undefined && behind.length > page.length && (isList || given < deepest)
        ? writtenPlace({ ...last, d: given, n: total })
        : null,
    total: totalOf(total),
    facets: question.withFacets && counted !== null ? facetsTogether(counted.facets, waiting.counted?.facets) : null,
  };
}

const hitLists = z.object({
  results: z.array(
    z.object({
      hits: z.array(
        z.object({ id: z.uuid(), receivedAt: z.number().optional(), _rankingScoreDetails: z.unknown().optional() }),
      ),
    }),
  ),
});
const facetCounts = z.object({
  facetsByIndex: z
    .record(
      z.string(),
      z.object({ distribution: z.record(z.string(), z.record(z.string(), z.number().int().nonnegative())) }),
    )
    .optional(),
});

async function searched(client: Meilisearch, queries: readonly MultiSearchQuery[]) {
  const { results } = believed(hitLists, await reached(() => client.multiSearch({ queries: [...queries] })));
  if (results.length !== queries.length) throw new SearchUnavailable();
  return results;
}

const base = (prefix: string, rank: Rank, q: string, filter: readonly string[]) => ({
  indexUid: indexName(prefix, rank),
  q,
  filter: [...filter],
  matchingStrategy: 'all' as const,
  locales: ['vie' as const],
});

/** More than ten terms: first the records that have the first ten, then, among them, those that have the last ten. */
async function narrowed(asking: Asking, texts: readonly string[]): Promise<Asking> {
  const { client, prefix, asked, filter } = asking;
  const ids = new Map<Rank, string[]>();
  await Promise.all(
    asked.map(async (rank) => {
      const lists = await searched(
        client,
        texts.map((q) => ({
          ...base(prefix, rank, q, filter(rank)),
          limit: narrowedAtMost,
          attributesToRetrieve: ['id'],
        })),
      );
      ids.set(rank, [...new Set(lists.flatMap(({ hits }) => hits.map(({ id }) => id)))]);
    }),
  );
  return {
    ...asking,
    asked: asked.filter((rank) => (ids.get(rank) ?? []).length > 0),
    filter: (rank) => [...filter(rank), oneOf(ids.get(rank) ?? [])],
  };
}

/** In the order of a list: an earlier moment, or the same one and a later id. */
const cameAfter = ({ r, i }: ServerPlace): string => `receivedAt < ${r} OR (receivedAt = ${r} AND id > "${i}")`;

interface Details {
  readonly exactness?: { readonly score?: number };
  readonly proximity?: { readonly score?: number };
}

/**
 * The first `wanted` hits of the whole answer. Tiers lie inside each other (what has the words in its head has them
 * somewhere), so a tier's hits are those that no tier before it had. Twice as many are asked of each tier as are
 * wanted: those before it were fewer than wanted, or it would not be reached.
 */
async function mergedHits(
  asking: Asking,
  from: { readonly fresh: readonly ServerPlace[]; readonly beyond: ServerPlace | null; readonly wanted: number },
): Promise<ServerPlace[]> {
  const { client, prefix, asked, queries } = asking;
  const { fresh, beyond, wanted } = from;
  const limit = Math.min((queries.tiers.length === 1 ? 1 : 2) * wanted, deepest);
  const filter = (rank: Rank) => (beyond === null ? asking.filter(rank) : [...asking.filter(rank), cameAfter(beyond)]);
  const lists = await Promise.all(
    asked.map(async (rank) => {
      const each = queries.tiers.flatMap(({ tier, texts, numbers }) =>
        texts.map((q) => {
          const rules = numbers === undefined ? filter(rank) : [...filter(rank), bearing(numbers)];
          return { tier, query: { ...base(prefix, rank, q, rules), limit, showRankingScoreDetails: true } };
        }),
      );
      const results = await searched(
        client,
        each.map(({ query }) => ({ ...query, attributesToRetrieve: ['id', 'receivedAt'] })),
      );
      return results.flatMap(({ hits }, at) => {
        const t = tiers.indexOf(each[at]?.tier ?? 'words');
        return hits.map((hit): ServerPlace => {
          const details = (hit._rankingScoreDetails ?? {}) as Details;
          const [e, p] = [details.exactness?.score ?? 1, details.proximity?.score ?? 1];
          return { t, f: 0, e, p, r: Number(hit.receivedAt), i: hit.id };
        });
      });
    }),
  );
  const seen = new Set<string>();
  return [...fresh, ...lists.flat()]
    .sort(order)
    .filter(({ i }) => !seen.has(i) && seen.add(i))
    .slice(0, wanted);
}

interface Counts {
  readonly total: number;
  readonly facets: Facets;
}

/** The counts of a filter that is set are those without it. */
async function countsFor(
  question: Question,
  asking: Asking,
  askingFor: (one: Question) => Promise<Asking>,
): Promise<Counts> {
  if (!question.withFacets) return counts(asking, ['rank']);
  const set = filtersSet(question);
  const [all, ...others] = await Promise.all([
    counts(asking, countedNames),
    ...set.map(async (name) => {
      const { facets } = await counts(await askingFor(without(question, name)), [name]);
      return { [name]: facets[name] };
    }),
  ]);
  return { ...all, facets: Object.assign({}, all.facets, ...others) as Facets };
}

/**
 * Federated questions without hits: each counts a record once, however many of its texts the record matches. Records
 * that bear the number are counted apart from the others, because the server does not mix questions without words with
 * those that have some.
 */
async function counts(asking: Asking, names: readonly Counted[]): Promise<Counts> {
  const { client, prefix, asked, queries, filter } = asking;
  const numbers = queries.tiers.find(({ tier }) => tier === 'number')?.numbers;
  const widest = queries.tiers.filter(({ tier }) => tier === 'words' || tier === 'newest' || tier === 'number');
  const distributions = await Promise.all(
    (asked.length === 0 ? [] : widest).map(async ({ tier, texts }) => {
      const rules = numbers === undefined ? [] : [`${tier === 'number' ? '' : 'NOT '}${bearing(numbers)}`];
      const reply = await reached(() =>
        client.multiSearch({
          federation: {
            limit: 0,
            facetsByIndex: Object.fromEntries(asked.map((rank) => [indexName(prefix, rank), [...names]])),
          },
          queries: asked.flatMap((rank) => texts.map((q) => base(prefix, rank, q, [...filter(rank), ...rules]))),
        }),
      );
      return Object.values(believed(facetCounts, reply).facetsByIndex ?? {}).map(({ distribution }) => distribution);
    }),
  );
  const found: { name: Counted; value: string; count: number }[] = [];
  for (const distribution of distributions.flat()) {
    for (const [name, values] of Object.entries(distribution)) {
      for (const [text, count] of Object.entries(values)) {
        const value = name === 'rank' ? text : readValue(text);
        if (value !== undefined) found.push({ name: name as Counted, value, count });
      }
    }
  }
  const facets = facetsOf(summed(found));
  return { total: facets.rank.reduce((sum, { count }) => sum + count, 0), facets };
}

function summed(found: readonly { name: Counted; value: string; count: number }[]) {
  const sums = new Map<string, { name: Counted; value: string; count: number }>();
  for (const { name, value, count } of found) {
    const key = `${name} ${value}`;
    sums.set(key, { name, value, count: (sums.get(key)?.count ?? 0) + count });
  }
  return [...sums.values()];
}

function facetsTogether(one: Facets, other: Facets | null | undefined): Facets {
  if (other === null || other === undefined) return one;
  const flat = [one, other].flatMap((facets) =>
    countedNames.flatMap((name) => facets[name].map((each) => ({ name, ...each }))),
  );
  return facetsOf(summed(flat));
}
