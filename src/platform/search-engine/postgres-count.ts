import { facetNames, type Found, type Question } from '../../departments/search/ports.ts';
import { askedRanks, facetColumns, permittedAndFiltered, Values } from './conditions.ts';
import type { SearchDatabase } from './database.ts';
import { countedNames, facetsOf, filtersSet, without, type Counted } from './facets.ts';
import { anywhere, bearsNumber, type PostgresPlace, type Search } from './postgres-find.ts';
import { queriesOf, type Queries } from './tsquery.ts';

/** Counted are the newest records that match; a record that the indexes name costs 2 µs. */
const countedAtMost = 10_000;
/** A record in which the words must be looked at themselves costs 20 µs: they lie beside its row. */
const lookedAtMost = 5_000;

const columns = facetNames.map((name) => facetColumns[name]).join(', ');
const columnOf = (name: Counted): string => (name === 'rank' ? 'rank' : facetColumns[name]);

/**
 * Counts what the person may see and nothing else, in one statement: what matches, by each facet, and by each facet that
 * is filtered by also what would match without that filter.
 */
export async function countMatches(
  pool: SearchDatabase,
  search: Search,
  after: PostgresPlace | null,
): Promise<Pick<Found, 'total' | 'facets'>> {
  const { question } = search;
  if (after?.n !== undefined && !question.withFacets) {
    return { total: { count: after.n, atLeast: after.m ?? false }, facets: null };
  }
  const values = new Values();
  const set = question.withFacets ? filtersSet(question) : [];
  const others = question.withFacets ? countedNames.filter((name) => !set.includes(name)) : [];
  const tables = [
    newestMatches('matches', search, question, values),
    ...set.map((name) => newestMatches(`without_${columnOf(name)}`, search, without(question, name), values)),
  ];
  const { rows } = await pool.query(
    `with ${tables.join(', ')}
     select null as name, null as value, count(*) as count, (select cut from matches_cut) as cut from matches
     ${others.map((name) => counted(name, 'matches')).join(' ')}
     ${set.map((name) => counted(name, `without_${columnOf(name)}`)).join(' ')}`,
    values.list,
  );
  const [total, ...counts] = rows;
  return {
    total: totalOf(Number(total?.['count'] ?? 0), total?.['cut'] === true),
    facets: question.withFacets
      ? facetsOf(
          counts.map((row) => ({
            name: row['name'] as Counted,
            value: String(row['value']),
            count: Number(row['count']),
          })),
        )
      : null,
  };
}

export function totalOf(count: number, cut = count > countedAtMost): Found['total'] {
  return { count: Math.min(count, countedAtMost), atLeast: cut };
}

function counted(name: Counted, table: string): string {
  const column = columnOf(name);
  return `union all select '${name}', ${column}::text, count(*), null from ${table} where ${column} is not null group by ${column}`;
}

/** The newest records that match, as a common table, and whether there may be more of them. */
function newestMatches(table: string, search: Search, question: Question, values: Values): string {
  const queries = queriesOf(search.parsed, search.abbreviations);
  const named = `${permittedAndFiltered(question, values)} and ${namedByIndex(search, queries, values)}`;
  const looked = lookedAt(search, queries, values);
  const atMost = looked === null ? countedAtMost : lookedAtMost;
  const words = looked === null ? '' : ', number_keys, words, long_exact, long_folded';
  const each = askedRanks(question)
    .map(
      (rank) => `(select ${rank} as rank, record_id, received_at, ${columns}${words}
        from vankho.search_${search.shelf}_${rank} where ${named} order by received_at desc, record_id limit ${atMost + 1})`,
    )
    .join(' union all ');
  return `${table}_named as materialized (
      select * from (${each}) as each_rank order by received_at desc, record_id limit ${atMost + 1}),
    ${table} as materialized (
      select rank, ${columns} from (select * from ${table}_named limit ${atMost}) as named where ${looked ?? 'true'}),
    ${table}_cut as (select count(*) > ${atMost} as cut from ${table}_named)`;
}

/** What the indexes answer by themselves. */
function namedByIndex({ parsed }: Search, { folded, anyOrder }: Queries, values: Values): string {
  if (folded === '') return 'true';
  const terms = [`words @@ ${values.add(anyOrder)}::tsquery`];
  if (parsed.numbers.length > 0) terms.push(bearsNumber(parsed, values));
  return `(${terms.join(' or ')})`;
}

/** What must be looked at in each record: where its words stand, and that others do not; null when nothing must. */
function lookedAt({ parsed }: Search, queries: Queries, values: Values): string | null {
  const terms: string[] = [];
  if (queries.folded !== queries.anyOrder) {
    const bears = parsed.numbers.length > 0 ? [bearsNumber(parsed, values)] : [];
    terms.push(`(${[...bears, anywhere(queries, values)].join(' or ')})`);
  }
  if (queries.excluded !== '') terms.push(`not words @@ ${values.add(queries.excluded)}::tsquery`);
  return terms.length === 0 ? null : terms.join(' and ');
}
