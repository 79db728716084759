import { isMarked, numberKey, tokensOf } from './folding.ts';

/**
 * A question as both search engines, the snippet maker and the highlighter read it. In the kernel because it is one
 * reading for all of them: an engine that read for itself would answer differently from the other.
 */

/** What is read of a question at most; the rest is not looked at. */
export const readAtMost = { characters: 500, words: 20 } as const;

export interface AskedWord {
  readonly exact: string;
  readonly folded: string;
  /** The last word of a question still being typed: it stands for every word that begins so. */
  readonly prefix: boolean;
}

/** Words that must stand side by side. Typed with marks it asks for those marks; typed without, for any. */
export interface AskedPhrase {
  readonly words: readonly AskedWord[];
  readonly marked: boolean;
}

export interface ParsedQuestion {
  /** Keys (`numberKey`) of the document numbers that may be meant. */
  readonly numbers: readonly string[];
  readonly phrases: readonly AskedPhrase[];
  /** Every one must be found. */
  readonly words: readonly AskedWord[];
  /** None may be found; a single word is a phrase of one. */
  readonly excluded: readonly AskedPhrase[];
  /** Nothing was asked: blank, or punctuation only. */
  readonly empty: boolean;
  /** Whether any mark was typed. Who types none says nothing about marks, and none are preferred. */
  readonly marked: boolean;
}

/** A chunk is `-word`, `"a phrase"`, `-"a phrase"`, or anything up to the next blank. */
const chunkShape = /(-?)["“”„«»]([^"“”„«»]*)["“”„«»]|(\S+)/gu;
const excludes = /^-["“”„«»]?[\p{L}\p{N}]/u;

/**
 * Reads a question as it was typed. No engine's own query language is ever reached: only words in folded or exact
 * form leave this function.
 */
export function parseWords(typed: string): ParsedQuestion {
  const text = typed.slice(0, readAtMost.characters).normalize('NFC');
  const phrases: AskedPhrase[] = [];
  const excluded: AskedPhrase[] = [];
  const words: AskedWord[] = [];
  const raws: string[] = [];
  let left: number = readAtMost.words;
  let lastIsOpen = false;

  for (const chunk of text.matchAll(chunkShape)) {
    const quoted = chunk[2];
    const body = quoted ?? chunk[3] ?? '';
    const found = tokensOf(body).slice(0, left);
    if (found.length === 0) continue;
    left -= found.length;
    const asked = found.map(({ exact, folded }) => ({ exact, folded, prefix: false }));
    const isExcluded = quoted === undefined ? excludes.test(body) : chunk[1] === '-';
    lastIsOpen = false;
    if (isExcluded) {
      excluded.push(phraseOf(asked));
    } else if (quoted !== undefined) {
      phrases.push(phraseOf(asked));
    } else {
      words.push(...asked);
      lastIsOpen = found.at(-1)?.end === body.length && chunk.index + chunk[0].length === text.length;
    }
    if (!isExcluded) raws.push(...found.map(({ start, end }) => body.slice(start, end)));
  }

  const last = words.at(-1);
  if (lastIsOpen && last) words[words.length - 1] = { ...last, prefix: true };
  const positive = [...words, ...phrases.flatMap((phrase) => phrase.words)];
  return {
    numbers: numbersIn(raws),
    phrases,
    words: withoutRepeats(words),
    excluded,
    empty: positive.length === 0 && excluded.length === 0,
    marked: positive.some(isMarked),
  };
}

function phraseOf(words: readonly AskedWord[]): AskedPhrase {
  return { words, marked: words.some(isMarked) };
}

function withoutRepeats(words: readonly AskedWord[]): AskedWord[] {
  return words.filter(
    (word, index) => word.prefix || !words.some((other, at) => at < index && other.exact === word.exact),
  );
}

/** No symbol of Nghị định 30 has more parts than `12/2022/TTLT-BTC-BCT-BKHCN`, with some room. */
const longestNumber = 7;

/**
 * Where a number ends cannot be seen in `123 QĐ BCT về việc`, so each run of words that begins with a digit is a
 * candidate; only real numbers stand in an index, the other candidates meet nothing. A bare figure counts as a
 * document number only when nothing else was typed, else every year in a question would be one.
 */
function numbersIn(raws: readonly string[]): string[] {
  const keys = new Set<string>();
  raws.forEach((raw, from) => {
    if (!/^\p{N}/u.test(raw)) return;
    let run = '';
    for (const part of raws.slice(from, from + longestNumber)) {
      run += part;
      const key = numberKey(run);
      if (/\p{L}/u.test(key)) keys.add(key);
    }
  });
  const [only] = raws;
  if (raws.length === 1 && only !== undefined && /^\p{N}+$/u.test(only)) keys.add(numberKey(only));
  return [...keys];
}

/** An abbreviation and what it stands for, both folded, as word lists. */
export interface Abbreviation {
  readonly short: readonly string[];
  readonly long: readonly string[];
}

/** A required part of a question: one of the alternatives must be found, each a list of words that all must be. */
export interface RequiredPart {
  readonly typed: readonly AskedWord[];
  /** Ways of saying the same, to be found as phrases; empty for an ordinary word. */
  readonly otherwise: readonly (readonly string[])[];
}

/** The words of a question, with those that are an abbreviation (or its long form) taken together, longest first. */
export function requiredParts(words: readonly AskedWord[], abbreviations: readonly Abbreviation[]): RequiredPart[] {
  const parts: RequiredPart[] = [];
  let at = 0;
  while (at < words.length) {
    const here = at;
    const meant = abbreviations
      .flatMap(({ short, long }) => [
        { said: short, other: long },
        { said: long, other: short },
      ])
      .filter(({ said }) => said.every((word, index) => words[here + index]?.folded === word));
    const length = Math.max(1, ...meant.map(({ said }) => said.length));
    parts.push({
      typed: words.slice(at, at + length),
      otherwise: meant.filter(({ said }) => said.length === length).map(({ other }) => other),
    });
    at += length;
  }
  return parts;
}

/** A required word that an archivist calls too common to be looked for, unless nothing else was asked. */
export function withoutStopWords(parsed: ParsedQuestion, stopWords: ReadonlySet<string>): ParsedQuestion {
  const kept = parsed.words.filter((word) => word.prefix || !stopWords.has(word.exact));
  return kept.length === 0 && parsed.phrases.length === 0 ? parsed : { ...parsed, words: kept };
}
