import { z } from 'zod';
import { line } from './line.ts';
import { day, id, neededText, text, wholeNumber } from './shapes.ts';

/**
 * Outside bodies (nơi gửi, nơi nhận): one body, many names and spellings over time. What stands on a document stays as it
 * was written; the list says which body is meant. The form suggests, the clerk merges.
 */
const named = z.object({
  id,
  name: z.string(),
  /** In force; null where nobody has said. */
  from: day.nullable(),
  until: day.nullable(),
});

export const correspondent = z.object({
  id,
  /** The name it bears today. */
  name: z.string(),
  /** Mã định danh điện tử (Quyết định 20/2020/QĐ-TTg), 35 at most. */
  code: z.string().nullable(),
  names: z.array(named),
  /** Documents of it that this person may know. */
  records: z.number().int(),
  /** Put on the list by a person, not only met on a document. */
  listed: z.boolean(),
});
export type Correspondent = z.infer<typeof correspondent>;

const cell = z.string().max(500).default('');
export const correspondentCells = z.strictObject({
  code: cell,
  name: cell,
  /** Earlier names and spellings, separated by semicolons. */
  otherNames: cell,
});
export type CorrespondentCells = z.infer<typeof correspondentCells>;

export const correspondentProblem = z.object({
  row: z.number().int(),
  column: z.string(),
  problem: z.enum(['needed', 'too-long', 'twice', 'code-taken', 'name-of-another']),
});
export type CorrespondentProblem = z.infer<typeof correspondentProblem>;

const params = z.strictObject({ id });
const reply = { kind: 'json', status: 200, schema: correspondent } as const;

export const correspondentLines = {
  correspondents: line({
    method: 'GET',
    path: '/api/correspondents',
    title: { vi: 'Cơ quan gửi, nhận', en: 'Correspondents' },
    query: z.strictObject({
      q: text(200).default(''),
      after: z.string().max(300).optional(),
      limit: wholeNumber.min(1).max(100).default(50),
    }),
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({ rows: z.array(correspondent), next: z.string().nullable() }),
    },
  }),
  correspondent: line({
    method: 'GET',
    path: '/api/correspondents/:id',
    title: { vi: 'Một cơ quan gửi, nhận', en: 'One correspondent' },
    params,
    reply,
  }),
  addCorrespondent: line({
    method: 'POST',
    path: '/api/correspondents',
    title: { vi: 'Thêm cơ quan', en: 'Add a correspondent' },
    body: z.strictObject({ name: neededText(200), code: text(35).nullable() }),
    reply: { kind: 'json', status: 201, schema: correspondent },
  }),
  /** A new name from a day on (the old one ends), or another spelling when `from` is null; or its code. */
  correctCorrespondent: line({
    method: 'PATCH',
    path: '/api/correspondents/:id',
    title: { vi: 'Đổi tên, thêm cách viết', en: 'Rename, or add a spelling' },
    params,
    body: z.strictObject({
      name: neededText(200).optional(),
      from: day.nullable().optional(),
      code: text(35).nullable().optional(),
    }),
    reply,
  }),
  /** This one is the other: its names and documents go there, and the list keeps that it was so. */
  merge: line({
    method: 'POST',
    path: '/api/correspondents/:id/merging',
    title: { vi: 'Gộp hai cơ quan là một', en: 'Merge two that are one' },
    params,
    body: z.strictObject({ intoId: id, reason: neededText(500) }),
    reply,
  }),
  loadCorrespondents: line({
    method: 'POST',
    path: '/api/correspondents/load',
    title: { vi: 'Nạp danh sách cơ quan', en: 'Load correspondents' },
    body: z.strictObject({ rows: z.array(correspondentCells).min(1).max(5_000), apply: z.boolean() }),
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({
        applied: z.boolean(),
        problems: z.array(correspondentProblem),
        added: z.number().int(),
        there: z.number().int(),
      }),
    },
  }),
  takeOutCorrespondents: line({
    method: 'GET',
    path: '/api/correspondents/tables',
    title: { vi: 'Lấy danh sách cơ quan ra bảng tính', en: 'Take out the correspondents' },
    reply: { kind: 'json', status: 200, schema: z.object({ rows: z.array(correspondentCells.required()) }) },
  }),
};
