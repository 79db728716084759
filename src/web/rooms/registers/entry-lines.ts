import type { RegisterEntry } from '../../../contract/registers.ts';

export interface Gap {
  readonly from: number;
  readonly until: number;
}

/** A line of the book as it is shown: an entry, or the numbers between two entries that nobody has entered. */
export type BookLine =
  { readonly kind: 'entry'; readonly entry: RegisterEntry } | { readonly kind: 'gap'; readonly gap: Gap };

/**
 * Entries, newest number first, with each gap between its neighbours. A gap whose lower neighbour is not loaded yet waits
 * for it: what is under the last line is not known.
 */
export function bookLines(entries: readonly RegisterEntry[], gaps: readonly Gap[]): readonly BookLine[] {
  const falling = gaps.toSorted((one, other) => other.from - one.from);
  return entries.flatMap((entry, at): BookLine[] => {
    const above = entries[at - 1]?.number ?? null;
    const { number } = entry;
    const between =
      above === null || number === null ? [] : falling.filter(({ from, until }) => from > number && until < above);
    return [...between.map((gap): BookLine => ({ kind: 'gap', gap })), { kind: 'entry', entry }];
  });
}

/** Books by year, the newest year first; in a year what comes in, what goes out, what stays. */
export function booksByYear<Book extends { readonly year: number; readonly direction: Direction }>(
  books: readonly Book[],
): readonly { readonly year: number; readonly books: readonly Book[] }[] {
  const years = [...new Set(books.map(({ year }) => year))].sort((one, other) => other - one);
  return years.map((year) => ({
    year,
    books: books
      .filter((book) => book.year === year)
      .toSorted((one, other) => order.indexOf(one.direction) - order.indexOf(other.direction)),
  }));
}

type Direction = 'incoming' | 'outgoing' | 'internal';
const order: readonly Direction[] = ['incoming', 'outgoing', 'internal'];
