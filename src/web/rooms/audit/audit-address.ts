import { auditLines, type outcomes } from '../../../contract/audit.ts';
import { vietnamDay } from '../../../kernel/dates.ts';

/** What an auditor asks, as it stands in the address under the names of the contract. */
export const filterKeys = [
  'personId',
  'recordId',
  'reference',
  'action',
  'outcome',
  'address',
  'from',
  'until',
] as const;
export type FilterKey = (typeof filterKeys)[number];
export type Outcome = (typeof outcomes)[number];

export interface AuditAsked {
  personId?: string;
  recordId?: string;
  reference?: string;
  action?: string;
  outcome?: Outcome;
  address?: string;
  from: string;
  until: string;
}

export const spans = ['today', 'week', 'month', 'year'] as const;
export type Span = (typeof spans)[number];

/** The quick ranges, in Vietnam's calendar. Seven days are today and the six before it. */
export function rangeOf(span: Span, now: Date): { readonly from: string; readonly until: string } {
  const today = vietnamDay(now);
  if (span === 'today') return { from: today, until: today };
  if (span === 'week') return { from: vietnamDay(new Date(now.getTime() - 6 * 86_400_000)), until: today };
  return { from: span === 'month' ? `${today.slice(0, 7)}-01` : `${today.slice(0, 4)}-01-01`, until: today };
}

/** What the address says, without what the contract would refuse. Without days it is about today. */
export function askedOf(address: URLSearchParams, now: Date): AuditAsked {
  const sound: Record<string, string> = {};
  for (const key of filterKeys) {
    const value = address.get(key)?.trim();
    if (value !== undefined && value !== '' && auditLines.summary.query.shape[key].safeParse(value).success)
      sound[key] = value;
  }
  const today = rangeOf('today', now);
  const from = sound['from'] ?? sound['until'] ?? today.from;
  const until = sound['until'] ?? (from > today.until ? from : today.until);
  return { ...(sound as Partial<AuditAsked>), from: from < until ? from : until, until: from < until ? until : from };
}

export function spanOf(asked: AuditAsked, now: Date): Span | undefined {
  return spans.find((span) => {
    const range = rangeOf(span, now);
    return range.from === asked.from && range.until === asked.until;
  });
}

/** The address with some filters said anew; an hour is of one day and falls with it. */
export function withFilters(
  address: URLSearchParams,
  said: Readonly<Partial<Record<FilterKey, string | null>>>,
): URLSearchParams {
  const next = new URLSearchParams(address);
  next.delete(hourKey);
  for (const key of filterKeys) {
    const value = said[key];
    if (value === undefined) continue;
    if (value === null || value === '') next.delete(key);
    else next.set(key, value);
  }
  return next;
}

/** The hour that is looked at closely, as the moment it begins. */
export const hourKey = 'gio';

export function hourOf(address: URLSearchParams): string | null {
  const value = address.get(hourKey);
  return value !== null && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : null;
}
