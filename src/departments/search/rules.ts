import { tokensOf, type Token } from '../../kernel/folding.ts';
import type { ParsedQuestion } from '../../kernel/question.ts';

export { parseWords, type ParsedQuestion } from '../../kernel/question.ts';

/** A piece of text as it stands in the document; `hit` asks the reader's client to mark it. Never HTML. */
export interface TextPart {
  readonly text: string;
  readonly hit: boolean;
}

export interface Snippet {
  /** Counted from one: the page, or the paragraph of a text that has no pages. */
  readonly page: number;
  readonly parts: readonly TextPart[];
  /** Whether text was left out before and after. */
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

const windowWords = 34;
const windowBefore = 8;
/** Reading stops here (UTF-16 units): a record of 300 pages must not cost a second. */
const readForSnippet = 600_000;

interface Hit {
  /** Place among the tokens of the text. */
  readonly at: number;
  readonly wanted: string;
  readonly worth: number;
}

/**
 * The best window of a record's pages: most different words of the question, exact marks before folded, phrases
 * before loose words, earliest page when equal. When nothing is met, the opening of the first page that has text.
 * Null when no page has any.
 */
export function snippet(pageTexts: readonly string[], parsed: ParsedQuestion): Snippet | null {
  const full = parsed.words.length * 2 + parsed.phrases.reduce((sum, { words }) => sum + words.length * 3, 0);
  let best: {
    page: number;
    text: string;
    tokens: readonly Token[];
    from: number;
    worth: number;
    hits: readonly Hit[];
  } | null = null;
  let read = 0;
  for (const [index, text] of pageTexts.entries()) {
    if (read > readForSnippet) break;
    read += text.length;
    const tokens = tokensOf(text);
    if (tokens.length === 0) continue;
    const hits = hitsIn(tokens, parsed);
    const { from, worth } = bestWindow(hits);
    if (best === null || worth > best.worth) best = { page: index + 1, text, tokens, from, worth, hits };
    if (full > 0 && worth >= full) break;
  }
  if (best === null) return null;
  const { text, tokens, hits } = best;
  const from = Math.max(0, Math.min(best.from - windowBefore, tokens.length - windowWords));
  const until = Math.min(tokens.length, from + windowWords);
  const start = from === 0 ? 0 : (tokens[from]?.start ?? 0);
  const end = until === tokens.length ? text.length : (tokens[until - 1]?.end ?? text.length);
  return {
    page: best.page,
    parts: cutIntoParts(text, tokens, new Set(hits.map(({ at }) => at)), from, until, start, end),
    cutBefore: from > 0,
    cutAfter: until < tokens.length,
  };
}

/** A whole line (a subject, an issuer) with the words of the question marked. */
export function highlighted(text: string, parsed: ParsedQuestion): TextPart[] {
  const tokens = tokensOf(text);
  const hits = new Set(hitsIn(tokens, parsed).map(({ at }) => at));
  return cutIntoParts(text, tokens, hits, 0, tokens.length, 0, text.length);
}

function hitsIn(tokens: readonly Token[], parsed: ParsedQuestion): Hit[] {
  const hits: Hit[] = [];
  tokens.forEach((token, at) => {
    for (const word of parsed.words) {
      if (!(word.prefix ? token.folded.startsWith(word.folded) : token.folded === word.folded)) continue;
      const exact = word.prefix ? token.exact.startsWith(word.exact) : token.exact === word.exact;
      hits.push({ at, wanted: word.exact, worth: exact || !parsed.marked ? 2 : 1 });
    }
    for (const phrase of parsed.phrases) {
      const stands = phrase.words.every((word, step) => {
        const there = tokens[at + step];
        return there !== undefined && (phrase.marked ? there.exact === word.exact : there.folded === word.folded);
      });
      if (stands)
        phrase.words.forEach((word, step) => hits.push({ at: at + step, wanted: `"${step} ${word.exact}`, worth: 3 }));
    }
  });
  return hits.sort((one, other) => one.at - other.at);
}

/** The window that begins at a hit and gathers the most; each wanted word counts once, by its best hit. */
function bestWindow(hits: readonly Hit[]): { from: number; worth: number } {
  let best = { from: 0, worth: 0 };
  for (let first = 0; first < hits.length; first += 1) {
    const from = (hits[first] as Hit).at;
    const seen = new Map<string, number>();
    for (let index = first; index < hits.length; index += 1) {
      const hit = hits[index] as Hit;
      if (hit.at >= from + windowWords - windowBefore) break;
      seen.set(hit.wanted, Math.max(hit.worth, seen.get(hit.wanted) ?? 0));
    }
    const worth = [...seen.values()].reduce((sum, value) => sum + value, 0);
    if (worth > best.worth) best = { from, worth };
  }
  return best;
}

function cutIntoParts(
  text: string,
  tokens: readonly Token[],
  hits: ReadonlySet<number>,
  from: number,
  until: number,
  start: number,
  end: number,
): TextPart[] {
  const parts: TextPart[] = [];
  let done = start;
  for (let at = from; at < until; at += 1) {
    const token = tokens[at];
    if (!token || !hits.has(at)) continue;
    // Neighbouring hits are one mark, as they are one phrase to the eye.
    if (parts.at(-1)?.hit === true && hits.has(at - 1) && /^ $/u.test(text.slice(done, token.start))) {
      const last = parts.pop() as TextPart;
      parts.push({ text: `${last.text} ${text.slice(token.start, token.end)}`, hit: true });
    } else {
      if (token.start > done) parts.push({ text: text.slice(done, token.start), hit: false });
      parts.push({ text: text.slice(token.start, token.end), hit: true });
    }
    done = token.end;
  }
  if (end > done) parts.push({ text: text.slice(done, end), hit: false });
  return parts;
}
