import { peopleLines } from '../../../contract/people.ts';

/** What is asked of the list of people, as it stands in the address under the names of the contract. */
export interface PeopleAsked {
  readonly q: string;
  readonly unit?: string;
  readonly state: 'here' | 'left' | 'all';
}

export const peopleStates = ['here', 'left', 'all'] as const;

/** What the address says, without what the contract would refuse. */
export function askedOf(address: URLSearchParams): PeopleAsked {
  const { q, unit, state } = peopleLines.people.query.shape;
  const words = q.safeParse(address.get('q')?.trim() ?? '');
  const one = unit.safeParse(address.get('unit') ?? undefined);
  const shown = state.safeParse(address.get('state') ?? undefined);
  return {
    q: words.success ? words.data : '',
    ...(one.success && one.data !== undefined ? { unit: one.data } : {}),
    state: shown.success ? shown.data : 'here',
  };
}

/** The address with some of it said anew; what is said by default is left out. */
export function withAsked(address: URLSearchParams, said: Readonly<Partial<Record<keyof PeopleAsked, string | null>>>) {
  const next = new URLSearchParams(address);
  for (const [key, value] of Object.entries(said)) {
    if (value === null || value === '' || (key === 'state' && value === 'here')) next.delete(key);
    else next.set(key, value);
  }
  return next;
}
