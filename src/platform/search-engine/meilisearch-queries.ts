import { dayNumber, filterAttributes, token, written, type WordShelf } from '../../../search-index/server-index.ts';
import { facetNames, type Question } from '../../departments/search/ports.ts';
import {
  requiredParts,
  type Abbreviation,
  type AskedPhrase,
  type AskedWord,
  type ParsedQuestion,
} from '../../kernel/question.ts';
import { day } from './conditions.ts';
import type { Tier } from './postgres-find.ts';

/** One required piece of a question in the server's words; several when it can be said in several ways. */
type Piece = readonly string[];

/** The server reads ten terms of a question and forgets the others without a word. */
export const termsAtMost = 10;
/** Ways of saying a question: each abbreviation in it doubles them. */
const variantsAtMost = 8;

/**
 * A tier as texts for the server, of which a record must match one. Every word is quoted: a quoted word is that word,
 * without the server's gluing (`quy hoạch` = `quyhoạch`) and splitting. The open last word alone stands bare, at the
 * end, where it matches by its beginning.
 */
export interface TierQuery {
  readonly tier: Tier;
  readonly texts: readonly string[];
  /** Keys of the numbers that the record must bear, in place of words. */
  readonly numbers?: readonly string[];
}

export interface ServerQueries {
  readonly tiers: readonly TierQuery[];
  /** For questions of more than ten terms: texts that a record must match as well, of which one. */
  readonly narrowing: readonly string[] | null;
}

export function serverQueries(parsed: ParsedQuestion, abbreviations: readonly Abbreviation[]): ServerQueries {
  const excluded = parsed.excluded.map((phrase) => `-${phraseText(phrase, 'b', 'c')}`);
  const foldedPieces = (folded: WordShelf, exact: WordShelf): Piece[] => [
    ...parsed.phrases.map((phrase) => [phraseText(phrase, folded, exact)]),
    ...requiredParts(parsed.words, abbreviations).map(({ typed, otherwise }) => [
      typed.map((word) => wordText(word, folded)).join(' '),
      ...otherwise.map((run) => `"${run.map((word) => token(folded, word)).join(' ')}"`),
    ]),
  ];
  const exactPieces = (folded: WordShelf, exact: WordShelf): Piece[] => [
    ...parsed.phrases.map((phrase) => [phraseText(phrase, folded, exact)]),
    ...parsed.words.map((word) => [wordText(word, exact)]),
  ];
  const last = (pieces: readonly Piece[]) => texts(excluded, lastTerms(pieces));
  const anywhere = foldedPieces('b', 'c');
  if (anywhere.length === 0) return { tiers: [{ tier: 'newest', texts: texts(excluded, []) }], narrowing: null };
  const tiers: TierQuery[] = [];
  if (parsed.numbers.length > 0) {
    tiers.push({ tier: 'number', texts: texts(excluded, []), numbers: parsed.numbers.map(written) });
  }
  if (parsed.marked) tiers.push({ tier: 'headExact', texts: last(exactPieces('h', 'i')) });
  tiers.push({ tier: 'head', texts: last(foldedPieces('h', 'i')) });
  if (parsed.marked) tiers.push({ tier: 'exact', texts: last(exactPieces('b', 'c')) });
  tiers.push({ tier: 'words', texts: last(anywhere) });
  return { tiers, narrowing: anywhere.length > termsAtMost ? texts([], anywhere.slice(0, termsAtMost)) : null };
}

/** The last ten pieces: the open word is among them. */
function lastTerms(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.slice(-termsAtMost);
}

function texts(excluded: readonly string[], pieces: readonly Piece[]): string[] {
  let ways: string[][] = [[]];
  for (const piece of pieces) {
    const said = ways.length * piece.length <= variantsAtMost ? piece : piece.slice(0, 1);
    ways = ways.flatMap((way) => said.map((text) => [...way, text]));
  }
  return ways.map((way) => [...excluded, ...inPlace(way)].join(' '));
}

/** Bare beginnings go last, or the server takes them for whole words. */
function inPlace(pieces: readonly string[]): readonly string[] {
  return [...pieces].sort((one, other) => Number(!one.endsWith('"')) - Number(!other.endsWith('"')));
}

function wordText(word: AskedWord, shelf: WordShelf): string {
  const said = token(shelf, shelf === 'i' || shelf === 'c' ? word.exact : word.folded);
  return word.prefix ? said : `"${said}"`;
}

function phraseText({ words, marked }: AskedPhrase, folded: WordShelf, exact: WordShelf): string {
  return `"${words.map((word) => (marked ? token(exact, word.exact) : token(folded, word.folded))).join(' ')}"`;
}

const among = (name: string, values: readonly string[]): string =>
  `${name} IN [${values.map((value) => `"${value}"`).join(', ')}]`;

/**
 * Need-to-know and filters. Undefined when nothing can match. Values are base32, so no value can end a filter.
 */
export function serverFilter({ readers, filters }: Question): string[] | undefined {
  const terms = [among('readers', readers.map(written))];
  let nothing = readers.length === 0;
  for (const name of facetNames) {
    const include = filters.include?.[name];
    const exclude = filters.exclude?.[name];
    if (include?.length === 0) nothing = true;
    else if (include !== undefined) terms.push(among(filterAttributes[name], include.map(written)));
    if (exclude !== undefined && exclude.length > 0) {
      terms.push(`NOT ${among(filterAttributes[name], exclude.map(written))}`);
    }
  }
  if (filters.issuedFrom !== undefined) terms.push(`issuedDay >= ${dayNumber(day(filters.issuedFrom))}`);
  if (filters.issuedUntil !== undefined) terms.push(`issuedDay <= ${dayNumber(day(filters.issuedUntil))}`);
  return nothing ? undefined : terms;
}

export const bearing = (numbers: readonly string[]): string => among('numberKeys', numbers);
export const oneOf = (ids: readonly string[]): string => among('id', ids);
export const noneOf = (ids: readonly string[]): string => `NOT ${among('id', ids)}`;
