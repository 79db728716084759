import { z } from 'zod';
import { line } from './line.ts';
import { day, direction, id, many, moment, rank, rankInQuery, recordState, urgency } from './shapes.ts';

/** A piece of a line: text only, marked or not. Never HTML. */
export const piece = z.object({ text: z.string(), hit: z.boolean() });

export const hit = z.object({
  recordId: id,
  state: recordState,
  rank,
  numberAndSymbol: z.string().nullable(),
  arrivalNumber: z.number().int().nullable(),
  documentType: z.string().nullable(),
  issuer: z.string().nullable(),
  issuedDate: day.nullable(),
  direction,
  urgency,
  leadUnit: z.string().nullable(),
  subject: z.array(piece),
  /** The line where the words stand, and its page (or paragraph). */
  line: z
    .object({ fileId: id, unit: z.enum(['page', 'paragraph']), number: z.number().int(), pieces: z.array(piece) })
    .nullable(),
  receivedAt: moment,
});
export type Hit = z.infer<typeof hit>;

const counted = z.array(z.object({ value: z.string(), label: z.string(), count: z.number().int() }));
export const facets = z.object({
  documentType: counted,
  issuer: counted,
  unit: counted,
  direction: counted,
  urgency: counted,
  year: counted,
  rank: counted,
});

const chosen = z.string().min(1).max(200);
export const searchQuery = z.strictObject({
  q: z.string().max(500).default(''),
  type: many(chosen),
  notType: many(chosen),
  issuer: many(chosen),
  notIssuer: many(chosen),
  unit: many(chosen),
  notUnit: many(chosen),
  direction: many(direction),
  urgency: many(urgency),
  year: many(chosen),
  rank: many(rankInQuery),
  from: day.optional(),
  until: day.optional(),
  after: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  facets: z.enum(['yes', 'no']).default('yes'),
});
export type SearchQuery = z.infer<typeof searchQuery>;

export const searchLines = {
  search: line({
    method: 'GET',
    path: '/api/search',
    title: { vi: 'Tra cứu', en: 'Search' },
    query: searchQuery,
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({
        hits: z.array(hit),
        next: z.string().nullable(),
        total: z.object({ count: z.number().int(), atLeast: z.boolean() }),
        facets: facets.nullable(),
        /** The index is down: this is a list by metadata from Postgres. */
        degraded: z.boolean(),
        /** What the words were understood as, for the line above the hits. */
        understood: z.object({
          numbers: z.array(z.string()),
          phrases: z.array(z.string()),
          words: z.array(z.string()),
          excluded: z.array(z.string()),
        }),
      }),
    },
  }),
};
