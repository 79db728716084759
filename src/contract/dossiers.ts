import { z } from 'zod';
import {
  checkCode,
  dossier,
  dossierChange,
  dossierFields,
  dossierItem,
  dossierRow,
  heading,
  headingChange,
  notation,
  planCells,
  planProblem,
  year,
} from './dossier-shapes.ts';
import { line } from './line.ts';
import { day, id, neededText, text, wholeNumber } from './shapes.ts';

export * from './dossier-shapes.ts';

const params = z.strictObject({ id });
const reason = text(500);
const reply = { kind: 'json', status: 200, schema: dossier } as const;

export const dossierLines = {
  plan: line({
    method: 'GET',
    path: '/api/dossiers/plan',
    title: { vi: 'Danh mục hồ sơ của một năm', en: 'The file plan of a year' },
    query: z.strictObject({ year: year.optional() }),
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({
        year: z.number().int(),
        /** Number of the decision that issued it. */
        document: z.string().nullable(),
        /** Years that have a plan or a dossier, newest first. */
        years: z.array(z.number().int()),
        headings: z.array(heading),
        /** In the order of the plan; those outside it last. */
        dossiers: z.array(dossierRow),
        may: z.object({ plan: z.boolean(), open: z.boolean() }),
      }),
    },
  }),
  /** Dossiers to choose from: one's own, or by words of code and title. */
  dossiers: line({
    method: 'GET',
    path: '/api/dossiers',
    title: { vi: 'Tìm hồ sơ', en: 'Find dossiers' },
    query: z.strictObject({
      q: text(100).default(''),
      owner: z.enum(['me', 'all']).default('all'),
      state: z.enum(['planned', 'open', 'closed', 'all']).default('all'),
      after: z.string().max(300).optional(),
      limit: wholeNumber.min(1).max(100).default(20),
    }),
    reply: { kind: 'json', status: 200, schema: z.object({ rows: z.array(dossierRow), next: z.string().nullable() }) },
  }),
  dossier: line({
    method: 'GET',
    path: '/api/dossiers/:id',
    title: { vi: 'Một hồ sơ', en: 'One dossier' },
    params,
    reply,
  }),
  items: line({
    method: 'GET',
    path: '/api/dossiers/:id/items',
    title: { vi: 'Văn bản trong hồ sơ', en: 'Documents in a dossier' },
    params,
    query: z.strictObject({
      after: z.string().max(300).optional(),
      limit: wholeNumber.min(1).max(200).default(100),
    }),
    reply: { kind: 'json', status: 200, schema: z.object({ rows: z.array(dossierItem), next: z.string().nullable() }) },
  }),
  /** Outside the plan, or added to one: Điều 29(1). Without a notation the next number of its heading is taken. */
  add: line({
    method: 'POST',
    path: '/api/dossiers',
    title: { vi: 'Mở hồ sơ ngoài danh mục', en: 'Open a dossier that the plan has not' },
    body: z.strictObject({ year, notation: notation.nullable(), headingId: id.nullable(), ...dossierFields }),
    reply: { kind: 'json', status: 201, schema: dossier },
  }),
  open: line({
    method: 'POST',
    path: '/api/dossiers/:id/opening',
    title: { vi: 'Mở hồ sơ', en: 'Open a dossier' },
    params,
    body: z.strictObject({ startDate: day.nullable(), version: z.int() }),
    reply,
  }),
  correct: line({
    method: 'PATCH',
    path: '/api/dossiers/:id',
    title: { vi: 'Sửa thông tin hồ sơ', en: 'Correct a dossier' },
    params,
    body: z.strictObject({
      fields: z.strictObject({ notation, headingId: id.nullable(), ...dossierFields }).partial(),
      version: z.int(),
      reason: reason.optional(),
    }),
    reply,
  }),
  /**
   * A record has one home; moving it to another needs a reason (`has-a-home`), and its way stays in the history of both.
   * What is above the owner's clearance stays out (`above-owner-clearance`).
   */
  put: line({
    method: 'POST',
    path: '/api/dossiers/:id/items',
    title: { vi: 'Đưa văn bản vào hồ sơ', en: 'Put documents into a dossier' },
    params,
    body: z.strictObject({
      recordIds: z.array(id).min(1).max(200),
      as: z.enum(['home', 'link']),
      reason: reason.optional(),
    }),
    reply,
  }),
  take: line({
    method: 'POST',
    path: '/api/dossiers/:id/items/:recordId/removal',
    title: { vi: 'Đưa văn bản ra khỏi hồ sơ', en: 'Take a document out of a dossier' },
    params: z.strictObject({ id, recordId: id }),
    body: z.strictObject({ reason: neededText(500) }),
    reply,
  }),
  describeItem: line({
    method: 'PATCH',
    path: '/api/dossiers/:id/items/:recordId',
    title: { vi: 'Ghi tờ số, ghi chú của văn bản', en: 'Sheets and note of a document' },
    params: z.strictObject({ id, recordId: id }),
    body: z.strictObject({
      sheets: z
        .strictObject({ from: z.int().min(1).max(100_000), to: z.int().min(1).max(100_000) })
        .nullable()
        .optional(),
      note: text(500).nullable().optional(),
    }),
    reply,
  }),
  /** Puts a document before another, or last. */
  move: line({
    method: 'POST',
    path: '/api/dossiers/:id/items/:recordId/place',
    title: { vi: 'Đổi thứ tự văn bản', en: 'Move a document within its dossier' },
    params: z.strictObject({ id, recordId: id }),
    body: z.strictObject({ before: id.nullable(), version: z.int() }),
    reply,
  }),
  /**
   * `dossier-not-ready` names the checks that are missing; `another-must-close` says that who asks does not see all that
   * stands inside.
   */
  close: line({
    method: 'POST',
    path: '/api/dossiers/:id/closing',
    title: { vi: 'Kết thúc hồ sơ', en: 'Close a dossier' },
    params,
    body: z.strictObject({
      /** What only a person can say, said. */
      confirmed: z.array(checkCode).max(20),
      endDate: day,
      /** Chứng từ kết thúc: a closing note always stands (Điều 29(4)). */
      closingNote: neededText(500),
      version: z.int(),
    }),
    reply,
  }),
  reopen: line({
    method: 'POST',
    path: '/api/dossiers/:id/reopening',
    title: { vi: 'Mở lại hồ sơ', en: 'Reopen a dossier' },
    params,
    body: z.strictObject({ reason: neededText(500), version: z.int() }),
    reply,
  }),
  history: line({
    method: 'GET',
    path: '/api/dossiers/:id/history',
    title: { vi: 'Lịch sử hồ sơ', en: 'History of a dossier' },
    params,
    reply: { kind: 'json', status: 200, schema: z.object({ rows: z.array(dossierChange) }) },
  }),
  /** Mục lục văn bản, tài liệu trong hồ sơ: the form of Phụ lục V, mục IV. */
  list: line({
    method: 'GET',
    path: '/api/dossiers/:id/list',
    title: { vi: 'Mục lục văn bản trong hồ sơ', en: 'The document list of a dossier' },
    params,
    query: z.strictObject({ form: z.enum(['pdf', 'xlsx']) }),
    reply: { kind: 'bytes', mediaType: 'application/pdf' },
  }),
  /** Where a record stands. */
  ofRecord: line({
    method: 'GET',
    path: '/api/records/:id/dossiers',
    title: { vi: 'Hồ sơ của một văn bản', en: 'Dossiers of a record' },
    params,
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({ rows: z.array(dossierRow.extend({ home: z.boolean(), ordinal: z.number().int() })) }),
    },
  }),
  addHeading: line({
    method: 'POST',
    path: '/api/dossiers/plan/headings',
    title: { vi: 'Thêm đề mục', en: 'Add a heading' },
    body: z.strictObject({ year, parentId: id.nullable(), title: neededText(200) }),
    reply: { kind: 'json', status: 201, schema: heading },
  }),
  renameHeading: line({
    method: 'PATCH',
    path: '/api/dossiers/plan/headings/:id',
    title: { vi: 'Sửa tên đề mục', en: 'Rename a heading' },
    params,
    body: z.strictObject({ title: neededText(200), reason: neededText(500) }),
    reply: { kind: 'json', status: 200, schema: heading },
  }),
  /** While nothing stands under it. */
  removeHeading: line({
    method: 'POST',
    path: '/api/dossiers/plan/headings/:id/removal',
    title: { vi: 'Bỏ đề mục trống', en: 'Remove an empty heading' },
    params,
    body: z.strictObject({ reason: neededText(500) }),
    reply: { kind: 'json', status: 200, schema: heading },
  }),
  headingHistory: line({
    method: 'GET',
    path: '/api/dossiers/plan/headings/history',
    title: { vi: 'Lịch sử đề mục của một năm', en: 'History of the headings of a year' },
    query: z.strictObject({ year }),
    reply: { kind: 'json', status: 200, schema: z.object({ rows: z.array(headingChange) }) },
  }),
  /** A whole plan from a spreadsheet; without `apply` it says what would come of it. All or nothing. Of a dossier that stands the title alone may change. */
  load: line({
    method: 'POST',
    path: '/api/dossiers/plan/load',
    title: { vi: 'Nạp danh mục hồ sơ', en: 'Load a file plan' },
    body: z.strictObject({
      year,
      document: text(100).nullable(),
      rows: z.array(planCells).min(1).max(5_000),
      apply: z.boolean(),
    }),
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({
        applied: z.boolean(),
        problems: z.array(planProblem),
        headings: z.object({ added: z.number().int(), there: z.number().int() }),
        dossiers: z.object({ added: z.number().int(), there: z.number().int() }),
        /** Titles of dossiers that stand, as they are and as the table has them. */
        corrections: z.array(
          z.object({ row: z.number().int(), notation: z.string(), before: z.string(), after: z.string() }),
        ),
      }),
    },
  }),
  takeOut: line({
    method: 'GET',
    path: '/api/dossiers/plan/tables',
    title: { vi: 'Lấy danh mục hồ sơ ra bảng tính', en: 'Take out the file plan' },
    query: z.strictObject({ year }),
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({ document: z.string().nullable(), rows: z.array(planCells.required()) }),
    },
  }),
};
