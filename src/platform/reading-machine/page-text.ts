import { tokensOf } from '../../kernel/folding.ts';

/** What is known of a PDF page besides its text, to judge whether the text is the page's or only lies on it. */
export interface PageFacts {
  readonly text: string;
  /** Letters for which the font names no Unicode value: what stands in the text for them is a guess. */
  readonly unmapped: number;
  /** Share of the page that pictures cover, 0 to 1. A scan covers it all. */
  readonly pictured: number;
}

/** What a digital signature's stamp says, in the words of Vietnamese and international signing programs. */
const stampLine =
  /^\s*(người ký|ký bởi|ký số bởi|được ký bởi|đã ký|ngày ký|thời gian ký|giờ ký|cơ quan|tổ chức|email|chức vụ|lý do|vị trí|signed by|signature (not )?(verified|valid)|digitally signed|signing time|date|reason|location|contact)\b.*$/iu;

/** Measured on scanned letters: their signature stamps hold 30 to 150 characters, an arrival stamp fewer words. */
const stampWords = 40;

/**
 * Whether the page must be read from its picture: it has no text, or only the few words of a stamp, or the text is
 * garbage. A line that says so wrongly costs some seconds of OCR; one that keeps silent loses the page to search.
 */
export function needsOcr({ text, unmapped, pictured }: PageFacts): boolean {
  const words = wordsUpTo(stampWords, text);
  if (words === 0) return true;
  const isScan = pictured >= 0.5;
  if (words < stampWords && (isScan || isOnlyStamp(text))) return true;
  const strange = unmapped + count(text, /[\ufffd\ue000-\uf8ff]/gu);
  if (strange > 0 && strange > count(text, /\p{L}/gu) * 0.1) return true;
  if (isLegacyEncoded(text)) return true;
  // A hidden layer under a scan, made by a reader that knew no Vietnamese: `uy sA.N NUANoAN`.
  return isScan && shareOfSyllables(text) < 0.6;
}

/** A page is judged by its first words: the others need not be counted. */
function wordsUpTo(atMost: number, text: string): number {
  let words = 0;
  for (const _word of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    words += 1;
    if (words === atMost) break;
  }
  return words;
}

function isOnlyStamp(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.some((line) => stampLine.test(line)) && lines.filter((line) => !stampLine.test(line)).length <= 2;
}

/**
 * Letters of Latin-1 that no Vietnamese word has, but that stand for Vietnamese ones in texts set with TCVN3 (`.VnTime`)
 * and VNI fonts: `Céng hoµ x· héi chñ nghÜa`, `Coäng hoøa xaõ hoäi`. Never more than one letter in fifty of a French
 * or German page; a quarter of a page in such a font.
 */
const foreignToVietnamese = /[¡-§©«®µ¶·¸¹»¼½¾ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñö÷øûüþÿ]/gu;

export function isLegacyEncoded(text: string): boolean {
  if (text.search(foreignToVietnamese) === -1) return false;
  const inWords = text.match(/[\p{L}¡-§©«®µ¶·¸¹»¼½¾]*\p{L}[\p{L}¡-§©«®µ¶·¸¹»¼½¾]*/gu)?.join('') ?? '';
  return inWords.length >= 40 && count(inWords, foreignToVietnamese) > inWords.length * 0.06;
}

const syllable =
  /^(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?(uo|uoi|uou|uye|uya|ieu|yeu|ie|ye|ia|ua|uu|ui|uy|oa|oai|oay|oe|oeo|oo|oi|ao|ai|au|ay|eo|eu|iu|uay|uay|ue|a|e|i|o|u|y)(ng|nh|ch|[cmnpt])?$/u;

/** Words that could be Vietnamese syllables, in whole lower case, capitals or with one capital, of all words of letters. */
export function shareOfSyllables(text: string): number {
  let all = 0;
  let good = 0;
  for (const { start, end, folded } of tokensOf(text)) {
    if (/\p{N}/u.test(folded)) continue;
    all += 1;
    const written = text.slice(start, end);
    const isEvenCase = /^\p{Lu}?[^\p{Lu}]*$|^[^\p{Ll}]+$/u.test(written);
    if (isEvenCase && folded.length > 1 && syllable.test(folded)) good += 1;
  }
  return all === 0 ? 0 : good / all;
}

function count(text: string, sign: RegExp): number {
  return text.match(sign)?.length ?? 0;
}

/** Bullets that Word sets in the Symbol font arrive in the private use area. */
const symbolBullets = /[\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\uf076\uf02d]/gu;

/** Text of a page as it is kept: NFC, plain line ends and blanks, no control characters, no runs of empty lines. */
export function pageText(raw: string): string {
  return (
    raw
      .normalize('NFC')
      .replace(/\r\n?/gu, '\n')
      // PDFium writes a hyphen at a line's end so; here it is `QĐ-` of a number broken over two lines.
      .replaceAll(String.fromCharCode(2), '-')
      .replaceAll('\ufffe', '-')
      .replace(symbolBullets, '•')
      .replace(/[\u00a0\u2000-\u200a\u202f\u3000\t]/gu, ' ')
      .replace(/[\p{Cc}\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (sign) =>
        sign === '\n' ? sign : '',
      )
      .replace(/ +/gu, ' ')
      .replace(/ ?\n ?/gu, '\n')
      .replace(/\n{3,}/gu, '\n\n')
      .trim()
  );
}
