import type { TFunction } from 'i18next';
import type { Correspondent } from '../../../contract/correspondents.ts';
import { formatDay } from '../../parts/format.ts';

type Named = Correspondent['names'][number];

/** The day before: `until` is the first day on which a name no longer holds; people read the last one. */
export function lastDayOf(until: string): string {
  return new Date(Date.parse(until) - 86_400_000).toISOString().slice(0, 10);
}

/** `từ 01/03/2025`, `đến 28/02/2025`, `cách viết khác`: when a body bore this name. */
export function nameSpan(t: TFunction<'correspondents'>, one: Named, today: string): string {
  if (one.from !== null && one.until !== null)
    return t('span.during', { from: formatDay(one.from), until: formatDay(lastDayOf(one.until)) });
  if (one.from !== null) return t('span.from', { from: formatDay(one.from) });
  if (one.until !== null) return t('span.until', { until: formatDay(lastDayOf(one.until)) });
  return one.name === today ? t('span.now') : t('span.spelling');
}

/** The names a body bears besides today's, for one line. */
export function otherNames({ name, names }: Pick<Correspondent, 'name' | 'names'>): readonly string[] {
  return [...new Set(names.map((one) => one.name))].filter((one) => one !== name);
}
