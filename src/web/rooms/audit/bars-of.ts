import { vietnamDay } from '../../../kernel/dates.ts';

export interface CountedBar {
  readonly from: string;
  readonly count: number;
  readonly refused: number;
}

export interface Bar {
  /** Moment in UTC where it begins, and where the next begins. */
  readonly start: number;
  readonly end: number;
  readonly count: number;
  readonly refused: number;
}

const hour = 3_600_000;
const day = 24 * hour;
/** As many as stand beside each other wide enough for a finger (WCAG 2.2, 2.5.8). */
const barsAtMost = 31;

const startOf = (date: string): number => Date.parse(`${date}T00:00:00+07:00`);

/**
 * Bars without gaps over the whole range: an hour in which nothing happened is a finding too. A day by its hours, two
 * days by pairs of them (the house counts hours up to there), else by as many days as make at most 31 bars.
 */
export function barsOf(
  counted: readonly CountedBar[],
  from: string,
  until: string,
): { readonly bars: readonly Bar[]; readonly unit: 'hour' | 'day' | 'days'; readonly step: number } {
  const first = startOf(from);
  const end = startOf(until) + day;
  const days = Math.round((end - first) / day);
  const step = days <= 2 ? days * hour : day * Math.ceil(days / barsAtMost);
  const bars = Array.from({ length: Math.ceil((end - first) / step) }, (_none, index) => ({
    start: first + index * step,
    end: Math.min(end, first + (index + 1) * step),
    count: 0,
    refused: 0,
  }));
  for (const one of counted) {
    const bar = bars[Math.floor((Date.parse(one.from) - first) / step)];
    if (!bar) continue;
    bar.count += one.count;
    bar.refused += one.refused;
  }
  return { bars, unit: step < day ? 'hour' : step === day ? 'day' : 'days', step };
}

/** The days that a bar covers. */
export function daysOf(bar: Bar): { readonly from: string; readonly until: string } {
  return { from: vietnamDay(new Date(bar.start)), until: vietnamDay(new Date(bar.end - 1)) };
}
