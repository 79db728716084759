import { z } from 'zod';
import { line } from './line.ts';
import { day, direction, id, moment, neededText, personRef, rank, recordState, text, wholeNumber } from './shapes.ts';

/**
 * The legal books (sổ đăng ký văn bản). `own` allocates from its start number on; a number below it, and every number of
 * an `external` register, was given by another system and is taken as it is, gaps and all. Two allocators of one series
 * would break Điều 22 of Nghị định 30/2020.
 */
export const registerKind = z.enum(['own', 'external']);
export type RegisterKind = z.infer<typeof registerKind>;

const year = wholeNumber.min(1900).max(2200);
const number = wholeNumber.min(1).max(999_999_999);

export const registerRow = z.object({
  id,
  direction,
  year: z.number().int(),
  kind: registerKind,
  /** The first number this house allocates, or would. */
  startNumber: z.number().int(),
  /** The last number in it; null while it is empty or has no numbers of its own. */
  lastNumber: z.number().int().nullable(),
  /** The system that gives, or gave, the numbers that are taken. */
  otherSystem: z.string().nullable(),
  entries: z.number().int(),
  /** Kind and start stand once a number of ours has been allocated. */
  mayChange: z.boolean(),
});
export type RegisterRow = z.infer<typeof registerRow>;

/** One line of the book, with the columns of Phụ lục IV that metadata can fill. */
export const registerEntry = z.object({
  recordId: id,
  number: z.number().int().nullable(),
  /** The number of another system, not ours. */
  taken: z.boolean(),
  state: recordState,
  rank,
  arrivalDate: day.nullable(),
  issuer: z.string().nullable(),
  numberAndSymbol: z.string().nullable(),
  issuedDate: day.nullable(),
  documentType: z.string().nullable(),
  subject: z.string(),
  signerName: z.string().nullable(),
  recipients: z.array(z.string()),
  leadUnit: z.string().nullable(),
  enteredAt: moment,
  enteredBy: personRef.nullable(),
  /** Registered without a file, so far. */
  withoutFile: z.boolean(),
});
export type RegisterEntry = z.infer<typeof registerEntry>;

const setting = {
  kind: registerKind,
  startNumber: number,
  /** Name of the system that gives the numbers, or gave those below the start. */
  otherSystem: text(200).nullable(),
};

export const registerChange = z.object({
  at: moment,
  by: personRef.nullable(),
  before: z.object({ kind: registerKind, startNumber: z.number().int(), otherSystem: z.string().nullable() }),
  after: z.object({ kind: registerKind, startNumber: z.number().int(), otherSystem: z.string().nullable() }),
  reason: z.string().nullable(),
});
export type RegisterChange = z.infer<typeof registerChange>;

export const registerLines = {
  registers: line({
    method: 'GET',
    path: '/api/registers',
    title: { vi: 'Sổ đăng ký văn bản', en: 'Registers' },
    reply: { kind: 'json', status: 200, schema: z.object({ rows: z.array(registerRow) }) },
  }),
  /** Before the year begins, or an office moves in: what kind of book it is, and from which number. */
  setUpRegister: line({
    method: 'POST',
    path: '/api/registers',
    title: { vi: 'Mở sổ đăng ký', en: 'Set up a register' },
    body: z.strictObject({ direction, year, ...setting }),
    reply: { kind: 'json', status: 201, schema: registerRow },
  }),
  changeRegister: line({
    method: 'PATCH',
    path: '/api/registers/:id',
    title: { vi: 'Sửa sổ chưa cấp số', en: 'Change a register that has allocated nothing' },
    params: z.strictObject({ id }),
    body: z.strictObject({ ...setting, reason: neededText(500) }),
    reply: { kind: 'json', status: 200, schema: registerRow },
  }),
  history: line({
    method: 'GET',
    path: '/api/registers/:id/history',
    title: { vi: 'Lịch sử cách đặt sổ', en: 'History of a register' },
    params: z.strictObject({ id }),
    reply: { kind: 'json', status: 200, schema: z.object({ rows: z.array(registerChange) }) },
  }),
  entries: line({
    method: 'GET',
    path: '/api/registers/:id/entries',
    title: { vi: 'Các dòng của sổ', en: 'Entries of a register' },
    params: z.strictObject({ id }),
    query: z.strictObject({
      after: z.string().max(300).optional(),
      limit: wholeNumber.min(1).max(200).default(100),
    }),
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({
        register: registerRow,
        /** Newest number first. */
        rows: z.array(registerEntry),
        /** Numbers that nobody has entered, between the first and the last that were taken; two hundred spans at most. */
        gaps: z.array(z.object({ from: z.number().int(), until: z.number().int() })),
        next: z.string().nullable(),
      }),
    },
  }),
  /** "Số đến 28417": which document is it? For a scan that comes after its paper. */
  byNumber: line({
    method: 'GET',
    path: '/api/registers/by-number',
    title: { vi: 'Tìm văn bản theo số đến', en: 'Find a record by its arrival number' },
    query: z.strictObject({ number, year }),
    reply: { kind: 'json', status: 200, schema: z.object({ entry: registerEntry }) },
  }),
};
