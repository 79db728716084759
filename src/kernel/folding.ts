/**
 * One reading of Vietnamese words, shared by both search engines, the snippet maker, the highlighter
 * and the web client. Two forms of every word:
 *
 * - exact: lower case, one spelling of tone placement (`hóa` and `hoá` -> `hoá`, and the slip `tòan` -> `toàn`)
 *   and of i/y (`kỹ` and `kĩ` -> `kĩ`, `quí` -> `quý`), marks kept;
 * - folded: the same without marks, `đ` as `d`.
 *
 * Compatibility forms are resolved (NFKC: the ligatures and wide digits that PDF fonts leave behind), and the
 * Icelandic `ð`, which old fonts print for `đ`, counts as `đ`. The i/y rule looks only at how a syllable begins, so
 * that the folded form of a word's beginning is always the beginning of its folded form: a search while the person
 * types needs that.
 */
export interface Token {
  /** Half-open range in the original text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly exact: string;
  readonly folded: string;
}

/** A word starts with a letter or a digit; marks, soft hyphens and zero-width signs inside it belong to it. */
const wordShape = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00ad\u200b-\u200d\u2060\ufeff]*/gu;
const notWord = /[^\p{L}\p{N}\p{M}]+/gu;
const markSign = /^\p{M}/u;

/** PostgreSQL refuses lexemes over 2,046 bytes; nobody types a word of more than this many letters. */
const longestWord = 100;

const toneMarks = new Set(['\u0300', '\u0301', '\u0303', '\u0309', '\u0323']);
const qualityMarks = new Set(['\u0302', '\u0306', '\u031b']);
const vowels = new Set(['a', 'e', 'i', 'o', 'u', 'y']);

interface Letter {
  base: string;
  marks: string;
}

type Forms = readonly [exact: string, folded: string];

/** A text has few different words and uses them often; the bound keeps a strange corpus from filling memory. */
const known = new Map<string, Forms>();
const knownAtMost = 50_000;

function formsOf(raw: string): Forms {
  const remembered = known.get(raw);
  if (remembered) return remembered;
  const forms = formsAnew(raw);
  if (known.size >= knownAtMost) known.clear();
  known.set(raw, forms);
  return forms;
}

function formsAnew(raw: string): Forms {
  const plain = raw.normalize('NFKC').toLowerCase().normalize('NFKC').replace(notWord, '').replaceAll('ð', 'đ');
  const cut = [...plain].slice(0, longestWord).join('');
  const letters = lettersOf(cut);
  settleIY(letters);
  settleTone(letters);
  const exact = letters
    .map(({ base, marks: own }) => base + own)
    .join('')
    .normalize('NFC');
  const folded = letters
    .map(({ base }) => (base === 'đ' ? 'd' : base))
    .join('')
    .normalize('NFC');
  return [exact, folded === '' ? exact : folded];
}

function lettersOf(word: string): Letter[] {
  const letters: Letter[] = [];
  for (const sign of word.normalize('NFD')) {
    const last = letters.at(-1);
    if (last && markSign.test(sign)) last.marks += sign;
    else letters.push({ base: sign, marks: '' });
  }
  return letters;
}

const isConsonant = (base: string): boolean =>
  (base === 'đ' || (base >= 'a' && base <= 'z')) && base.length === 1 && !vowels.has(base);

/** `kỹ` = `kĩ`: y straight after the opening consonants is written i; after `qu`, i is written y. */
function settleIY(letters: Letter[]): void {
  if (letters[0]?.base === 'q' && letters[1]?.base === 'u') {
    const third = letters[2];
    if (third?.base === 'i') third.base = 'y';
    return;
  }
  const at = letters.findIndex(({ base }) => !isConsonant(base));
  const first = letters[at];
  if (at > 0 && first?.base === 'y') first.base = 'i';
}

