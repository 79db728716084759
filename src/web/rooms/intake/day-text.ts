import { isCalendarDate, type CalendarDate } from '../../../kernel/dates.ts';

/**
 * A day as a clerk types it: `17/02/2025`, `17-2-25`, `17.2`, `17022025`, `1702`. Day before month, always; a year left
 * out is this year, a short one is of this century. `null` when no such day exists.
 */
export function dayFromText(typed: string, today: CalendarDate): CalendarDate | null {
  const text = typed.trim();
  const written = /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})(?:\s*[/.\- ]\s*(\d{4}|\d{2}))?$/u.exec(text);
  const packed = /^(\d{2})(\d{2})(\d{4}|\d{2})?$/u.exec(text);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text);
  const [day, month, year] = iso ? [iso[3], iso[2], iso[1]] : [...(written ?? packed ?? [])].slice(1);
  if (day === undefined || month === undefined) return null;
  const whole = year === undefined ? today.slice(0, 4) : year.length === 2 ? `20${year}` : year;
  const made = `${whole}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(made) ? made : null;
}

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
