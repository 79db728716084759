import {
  requiredParts,
  type Abbreviation,
  type AskedPhrase,
  type AskedWord,
  type ParsedQuestion,
} from '../../kernel/question.ts';
import { isMarked } from '../../kernel/folding.ts';
import { quoted } from './vectors.ts';

/**
 * A question as PostgreSQL tsqueries, in text form. In every vector exact words weigh A or C and folded ones B or D;
 * a marked word exists as an exact one only, so the weight is asked just for words without marks. That keeps the
 * plain folded question free of weights, and PostgreSQL answers such a question from the index alone.
 */
export interface Queries {
  /** What must be found, folded; '' when nothing must. */
  readonly folded: string;
  /** The same with the last word as a whole word; null when no word is open. */
  readonly whole: string | null;
  /** What comes first: every word with the marks it was typed with; null when no marks were typed. */
  readonly exact: string | null;
  /** The same without asking in which order words stand: the index alone answers it. */
  readonly anyOrder: string;
  /** What may not be found; '' when anything may. */
  readonly excluded: string;
  /** For records too long to be placed: phrases as loose words, and the runs of words that must stand in their text. */
  readonly loose: string;
  readonly runs: readonly { readonly form: 'exact' | 'folded'; readonly text: string }[];
}

export function queriesOf(parsed: ParsedQuestion, abbreviations: readonly Abbreviation[]): Queries {
  const parts = requiredParts(parsed.words, abbreviations);
  const words = (open: boolean, run = sideBySide): string[] =>
    parts.map(({ typed, otherwise }) => {
      const asTyped = all(typed.map((word) => foldedWord(word, open)));
      return either([asTyped, ...otherwise.map((other) => run(other.map(quoted)))]);
    });
  const phrases = parsed.phrases.map(phrase);
  const looseWords = parsed.phrases.flatMap((asked) => asked.words.map((word) => foldedWord(word, false)));
  const open = parsed.words.some(({ prefix }) => prefix);
  return {
    folded: all([...words(true), ...phrases]),
    whole: open ? all([...words(false), ...phrases]) : null,
    exact: parsed.marked ? all([...parsed.words.map((word) => exactWord(word, true)), ...phrases]) : null,
    anyOrder: all([
      ...words(true, all),
      ...parsed.phrases.flatMap(({ words: run, marked }) =>
        run.map((word) => quoted(word[marked ? 'exact' : 'folded'])),
      ),
    ]),
    excluded: either(parsed.excluded.map(phrase)),
    loose: all([...words(true), ...looseWords]),
    runs: parsed.phrases.map(({ marked, words: run }) => {
      const form = marked ? 'exact' : 'folded';
      return { form, text: ` ${run.map((word) => word[form]).join(' ')} ` };
    }),
  };
}

function phrase({ words, marked }: AskedPhrase): string {
  return sideBySide(words.map((word) => (marked ? exactWord(word, false) : foldedWord(word, false))));
}

function foldedWord({ folded, prefix }: AskedWord, open: boolean): string {
  return quoted(folded) + (prefix && open ? ':*' : '');
}

function exactWord(word: AskedWord, open: boolean): string {
  const flags = `${word.prefix && open ? '*' : ''}${isMarked(word) ? '' : 'AC'}`;
  return quoted(word.exact) + (flags === '' ? '' : `:${flags}`);
}

const all = (terms: readonly string[]): string => terms.join(' & ');
const sideBySide = (terms: readonly string[]): string =>
  terms.length > 1 ? `(${terms.join(' <-> ')})` : (terms[0] ?? '');
const either = (terms: readonly string[]): string =>
  terms.length > 1 ? `(${terms.map((term) => `(${term})`).join(' | ')})` : (terms[0] ?? '');
