import type { FieldWords, Projected } from '../../../search-index/projection.ts';

/**
 * The words of a record as PostgreSQL tsvectors, written by hand instead of by a text search configuration, so that
 * folding is ours and the same in every engine.
 *
 * What a tsvector can hold, and what is done about it: a position above 16,383 is kept as 16,383 (the word is found,
 * its neighbours are not, so `long` carries the words for phrases); 256 positions a word; one megabyte in all, which
 * is kept by thinning positions and, for a text of more than that many different words, leaving out the last ones.
 */
export interface Vectors {
  readonly head: string;
  readonly words: string;
  readonly long: { readonly exact: string; readonly folded: string } | null;
}

type Weight = 'A' | 'B' | 'C' | 'D';

const lastPosition = 16_383;
const mostPositions = 255;
/** Under PostgreSQL's 1,048,575 bytes, with room for what the estimate does not see. */
const mostBytes = 900_000;
/** Words of two fields are no neighbours. */
const fieldGap = 2;

class Lexemes {
  readonly #places = new Map<string, Map<number, Weight>>();
  #next = 1;

  add(words: FieldWords, exactWeight: Weight, foldedWeight: Weight): void {
    words.exact.forEach((exact, index) => {
      const position = Math.min(this.#next, lastPosition);
      this.#place(exact, position, exactWeight);
      this.#place(words.folded[index] ?? exact, position, foldedWeight);
      this.#next += 1;
    });
    this.#next += fieldGap;
  }

  get passesEnd(): boolean {
    return this.#next > lastPosition;
  }

  /** The tsvector's text form, thinned until it fits. */
  toText(): string {
    for (const positions of [mostPositions, 64, 8, 1]) {
      if (this.#bytes(positions) <= mostBytes) return this.#written(positions);
    }
    return this.#written(1);
  }

  /** An unmarked word is exact and folded at once: the heavier weight stays, as in PostgreSQL itself. */
  #place(word: string, position: number, weight: Weight): void {
    const places = this.#places.get(word) ?? new Map<number, Weight>();
    this.#places.set(word, places);
    const held = places.get(position);
    if (held === undefined || weight < held) places.set(position, weight);
  }

  #bytes(positions: number): number {
    let sum = 0;
    for (const [word, places] of this.#places) sum += size(word, Math.min(places.size, positions));
    return sum;
  }

  #written(positions: number): string {
    const parts: string[] = [];
    let sum = 0;
    for (const [word, places] of this.#places) {
      sum += size(word, Math.min(places.size, positions));
      if (sum > mostBytes) break;
      const shown: string[] = [];
      for (const [position, weight] of places) {
        if (shown.length >= positions) break;
        shown.push(`${position}${weight}`);
      }
      parts.push(`${quoted(word)}:${shown.join(',')}`);
    }
    return parts.join(' ');
  }
}

/** Entry of four bytes, the word, padding, a count, two bytes a position. */
function size(word: string, positions: number): number {
  return 4 + Buffer.byteLength(word) + 2 + 2 * (positions + 1);
}

/** Words hold letters, digits and marks only; the doubling is for whoever changes that. */
export function quoted(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

export function vectorsOf(record: Projected): Vectors {
  const head = new Lexemes();
  const words = new Lexemes();
  for (const field of [record.number, record.subject, record.people]) {
    head.add(field, 'A', 'B');
    words.add(field, 'A', 'B');
  }
  for (const field of [record.files, record.text]) words.add(field, 'C', 'D');
  return {
    head: head.toText(),
    words: words.toText(),
    long: words.passesEnd ? { exact: inOrder(record.text.exact), folded: inOrder(record.text.folded) } : null,
  };
}

/** Every word between two blanks, so that a phrase is found as ` one two `. */
function inOrder(words: readonly string[]): string {
  return ` ${words.join(' ')} `;
}
