import i18next from 'i18next';
import { displayDay, isCalendarDate } from '../../kernel/dates.ts';
import type { Language } from '../../kernel/text.ts';

/** How an office writes days, hours, sizes and counts. Moments are shown on the wall clock of Vietnam, wherever the PC is. */

const zone = 'Asia/Ho_Chi_Minh';

export function languageNow(): Language {
  return i18next.language === 'en' ? 'en' : 'vi';
}

const locale = (): string => (languageNow() === 'en' ? 'en-GB' : 'vi-VN');

/** `17/02/2025` from `2025-02-17`; nothing for nothing. */
export function formatDay(day: string | null | undefined): string {
  return day !== null && day !== undefined && isCalendarDate(day) ? displayDay(day) : '';
}

const parts = (moment: string): Record<string, string> =>
  Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(new Date(moment))
      .map((part) => [part.type, part.value]),
  );

/** `17/02/2025` from a moment in UTC. */
export function formatMomentDay(moment: string): string {
  const { day = '', month = '', year = '' } = parts(moment);
  return `${day}/${month}/${year}`;
}

/** `14:32` from a moment in UTC. */
export function formatTime(moment: string): string {
  const { hour = '', minute = '' } = parts(moment);
  return `${hour}:${minute}`;
}

/** `14:32:07`: the audit log alone shows seconds. */
export function formatTimeExactly(moment: string): string {
  return `${formatTime(moment)}:${parts(moment)['second'] ?? ''}`;
}

/** `17/02/2025 14:32`. */
export function formatMoment(moment: string): string {
  return `${formatMomentDay(moment)} ${formatTime(moment)}`;
}

/** `Thứ Hai, 17 tháng 02 năm 2025`, as letters are dated; `Monday, 17 February 2025`. */
export function formatLongDay(moment: Date): string {
  if (languageNow() === 'en')
    return new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    }).format(moment);
  const names: Readonly<Record<string, string>> = {
    Mon: 'Thứ Hai',
    Tue: 'Thứ Ba',
    Wed: 'Thứ Tư',
    Thu: 'Thứ Năm',
    Fri: 'Thứ Sáu',
    Sat: 'Thứ Bảy',
    Sun: 'Chủ nhật',
  };
  const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short' }).format(moment);
  const { day = '', month = '', year = '' } = parts(moment.toISOString());
  return `${names[weekday] ?? ''}, ${day} tháng ${month} năm ${year}`;
}

/** `1.284.931` in Vietnamese, `1,284,931` in English. */
export function formatCount(count: number): string {
  return count.toLocaleString(locale());
}

/** `1,5 MB`. */
export function formatSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size.toLocaleString(locale(), { maximumFractionDigits: size < 10 && unit > 0 ? 1 : 0 })} ${units[unit] ?? ''}`;
}

/** Number and symbol as they stand on the letter: `318/BTC-NSNN`. */
export function formatReference(codeNumber: string | null, codeNotation: string | null): string {
  return [codeNumber, codeNotation].filter((part) => part !== null && part !== '').join('/');
}
