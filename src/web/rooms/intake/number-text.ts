/** `318/BTC-NSNN`, `Số: 318/BTC-NSNN`, `12/2025/TT-BNV`: the number before the first stroke, the symbol after it. */
export function numberAndNotation(typed: string): { readonly number: string; readonly notation: string } | null {
  const found = /^(?:số\s*:?\s*)?(\d+[a-zđ]?)\s*\/\s*(\S.*)$/iu.exec(typed.trim().normalize('NFC'));
  const [, number, notation] = found ?? [];
  return number === undefined || notation === undefined ? null : { number, notation: notation.trim() };
}

/** The abbreviation of the type of document in a symbol: `QĐ` of `QĐ-BCT` and of `2025/QĐ-BCT`. */
export function typeSymbolOf(notation: string): string | null {
  const last = notation.split('/').at(-1) ?? '';
  return last.includes('-') ? (last.split('-')[0] ?? null) : null;
}
