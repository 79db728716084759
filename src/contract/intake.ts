import { z } from 'zod';
import { line } from './line.ts';
import { fileStage, id, moment, pageOf, rankInQuery, text, recordState } from './shapes.ts';

/** What the house promises for a file: 201 only when its bytes are durable and its row is committed. */
export const receipt = z.object({
  recordId: id,
  fileId: id,
  fileName: z.string(),
  mediaType: z.string(),
  format: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  sha512: z.string(),
  receivedAt: moment,
  stage: fileStage,
  /** It bears a độ mật and GIẢI MẬT beside it: kept, and known to nobody until the security officer has settled it. */
  withheld: z.literal(true).optional(),
});
export type Receipt = z.infer<typeof receipt>;

export const trayItem = z.object({
  recordId: id,
  fileId: id,
  fileName: z.string(),
  subject: z.string(),
  size: z.number().int(),
  format: z.string(),
  state: recordState,
  stage: fileStage,
  pages: z.number().int().nullable(),
  pagesRead: z.number().int(),
  problem: z.string().nullable(),
  receivedAt: moment,
  arrivalNumber: z.number().int().nullable(),
  mine: z.boolean(),
  /**
   * The arrival number that the file's name gives ("den 28417.pdf"), when a document is registered under it without a
   * file: what a scan that comes later may belong to. Offered, never followed.
   */
  guess: z.object({ number: z.number().int(), year: z.number().int() }).nullable(),
});
export type TrayItem = z.infer<typeof trayItem>;

export const intakeLines = {
  upload: line({
    method: 'POST',
    path: '/api/uploads',
    title: { vi: 'Tải một tệp vào kho', en: 'Upload one file' },
    upload: true,
    body: z.strictObject({
      /** Refused before a byte is kept when it is a secret rank on a networked install. */
      rank: rankInQuery.optional(),
      /** Path inside the dropped folder, for the person's own reference. */
      relativePath: text(1000).optional(),
      /** The record this file belongs to; else it becomes a draft of its own. */
      attachTo: id.optional(),
      /** What it is there: an attachment, or a new version of the document itself (its scan, a rescan). */
      as: z.enum(['attachment', 'version']).default('attachment'),
      /** Needed when the record is registered and has a file already: what is new about this one. */
      reason: text(500).optional(),
    }),
    reply: { kind: 'json', status: 201, schema: receipt },
  }),
  tray: line({
    method: 'GET',
    path: '/api/intake/tray',
    title: { vi: 'Khay tiếp nhận', en: 'The intake tray' },
    query: z.strictObject({
      state: z.enum(['waiting', 'all']).default('waiting'),
      after: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    reply: {
      kind: 'json',
      status: 200,
      schema: pageOf(trayItem).extend({
        waiting: z.number().int(),
        registeredToday: z.number().int(),
        processing: z.number().int(),
        failed: z.number().int(),
      }),
    },
  }),
  readAgain: line({
    method: 'POST',
    path: '/api/files/:fileId/reading',
    title: { vi: 'Đọc lại tệp', en: 'Read a file again' },
    params: z.strictObject({ fileId: id }),
    reply: { kind: 'json', status: 202, schema: z.object({ stage: fileStage }) },
  }),
  /** The button "Văn bản có dấu mật?": logs the fact, withholds the draft, and says where such a document belongs. */
  reportSecret: line({
    method: 'POST',
    path: '/api/intake/secret-reports',
    title: { vi: 'Văn bản có dấu mật', en: 'A document that bears a secrecy mark' },
    body: z.strictObject({ recordId: id.nullable() }),
    reply: { kind: 'json', status: 201, schema: z.object({ withheld: z.boolean(), guidance: z.array(z.string()) }) },
  }),
};
