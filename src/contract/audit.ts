import { z } from 'zod';
import { line } from './line.ts';
import { day, id, moment, pageOf, personRef, rank } from './shapes.ts';

export const outcomes = ['done', 'refused', 'not-found', 'failed'] as const;

export const auditRow = z.object({
  id: z.string(),
  at: moment,
  /** Several searches while typing, folded into the last. */
  folded: z.number().int(),
  action: z.string(),
  outcome: z.enum(outcomes),
  person: personRef.nullable(),
  /** A document without a number and symbol of its own is named by its arrival number, which is not one. */
  record: z.object({ id, reference: z.string().nullable(), arrivalNumber: z.number().int().nullable() }).nullable(),
  rank: rank.nullable(),
  address: z.string(),
  via: z.string(),
  reason: z.string().nullable(),
  facts: z.record(z.string(), z.json()),
});
export type AuditRow = z.infer<typeof auditRow>;

const filters = {
  personId: id.optional(),
  recordId: id.optional(),
  /** Number and symbol, or arrival number, as an auditor would say it. */
  reference: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
  outcome: z.enum(outcomes).optional(),
  address: z.string().max(100).optional(),
  from: day.optional(),
  until: day.optional(),
};

export const auditLines = {
  events: line({
    method: 'GET',
    path: '/api/audit/events',
    title: { vi: 'Nhật ký truy cập', en: 'Access log' },
    query: z.strictObject({
      ...filters,
      after: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: { kind: 'json', status: 200, schema: pageOf(auditRow) },
  }),
  summary: line({
    method: 'GET',
    path: '/api/audit/summary',
    title: { vi: 'Nhật ký theo thời gian', en: 'The log over time' },
    query: z.strictObject(filters),
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({
        total: z.number().int(),
        refused: z.number().int(),
        /** By hour when the range is two days or less, otherwise by day. */
        bars: z.array(z.object({ from: moment, count: z.number().int(), refused: z.number().int() })),
        actions: z.array(z.object({ action: z.string(), count: z.number().int() })),
      }),
    },
  }),
  export: line({
    method: 'GET',
    path: '/api/audit/events.csv',
    title: { vi: 'Xuất nhật ký CSV', en: 'Export the log as CSV' },
    query: z.strictObject(filters),
    reply: { kind: 'bytes', mediaType: 'text/csv' },
  }),
};
