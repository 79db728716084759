import { facetNames, type FacetName, type Question } from '../../departments/search/ports.ts';
import { isCalendarDate } from '../../kernel/dates.ts';
import type { Rank } from '../../kernel/labels.ts';

/** Which tables: `rank` is the Postgres engine's index; `fresh` what another engine has not taken in yet. */
export type Shelf = 'rank' | 'fresh';

export const facetColumns: Readonly<Record<FacetName, string>> = {
  documentType: 'document_type',
  issuer: 'issuer',
  unit: 'unit',
  direction: 'direction',
  urgency: 'urgency',
  year: 'year',
};

/** Values of one statement, numbered as they are named. */
export class Values {
  readonly list: unknown[] = [];

  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

/** The ranks that are really asked: those allowed, narrowed to those chosen, each once. */
export function askedRanks({ ranks, filters: { onlyRanks } }: Question): Rank[] {
  return [...new Set(ranks)]
    .filter((rank) => onlyRanks === undefined || onlyRanks.includes(rank))
    .sort((one, other) => one - other);
}

/** PostgreSQL holds no U+0000: a value with one matches nothing, as it should. */
export const holdable = (values: readonly string[]): string[] => values.filter((value) => !value.includes('\u0000'));

/** Need-to-know and filters as SQL over one rank's table; every value is a parameter. */
export function permittedAndFiltered({ readers, filters }: Question, values: Values): string {
  const terms = [`readers && ${values.add(holdable(readers))}::text[]`];
  for (const name of facetNames) {
    const column = `${facetColumns[name]}::text`;
    const include = filters.include?.[name];
    const exclude = filters.exclude?.[name];
    if (include !== undefined) terms.push(`${column} = any(${values.add(holdable(include))}::text[])`);
    if (exclude !== undefined && exclude.length > 0) {
      terms.push(`(${column} is null or ${column} <> all(${values.add(holdable(exclude))}::text[]))`);
    }
  }
  if (filters.issuedFrom !== undefined) terms.push(`issued_date >= ${values.add(day(filters.issuedFrom))}::date`);
  if (filters.issuedUntil !== undefined) terms.push(`issued_date <= ${values.add(day(filters.issuedUntil))}::date`);
  return terms.join(' and ');
}

/** Both ends belong to the range. */
export function day(text: string): string {
  if (!isCalendarDate(text)) throw new RangeError('a date filter must be a calendar date');
  return text;
}
