import type { TFunction } from 'i18next';
import { formatDay } from '../../parts/format.ts';

interface Dated {
  readonly from: string;
  readonly until: string | null;
}

/** `until` is the day after the last one; people read the last one. */
export function lastDay(until: string): string {
  return new Date(Date.parse(until) - 86_400_000).toISOString().slice(0, 10);
}

/** Whether it holds on this day. */
export function holdsOn(day: string, { from, until }: Dated): boolean {
  return from <= day && (until === null || until > day);
}

export function spanWords(t: TFunction<'people'>, { from, until }: Dated): string {
  if (until === null) return t('panel.from', { from: formatDay(from) });
  const last = lastDay(until);
  return last <= from
    ? t('panel.oneDay', { day: formatDay(from) })
    : t('panel.during', { from: formatDay(from), until: formatDay(last) });
}