/** Puts the one tone of a syllable where the newer spelling has it. A word that is no syllable stays as it is. */
function settleTone(letters: Letter[]): void {
  const bearers = letters.filter((letter) => [...letter.marks].some((mark) => toneMarks.has(mark)));
  const bearer = bearers[0];
  if (bearers.length !== 1 || !bearer) return;
  const tones = [...bearer.marks].filter((mark) => toneMarks.has(mark));
  const tone = tones[0];
  if (tones.length !== 1 || tone === undefined) return;

  let from = 0;
  while (from < letters.length && isConsonant(letters[from]?.base ?? '')) from += 1;
  const next = (index: number): boolean => vowels.has(letters[index]?.base ?? '');
  const opening = letters
    .slice(0, from)
    .map(({ base }) => base)
    .join('');
  const swallowed =
    (opening === 'q' && letters[from]?.base === 'u') || (opening === 'g' && letters[from]?.base === 'i');
  if (swallowed && next(from + 1)) from += 1;
  let until = from;
  while (next(until)) until += 1;
  const closing = letters.slice(until);
  if (until === from || until - from > 3 || !closing.every(({ base }) => isConsonant(base)) || closing.length > 2)
    return;

  const target = letters[from + toneSeat(letters.slice(from, until), closing.length > 0)];
  if (!target) return;
  bearer.marks = [...bearer.marks].filter((mark) => mark !== tone).join('');
  target.marks += tone;
}

function toneSeat(cluster: readonly Letter[], closed: boolean): number {
  const shaped = cluster.findLastIndex(({ marks: own }) => [...own].some((mark) => qualityMarks.has(mark)));
  if (shaped >= 0) return shaped;
  if (closed) return cluster.length - 1;
  if (cluster.length === 3) return 1;
  const pair = cluster.map(({ base }) => base).join('');
  return pair === 'oa' || pair === 'oe' || pair === 'uy' ? 1 : 0;
}

/** The words of a text in order, each with its place in the text and its two forms. Punctuation is no word. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(wordShape)) {
    const [exact, folded] = formsOf(match[0]);
    if (exact !== '') tokens.push({ start: match.index, end: match.index + match[0].length, exact, folded });
  }
  return tokens;
}

/** All words in exact form, parted by one space. */
export function exactForm(text: string): string {
  return tokensOf(text)
    .map(({ exact }) => exact)
    .join(' ');
}

/** All words in folded form, parted by one space. */
export function foldedForm(text: string): string {
  return tokensOf(text)
    .map(({ folded }) => folded)
    .join(' ');
}

/** Whether a word bears a mark that folding takes away. */
export function isMarked(token: Pick<Token, 'exact' | 'folded'>): boolean {
  return token.exact !== token.folded;
}

const spelling: Readonly<Record<string, string>> = {
  '\u0301': '1',
  '\u0300': '2',
  '\u0309': '3',
  '\u0303': '4',
  '\u0323': '5',
  '\u0302': '6',
  '\u031b': '7',
  '\u0306': '8',
};

/**
 * An exact form with its marks spelt as digits behind their letter (`đường` -> `d9u7o72ng`), for an engine that folds
 * marks away by itself. Digits, after the VNI keyboard, because Telex letters collide with words: `boong` and `bông`.
 * A digit of the word itself follows a zero (`ma1` -> `ma01`), so that it is not taken for a mark.
 */
export function spelledForm(exact: string): string {
  let spelled = '';
  for (const { base, marks: own } of lettersOf(exact)) {
    const signs = [...own].sort((one, other) => Number(toneMarks.has(one)) - Number(toneMarks.has(other)));
    const letter = base === 'đ' ? 'd9' : base >= '0' && base <= '9' ? `0${base}` : base;
    spelled += letter + signs.map((mark) => spelling[mark] ?? '').join('');
  }
  return spelled;
}

/**
 * A document number as one token, whatever its spelling: `123/QĐ-BCT`, `123 qd bct` and `0123qdbct` -> `123qdbct`.
 * No i/y rule here: a symbol is no syllable, and it must not matter whether its parts were typed apart.
 */
export function numberKey(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[đð]/gu, 'd')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/^0+(?=\p{N})/u, '');
}

/** The keys under which a record is found by number: number with symbol, its leading number, its arrival number. */
export function numberKeysOf(numberAndSymbol: string | null, arrivalNumber: number | null): string[] {
  const keys = new Set<string>();
  if (numberAndSymbol !== null) {
    keys.add(numberKey(numberAndSymbol));
    const leading = /^\D*?0*(\d+)/u.exec(numberAndSymbol);
    if (leading?.[1] !== undefined) keys.add(leading[1]);
  }
  if (arrivalNumber !== null) keys.add(String(arrivalNumber));
  keys.delete('');
  return [...keys];
}
