import { facetNames, type FacetName, type Found, type Question } from '../../departments/search/ports.ts';

export type Facets = NonNullable<Found['facets']>;
export type Counted = 'rank' | FacetName;

export const countedNames: readonly Counted[] = ['rank', ...facetNames];
const valuesAtMost = 200;

export function emptyFacets(): Facets {
  return { rank: [], documentType: [], issuer: [], unit: [], direction: [], urgency: [], year: [] };
}

/** Most frequent first, then by value, so that equal worlds give equal answers. */
export function facetsOf(counts: readonly { name: Counted; value: string; count: number }[]): Facets {
  const lists: Record<Counted, { value: string; count: number }[]> = {
    rank: [],
    documentType: [],
    issuer: [],
    unit: [],
    direction: [],
    urgency: [],
    year: [],
  };
  for (const { name, value, count } of counts) lists[name].push({ value, count });
  for (const name of countedNames) {
    lists[name] = lists[name]
      .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
      .slice(0, valuesAtMost);
  }
  return lists;
}

/** What a person has narrowed the question by. */
export function filtersSet({ filters: { include, exclude, onlyRanks } }: Question): Counted[] {
  return countedNames.filter((name) =>
    name === 'rank' ? onlyRanks !== undefined : (include?.[name] ?? exclude?.[name]) !== undefined,
  );
}

/** The question without one of its filters, which is how the values of that filter are counted. */
export function without(question: Question, name: Counted): Question {
  const { onlyRanks, ...filters } = question.filters;
  const others = (chosen: Question['filters']['include'] = {}) =>
    Object.fromEntries(Object.entries(chosen).filter(([other]) => other !== name));
  return {
    ...question,
    filters: {
      ...filters,
      include: others(filters.include),
      exclude: others(filters.exclude),
      ...(name === 'rank' || onlyRanks === undefined ? {} : { onlyRanks }),
    },
  };
}
