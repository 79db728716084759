import { isMarked, tokensOf, type Token } from '../../../kernel/folding.ts';

/**
 * Finding words in a document that is open, with the same reading of Vietnamese as the search that led here: a page
 * found by `du toan` shows `dự toán` marked.
 */

/** Half-open range in the text of a page, in UTF-16 units. */
export interface Match {
  readonly start: number;
  readonly end: number;
}

/** How the words were found: together with these marks, together with any marks, or each for itself. */
export type Way = 'exact' | 'folded' | 'words';

export interface PageMatch extends Match {
  /** Counted from one. */
  readonly page: number;
}

interface Word {
  readonly exact: string;
  readonly folded: string;
  readonly prefix: boolean;
}

export interface Sought {
  readonly words: readonly Word[];
  readonly marked: boolean;
}

/** `-word` and `-"a phrase"` are what the document was not to have; quotation marks only held a phrase together. */
const excluded = /(^|\s)-(?:["“”„«»][^"“”„«»]*["“”„«»]|[\p{L}\p{N}]\S*)/gu;

export function soughtIn(typed: string): Sought {
  const wanted = typed.slice(0, 500).normalize('NFC').replace(excluded, '$1');
  const tokens = tokensOf(wanted).slice(0, 20);
  const open = /[\p{L}\p{N}\p{M}]$/u.test(wanted);
  return {
    words: tokens.map(({ exact, folded }, at) => ({ exact, folded, prefix: open && at === tokens.length - 1 })),
    marked: tokens.some(isMarked),
  };
}

const meets = (token: Token, word: Word, form: 'exact' | 'folded'): boolean =>
  word.prefix ? token[form].startsWith(word[form]) : token[form] === word[form];

function phraseMatches(tokens: readonly Token[], words: readonly Word[], form: 'exact' | 'folded'): Match[] {
  const found: Match[] = [];
  for (let at = 0; at + words.length <= tokens.length; at += 1) {
    if (!words.every((word, step) => meets(tokens[at + step] as Token, word, form))) continue;
    const last = tokens[at + words.length - 1] as Token;
    found.push({ start: (tokens[at] as Token).start, end: last.end });
    at += words.length - 1;
  }
  return found;
}

function wordMatches(tokens: readonly Token[], words: readonly Word[]): Match[] {
  const found: Match[] = [];
  for (const token of tokens)
    if (words.some((word) => meets(token, word, 'folded'))) found.push({ start: token.start, end: token.end });
  return found;
}

/**
 * Where the words stand, page by page. The narrowest way that finds anything anywhere is taken for the whole document:
 * one exact phrase on page 9 makes the scattered words of page 1 no matches.
 */
export function findIn(
  pages: readonly { readonly number: number; readonly text: string }[],
  sought: Sought,
): { readonly way: Way; readonly matches: readonly PageMatch[] } {
  const { words, marked } = sought;
  if (words.length === 0) return { way: 'exact', matches: [] };
  const read = pages.map(({ number, text }) => ({ number, tokens: tokensOfPage(text) }));
  const over = (way: (tokens: readonly Token[]) => Match[]): PageMatch[] =>
    read.flatMap(({ number, tokens }) => way(tokens).map((match) => ({ page: number, ...match })));
  if (marked) {
    const matches = over((tokens) => phraseMatches(tokens, words, 'exact'));
    if (matches.length > 0) return { way: 'exact', matches };
  }
  const folded = over((tokens) => phraseMatches(tokens, words, 'folded'));
  if (folded.length > 0 || words.length === 1) return { way: marked ? 'folded' : 'exact', matches: folded };
  return { way: 'words', matches: over((tokens) => wordMatches(tokens, words)) };
}

/** The texts of the document that is open now; a person types letter after letter over the same pages. */
const known = new Map<string, readonly Token[]>();

function tokensOfPage(text: string): readonly Token[] {
  const remembered = known.get(text);
  if (remembered) return remembered;
  const tokens = tokensOf(text);
  if (known.size >= 2000) known.clear();
  known.set(text, tokens);
  return tokens;
}

/** A text in pieces, the matches among them named, for a reader that prints text itself. */
export function inPieces(text: string, matches: readonly Match[]): { text: string; match: number | null }[] {
  const pieces: { text: string; match: number | null }[] = [];
  let done = 0;
  matches.forEach(({ start, end }, index) => {
    if (start > done) pieces.push({ text: text.slice(done, start), match: null });
    pieces.push({ text: text.slice(start, end), match: index });
    done = end;
  });
  if (done < text.length) pieces.push({ text: text.slice(done), match: null });
  return pieces;
}
