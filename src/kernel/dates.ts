/**
 * Calendar dates without a clock, in Vietnam's calendar (UTC+7, no summer time), kept as ISO
 * `YYYY-MM-DD` text. Moments are `Date` in UTC; the two never mix.
 */
export type CalendarDate = string & { readonly calendarDate: unique symbol };

const shape = /^(\d{4})-(\d{2})-(\d{2})$/u;

/** Whether the text is a day that exists: `2025-02-29` is not one. */
export function isCalendarDate(text: string): text is CalendarDate {
  const parts = shape.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const made = new Date(Date.UTC(year, month - 1, day));
  return year >= 1800 && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

/** The day on the wall calendar of an office in Vietnam at this moment. */
export function vietnamDay(moment: Date): CalendarDate {
  return new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(0, 10) as CalendarDate;
}

/** `DD/MM/YYYY` as it is read in an office. */
export function displayDay(date: CalendarDate): string {
  return date.split('-').reverse().join('/');
}
