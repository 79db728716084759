import { numberKey, numberKeysOf, tokensOf } from '../src/kernel/folding.ts';
import type { FacetValues, IndexEntry } from '../src/departments/search/ports.ts';
import type { Rank } from '../src/kernel/labels.ts';

/** The words of one field, in order, in both forms; the two lists run side by side. */
export interface FieldWords {
  readonly exact: readonly string[];
  readonly folded: readonly string[];
}

/**
 * What of a record stands in an index, and nothing else does: the words of the fields below (never their original
 * text), the keys of its number, the values it is counted and filtered by, and who may know it.
 *
 * `number`, `subject` and `people` are the head of a record, `files` and `text` its body: what matches in the head
 * alone comes before what needs the body.
 */
export interface Projected {
  readonly recordId: string;
  readonly rank: Rank;
  readonly version: number;
  readonly readers: readonly string[];
  readonly numberKeys: readonly string[];
  readonly number: FieldWords;
  readonly subject: FieldWords;
  readonly people: FieldWords;
  readonly files: FieldWords;
  readonly text: FieldWords;
  readonly facets: FacetValues;
  readonly receivedAt: Date;
}

/** A record longer than this (about 2,000 pages) is found by its first words only. Meilisearch: 8 attributes. */
export const longestText = 480_000;

export function projected(entry: IndexEntry): Projected {
  const numberKeys = numberKeysOf(entry.numberAndSymbol, entry.arrivalNumber);
  const figures = [entry.numberAndSymbol ?? '', entry.arrivalNumber ?? ''].join(' ');
  return {
    recordId: entry.recordId,
    rank: entry.rank,
    version: entry.version,
    readers: entry.readers,
    numberKeys,
    // The whole key is a word too: `123qdb` finds `123/QĐ-BCT` while it is being typed.
    number: wordsOf([figures, numberKey(entry.numberAndSymbol ?? '')]),
    subject: wordsOf([entry.subject]),
    people: wordsOf([entry.issuer ?? '', entry.signer ?? '']),
    files: wordsOf(entry.fileNames),
    text: wordsOf(entry.text, longestText),
    facets: entry.facets,
    receivedAt: entry.receivedAt,
  };
}

function wordsOf(texts: readonly string[], atMost = Number.POSITIVE_INFINITY): FieldWords {
  const exact: string[] = [];
  const folded: string[] = [];
  for (const text of texts) {
    for (const token of tokensOf(text)) {
      if (exact.length >= atMost) return { exact, folded };
      exact.push(token.exact);
      folded.push(token.folded);
    }
  }
  return { exact, folded };
}
