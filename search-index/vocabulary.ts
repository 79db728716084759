/**
 * The two lists an archivist edits, read once. Both engines see them only through `requiredParts` and
 * `withoutStopWords` of the kernel, so that they answer alike; neither engine's own synonym or stop word
 * setting is used.
 *
 * - abbreviations.json: an abbreviation and what it stands for. A question with one finds the other, both ways.
 * - stop-words.json: words that need not be found when other words are asked. They are compared with their marks, so
 *   `la` typed without marks (which may mean `lá`) is still looked for.
 *
 * Nothing is indexed again after an edit: the lists work on questions, not on records.
 */
import abbreviationList from './abbreviations.json' with { type: 'json' };
import stopWordList from './stop-words.json' with { type: 'json' };
import type { Abbreviation } from '../src/kernel/question.ts';
import { tokensOf } from '../src/kernel/folding.ts';

const foldedWords = (text: string): string[] => tokensOf(text).map(({ folded }) => folded);

export const abbreviations: readonly Abbreviation[] = Object.entries(abbreviationList).flatMap(([short, meanings]) =>
  meanings.map((long) => ({ short: foldedWords(short), long: foldedWords(long) })),
);

export const stopWords: ReadonlySet<string> = new Set(
  stopWordList.flatMap((word) => tokensOf(word).map(({ exact }) => exact)),
);
