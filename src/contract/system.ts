import { z } from 'zod';
import { line } from './line.ts';
import { hit } from './search.ts';
import { moment } from './shapes.ts';

const part = z.object({ name: z.enum(['database', 'store', 'search', 'queue']), up: z.boolean(), kind: z.string() });

export const deadJob = z.object({
  id: z.string(),
  task: z.string(),
  attempts: z.number().int(),
  /** What went wrong, from a closed list: what the job itself said may quote a document. */
  problem: z
    .enum([
      'database-unavailable',
      'store-unavailable',
      'store-full',
      'search-unavailable',
      'content-damaged',
      'interrupted',
      'other',
    ])
    .nullable(),
  lastTriedAt: moment.nullable(),
});
export type DeadJob = z.infer<typeof deadJob>;

export const systemLines = {
  alive: line({
    method: 'GET',
    path: '/healthz',
    title: { vi: 'Tiến trình còn sống', en: 'The process is alive' },
    reply: { kind: 'json', status: 200, schema: z.object({ alive: z.literal(true) }) },
  }),
  ready: line({
    method: 'GET',
    path: '/readyz',
    title: { vi: 'Bộ phận nào đang hỏng', en: 'Which part is down' },
    reply: {
      kind: 'json',
      status: 200,
      statusOf: ({ ready }: { readonly ready: boolean }) => (ready ? 200 : 503),
      schema: z.object({ ready: z.boolean(), parts: z.array(part) }),
    },
  }),
  metrics: line({
    method: 'GET',
    path: '/metrics',
    title: {
      vi: 'Số liệu vận hành cho Prometheus, bằng mã riêng',
      en: 'Figures for Prometheus, by a token of its own',
    },
    reply: { kind: 'bytes', mediaType: 'text/plain' },
  }),
  openapi: line({
    method: 'GET',
    path: '/api/openapi.json',
    title: { vi: 'Mô tả API', en: 'Description of the API' },
    reply: { kind: 'json', status: 200, schema: z.record(z.string(), z.json()) },
  }),
  apiPage: line({
    method: 'GET',
    path: '/api',
    title: { vi: 'Mô tả API cho người đọc', en: 'Description of the API, to read' },
    reply: { kind: 'bytes', mediaType: 'text/html' },
  }),
  deadJobs: line({
    method: 'GET',
    path: '/api/system/dead-jobs',
    title: { vi: 'Việc đã bỏ cuộc', en: 'Jobs that gave up' },
    reply: { kind: 'json', status: 200, schema: z.object({ rows: z.array(deadJob) }) },
  }),
  retryJob: line({
    method: 'POST',
    path: '/api/system/dead-jobs/:id/retry',
    title: { vi: 'Thử lại một việc', en: 'Retry a job' },
    params: z.strictObject({ id: z.string().regex(/^\d{1,19}$/u) }),
    reply: { kind: 'none' },
  }),
  retryJobs: line({
    method: 'POST',
    path: '/api/system/dead-jobs/retry',
    title: { vi: 'Thử lại mọi việc đã bỏ cuộc', en: 'Retry every job that gave up' },
    reply: { kind: 'json', status: 200, schema: z.object({ retried: z.number().int() }) },
  }),
  health: line({
    method: 'GET',
    path: '/api/system/health',
    title: { vi: 'Tình trạng hệ thống', en: 'System health' },
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({
        parts: z.array(part),
        jobsWaiting: z.number().int(),
        jobsDead: z.number().int(),
        /** Bytes under the folder of this install; null when it cannot be asked. */
        disk: z.object({ free: z.number(), whole: z.number() }).nullable(),
        /** The last time the index was held against the records; null before the first. */
        index: z.object({ comparedAt: moment, lost: z.number().int() }).nullable(),
        version: z.string(),
      }),
    },
  }),
  /** What stands on a person's first page; only the parts their roles have. */
  home: line({
    method: 'GET',
    path: '/api/home',
    title: { vi: 'Bàn làm việc', en: 'Home' },
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({
        desk: z
          .object({
            waiting: z.number().int(),
            processing: z.number().int(),
            failed: z.number().int(),
            registeredToday: z.number().int(),
            overdue: z.number().int(),
          })
          .nullable(),
        newest: z.array(hit).nullable(),
        log: z.object({ today: z.number().int(), refusedToday: z.number().int() }).nullable(),
        system: z.object({ parts: z.array(part), jobsDead: z.number().int() }).nullable(),
        /** waiting: changes that a second person must confirm. */
        people: z.object({ here: z.number().int(), waiting: z.number().int() }).nullable(),
        /** withheld: for a độ mật, said to the security officer alone. waiting: releases that a second person must confirm. */
        secrecy: z.object({ withheld: z.number().int().nullable(), waiting: z.number().int() }).nullable(),
      }),
    },
  }),
};
