import { z } from 'zod';
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

export const year = wholeNumber.min(1900).max(2200);
/** FileNotation, 20: running number and abbreviation of the heading, `01.TCCB`. */
export const notation = neededText(20);

export const dossierFields = {
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

export const headingChange = z.object({
  at: moment,
  by: personRef.nullable(),
  numeral: z.string(),
  before: z.string(),
  /** Null when the heading was removed. */
  after: z.string().nullable(),
  reason: z.string().nullable(),
});

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

/**
 * What a dossier's history tells a change of: its fields; `state` for an arrow; `record` for a document that came or went,
 * `{ recordId, as, subject, numberAndSymbol }` before or after; `record-…` for how one stands in it.
 */
export const dossierHistoryFields = [
  'notation',
  'headingId',
  ...(Object.keys(dossierFields) as (keyof typeof dossierFields)[]),
  'state',
  'closingNote',
  'record',
  'record-place',
  'record-sheets',
  'record-note',
] as const;
export type DossierHistoryField = (typeof dossierHistoryFields)[number];

export const dossierChange = z.object({
  at: moment,
  by: personRef.nullable(),
  field: z.enum(dossierHistoryFields),
  /** The document it is about, as it is called today. */
  record: z.object({ id, subject: z.string(), numberAndSymbol: z.string().nullable() }).nullable(),
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
    /** A dossier that was opened outside the plan bears the code. */
    'code-taken',
    /** Another title for a dossier that this person may not correct, or that is closed. */
    'not-yours',
    'closed',
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
