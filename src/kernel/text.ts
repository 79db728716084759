/** Control characters, and marks that turn the direction of writing: a name with one reads as another name. */
const unseen = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text as it is kept: Unicode NFC (TCVN 6909:2001), no control characters but line ends and tabs, outer blanks gone. */
export function keptText(text: string): string {
  return text
    .normalize('NFC')
    .replace(unseen, (sign) => (sign === '\n' || sign === '\t' ? sign : ''))
    .trim();
}

/** A name on one line: NFC, nothing unseen in it. */
export function keptLine(text: string): string {
  return text.normalize('NFC').replace(unseen, '').trim();
}

export type Language = 'vi' | 'en';
export type Sentence = Readonly<Record<Language, string>>;
