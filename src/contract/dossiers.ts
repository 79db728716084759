import { z } from 'zod';
import { line } from './line.ts';
import {
  day,
  direction,
  id,
  moment,
  neededText,
  personRef,
  rank,
  recordState,
  text,
  unitRef,
  wholeNumber,
} from './shapes.ts';

/**
 * The yearly file plan (danh mục hồ sơ), its headings, and the dossier (hồ sơ): opened, filled, closed. Nghị định 30/2020,
 * Điều 28 and 29; fields of Phụ lục VI, Phần II, mục III; forms of Phụ lục V.
 */

/** planned: in the plan, not begun. open: being filled. closed: its matter has ended; nothing goes in or out. */
export const dossierState = z.enum(['planned', 'open', 'closed']);
export type DossierState = z.infer<typeof dossierState>;

/** Maintenance: thời hạn lưu trữ, for ever or in years; null while nobody has said. */
export const retention = z.union([z.literal('permanent'), z.number().int().min(1).max(100)]);
export type Retention = z.infer<typeof retention>;

const year = wholeNumber.min(1900).max(2200);
/** FileNotation, 20: running number and abbreviation of the heading, `01.TCCB`. */
const notation = neededText(20);

const fields = {
  /** Title, 500 */
  title: neededText(500),
  /** The title's own label: a title says things too. */
  titleRank: rank,
  unitId: id.nullable(),
  /** Creator: người lập hồ sơ */
  ownerId: id.nullable(),
  retention: retention.nullable(),
  /** What the period rests on: a row of the schedule, a decision. */
  retentionBasis: text(200).nullable(),
  /** Language, 50 */
  language: text(50).nullable(),
  startDate: day.nullable(),
  endDate: day.nullable(),
  /** Description, 500 */
  note: text(500).nullable(),
};

export const heading = z.object({
  id,
  parentId: id.nullable(),
  /** `I`, `II` for large headings, `1`, `2` for those below (Phụ lục V, mục I). */
  numeral: z.string(),
  title: z.string(),
});
export type Heading = z.infer<typeof heading>;

export const dossierRow = z.object({
  id,
  year: z.number().int(),
  notation: z.string(),
  title: z.string(),
  titleRank: rank,
  /** At least the highest of what this person may see in it. */
  rank,
  state: dossierState,
  headingId: id.nullable(),
  owner: personRef.nullable(),
  unit: unitRef.nullable(),
  retention: retention.nullable(),
  startDate: day.nullable(),
  endDate: day.nullable(),
  /** Documents in it that this person may know. */
  records: z.number().int(),
});
export type DossierRow = z.infer<typeof dossierRow>;

/** What must be so before a dossier closes: Nghị định 30/2020, Điều 29(3) and (4). */
export const checkCode = z.enum([
  'has-documents',
  'no-drafts',
  'no-duplicates',
  'fields-complete',
  'retention-set',
  'dates-set',
  'paper-scanned',
  'sheets-numbered',
  'title-right',
  'retention-right',
]);
export type CheckCode = z.infer<typeof checkCode>;

export const check = z.object({
  code: checkCode,
  /** found: the house sees it; asked: only a person can say, when closing. */
  by: z.enum(['found', 'asked']),
  holds: z.boolean(),
  /** Without it the dossier does not close; the others are said and may be left with a word in the closing note. */
  needed: z.boolean(),
  /** Ordinals of the documents it is about, twenty at most. */
  about: z.array(z.number().int()),
});
export type Check = z.infer<typeof check>;

export const dossier = dossierRow.extend({
  retentionBasis: z.string().nullable(),
  language: z.string().nullable(),
  note: z.string().nullable(),
  /** Null when it is outside the plan (Điều 29(1)). */
  plan: z.object({ year: z.number().int(), document: z.string().nullable() }).nullable(),
  openedAt: moment.nullable(),
  openedBy: personRef.nullable(),
  closedAt: moment.nullable(),
  closedBy: personRef.nullable(),
  closingNote: z.string().nullable(),
  /** PageTotal of what this person may know. */
  pages: z.number().int(),
  checks: z.array(check),
  /**
   * Rises with every change of its fields and its state; sent back with one, so that two persons do not overwrite each
   * other. What comes in and goes out does not move it: it would tell of documents that a reader may not know.
   */
  version: z.number().int(),
  may: z.object({
    open: z.boolean(),
    fill: z.boolean(),
    correct: z.boolean(),
    close: z.boolean(),
    reopen: z.boolean(),
  }),
});
export type DossierView = z.infer<typeof dossier>;

export const dossierItem = z.object({
  recordId: id,
  /** STT among what this person may know. */
  ordinal: z.number().int(),
  /** Its home: whose retention rules it. Otherwise a link. */
  home: z.boolean(),
  state: recordState,
  rank,
  direction,
  numberAndSymbol: z.string().nullable(),
  arrivalNumber: z.number().int().nullable(),
  issuedDate: day.nullable(),
  documentType: z.string().nullable(),
  subject: z.string(),
  issuer: z.string().nullable(),
  /** Tờ số: first and last sheet of the paper. */
  sheets: z.object({ from: z.number().int(), to: z.number().int() }).nullable(),
  pages: z.number().int().nullable(),
  /** Registered without a file. */
  paperOnly: z.boolean(),
  note: z.string().nullable(),
  addedAt: moment,
});
export type DossierItem = z.infer<typeof dossierItem>;

export const dossierChange = z.object({
  at: moment,
  by: personRef.nullable(),
  /**
   * A field of the dossier; `state` for an arrow; `record` for a document that came or went, `{ recordId, as, subject,
   * numberAndSymbol }` before or after; `record-sheets`, `record-note`, `record-place` for how one stands in it.
   */
  field: z.string(),
  before: z.json(),
  after: z.json(),
  reason: z.string().nullable(),
});

/** A cell as it was typed; what it means is said by the load. */
const cell = z.string().max(1000).default('');
/** Rows of the spreadsheet in the order of the form (Phụ lục V, mục II): a heading has a numeral and no notation. */
export const planCells = z.strictObject({
  notation: cell,
  /** `I`, `1` for a heading; empty for a dossier. */
  numeral: cell,
  title: cell,
  retention: cell,
  /** Sign-in name of who keeps it. */
  owner: cell,
  /** Symbol of the unit. */
  unit: cell,
  /** Label of the title; empty is Nội bộ. */
  titleRank: cell,
  note: cell,
});
export type PlanCells = z.infer<typeof planCells>;

export const planProblem = z.object({
  /** From 1, without the heading. */
  row: z.number().int(),
  column: z.string(),
  problem: z.enum([
    'needed',
    'too-long',
    'twice',
    'unknown-unit',
    'unknown-person',
    'not-a-rank',
    'not-a-period',
    'no-heading-above',
    /** Neither Roman nor Arabic, or beside a code: a row is a heading or a dossier. */
    'not-a-numeral',
  ]),
});
export type PlanProblem = z.infer<typeof planProblem>;

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
    body: z.strictObject({ year, notation: notation.nullable(), headingId: id.nullable(), ...fields }),
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
      fields: z.strictObject({ notation, headingId: id.nullable(), ...fields }).partial(),
      version: z.int(),
      reason: reason.optional(),
    }),
    reply,
  }),
  /** A record has one home; moving it to another needs a reason, and its way stays in the history of both. */
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
    title: { vi: 'Ghi tờ số của văn bản', en: 'Sheets of a document' },
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
  /** A whole plan from a spreadsheet; without `apply` it says what would come of it. All or nothing. */
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
