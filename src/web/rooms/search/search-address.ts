import { searchQuery, type SearchQuery } from '../../../contract/search.ts';

/**
 * The whole state of a search stands in the address, under the names of the contract: a search can be sent to a
 * colleague, kept as a bookmark, and gone back to.
 */
export const facetNames = ['documentType', 'issuer', 'unit', 'direction', 'urgency', 'rank', 'year'] as const;
export type FacetName = (typeof facetNames)[number];
export type Stance = 'off' | 'include' | 'exclude';

type ListKey =
  'type' | 'notType' | 'issuer' | 'notIssuer' | 'unit' | 'notUnit' | 'direction' | 'urgency' | 'year' | 'rank';

/** Three-way where the contract has a key for "not". */
export const facetKeys: Readonly<Record<FacetName, { readonly include: ListKey; readonly exclude?: ListKey }>> = {
  documentType: { include: 'type', exclude: 'notType' },
  issuer: { include: 'issuer', exclude: 'notIssuer' },
  unit: { include: 'unit', exclude: 'notUnit' },
  direction: { include: 'direction' },
  urgency: { include: 'urgency' },
  rank: { include: 'rank' },
  year: { include: 'year' },
};

const listKeys = facetNames.flatMap((name) => {
  const { include, exclude } = facetKeys[name];
  return exclude === undefined ? [include] : [include, exclude];
});
const dayKeys = ['from', 'until'] as const;
export type DayKey = (typeof dayKeys)[number];

/** Part of the answer's address only: which page of hits, how many. */
export type SearchAsked = Omit<SearchQuery, 'after' | 'limit' | 'facets'>;

/** What the address says, without what the contract would refuse: an address is typed by anybody. */
export function askedOf(address: URLSearchParams): SearchAsked {
  const sound: Record<string, string | string[]> = { q: (address.get('q') ?? '').slice(0, 500) };
  for (const key of listKeys) {
    const values = [...new Set(address.getAll(key))]
      .filter((value) => searchQuery.shape[key].safeParse([value]).success)
      .slice(0, 50);
    if (values.length > 0) sound[key] = values;
  }
  for (const key of dayKeys) {
    const value = address.get(key);
    if (value !== null && searchQuery.shape[key].safeParse(value).success) sound[key] = value;
  }
  const { after: _after, limit: _limit, facets: _facets, ...asked } = searchQuery.parse(sound);
  return asked;
}

export function stanceOf(address: URLSearchParams, facet: FacetName, value: string): Stance {
  const { include, exclude } = facetKeys[facet];
  if (address.getAll(include).includes(value)) return 'include';
  return exclude !== undefined && address.getAll(exclude).includes(value) ? 'exclude' : 'off';
}

/** The address with one value of a facet chosen, refused or left alone; other keys stay in their order. */
export function withStance(
  address: URLSearchParams,
  facet: FacetName,
  values: readonly string[],
  stance: Stance,
): URLSearchParams {
  const { include, exclude } = facetKeys[facet];
  const next = new URLSearchParams(address);
  for (const value of values) {
    next.delete(include, value);
    if (exclude !== undefined) next.delete(exclude, value);
    if (stance === 'include') next.append(include, value);
    if (stance === 'exclude' && exclude !== undefined) next.append(exclude, value);
  }
  return next;
}

/** The address with one single value set, or taken out when it is empty. */
export function withValue(address: URLSearchParams, key: 'q' | DayKey, value: string): URLSearchParams {
  const next = new URLSearchParams(address);
  if (value === '') next.delete(key);
  else next.set(key, value);
  return next;
}

export function withoutFilters(address: URLSearchParams): URLSearchParams {
  const q = address.get('q');
  return new URLSearchParams(q === null || q === '' ? {} : { q });
}

export interface Chosen {
  readonly facet: FacetName;
  readonly value: string;
  readonly stance: 'include' | 'exclude';
}

/** Everything that narrows the search, in the order of the facets. */
export function chosenIn(address: URLSearchParams): Chosen[] {
  return facetNames.flatMap((facet) => {
    const { include, exclude } = facetKeys[facet];
    const of = (key: ListKey | undefined, stance: Chosen['stance']): Chosen[] =>
      key === undefined ? [] : [...new Set(address.getAll(key))].map((value) => ({ facet, value, stance }));
    return [...of(include, 'include'), ...of(exclude, 'exclude')];
  });
}

/** The record a hit leads to: at the page where the words stand, with the words to be marked there. */
export function hitAddress(recordId: string, q: string, line: { fileId: string; number: number } | null): string {
  const query = new URLSearchParams();
  if (line !== null) {
    query.set('tep', line.fileId);
    query.set('trang', String(line.number));
  }
  if (q.trim() !== '') query.set('q', q.trim());
  const said = query.toString();
  return `/van-ban/${recordId}${said === '' ? '' : `?${said}`}`;
}
