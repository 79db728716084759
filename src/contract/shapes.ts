import { z } from 'zod';
import { isCalendarDate } from '../kernel/dates.ts';
import { refusalCodes } from '../kernel/refusal.ts';
import { roles } from '../kernel/permissions.ts';
import { keptText } from '../kernel/text.ts';

/** Shapes that several lines share. Lengths are those of Nghị định 30/2020, Phụ lục VI, Phần II, where it gives one. */

export const id = z.uuid();
/** Moments cross the wire as ISO 8601 text in UTC. */
export const moment = z.iso.datetime();
export const day = z.string().refine(isCalendarDate, { error: 'not-a-date' });
export const text = (length: number) => z.string().transform(keptText).pipe(z.string().max(length));
export const neededText = (length: number) => z.string().transform(keptText).pipe(z.string().min(1).max(length));
export const wholeNumber = z.coerce.number().int();

/** Secret ranks may be said, so that they can be refused with a sentence of their own; they are never kept on a networked install. */
export const rank = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
export const rankInQuery = z.coerce.number().pipe(rank);
export const role = z.enum(roles);

export const direction = z.enum(['incoming', 'outgoing', 'internal']);
export type Direction = z.infer<typeof direction>;

/** Nghị định 30/2020, Điều 4(2)(c): hỏa tốc, thượng khẩn, khẩn; `normal` has no mark. */
export const urgency = z.enum(['normal', 'urgent', 'very-urgent', 'express']);
export type Urgency = z.infer<typeof urgency>;

/**
 * draft: received, not yet in a register. declared: registered; its content never changes. frozen: withheld from
 * everybody. joined: a draft that turned out to be the scan of another record, which has its files now.
 */
export const recordState = z.enum(['draft', 'declared', 'frozen', 'joined']);
export type RecordState = z.infer<typeof recordState>;

/** What has been done with a file since it was received, in order; `kept-unread` is an end too: kept, its text unreadable. */
export const fileStage = z.enum(['received', 'checked', 'vaulted', 'recognising', 'ready', 'kept-unread', 'failed']);
export type FileStage = z.infer<typeof fileStage>;

export const unitRef = z.object({ id, symbol: z.string(), name: z.string() });
export const personRef = z.object({ id, fullName: z.string(), unit: z.string().nullable() });

/** application/problem+json (RFC 9457). `detail` is a sentence in the reader's language. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum([...refusalCodes, 'fault']),
  /** The request's own number stands in the header X-Request-Id only: a refusal for what is missing and one for what is forbidden are the same bytes. */
  detail: z.string(),
  fields: z.array(z.object({ path: z.string(), problem: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;

/** One answer for every list: rows and where the next page begins. */
export const pageOf = <S extends z.ZodType>(row: S) => z.object({ rows: z.array(row), next: z.string().nullable() });
/** A query key that may stand once or many times: `?type=a&type=b`. */
export const many = <S extends z.ZodType>(item: S) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(item).max(50).optional(),
  );
