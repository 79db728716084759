import { z } from 'zod';
import { line } from './line.ts';
import { id, moment, pageOf, personRef, rank, wholeNumber } from './shapes.ts';

const purpose = z.enum(['view', 'print', 'download']);

/** A line of the register of copies: who got what, when, under which number. */
export const copyRow = z.object({
  id,
  label: z.string(),
  rank,
  at: moment,
  person: personRef,
  purpose,
  /** The title only to whoever keeps the records and may know this one. */
  record: z.object({ id, reference: z.string().nullable(), subject: z.string().nullable() }),
  version: z.number().int(),
  pages: z.number().int().nullable(),
  size: z.number().int().nullable(),
  sha256: z.string().nullable(),
  /** Why there is no copy under this number. */
  problem: z.string().nullable(),
  mayCheck: z.boolean(),
});
export type CopyRow = z.infer<typeof copyRow>;

export const readingRoomLines = {
  content: line({
    method: 'GET',
    path: '/api/files/:fileId/content',
    title: { vi: 'Tệp gốc', en: 'The original bytes' },
    params: z.strictObject({ fileId: id }),
    /** `attachment` is a download, `inline` a view; each is an event of its own. */
    query: z.strictObject({ as: z.enum(['inline', 'attachment']).default('attachment') }),
    reply: { kind: 'bytes', mediaType: 'application/octet-stream' },
  }),
  picture: line({
    method: 'GET',
    path: '/api/files/:fileId/pages/:page/picture',
    title: { vi: 'Ảnh một trang', en: 'A picture of one page' },
    params: z.strictObject({ fileId: id, page: wholeNumber.min(1).max(100_000) }),
    query: z.strictObject({ width: wholeNumber.min(60).max(2400).default(900) }),
    reply: { kind: 'bytes', mediaType: 'image/png' },
  }),
  text: line({
    method: 'GET',
    path: '/api/files/:fileId/text',
    title: { vi: 'Chữ đọc được của tệp', en: 'The text read from a file' },
    params: z.strictObject({ fileId: id }),
    query: z.strictObject({ from: wholeNumber.min(1).default(1), limit: wholeNumber.min(1).max(100).default(50) }),
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({
        unit: z.enum(['page', 'paragraph']),
        pages: z.array(
          z.object({
            number: z.number().int(),
            text: z.string(),
            source: z.enum(['layer', 'ocr']),
            confidence: z.number().nullable(),
          }),
        ),
        next: z.number().int().nullable(),
      }),
    },
  }),
  makeCopy: line({
    method: 'POST',
    path: '/api/files/:fileId/copies',
    title: { vi: 'Làm bản sao có tên người nhận', en: 'Make a copy that bears its receiver’s name' },
    params: z.strictObject({ fileId: id }),
    body: z.strictObject({ purpose }),
    reply: {
      kind: 'json',
      status: 201,
      schema: z.object({
        id,
        /** As it stands on the copy: `12/2026/NB`. */
        label: z.string(),
        at: moment,
        pages: z.number().int(),
        size: z.number().int(),
        /** The original bears a digital signature, which the copy does not. */
        signed: z.boolean(),
      }),
    },
  }),
  copy: line({
    method: 'GET',
    path: '/api/copies/:copyId/content',
    title: { vi: 'Bản sao', en: 'The copy' },
    params: z.strictObject({ copyId: id }),
    query: z.strictObject({ as: z.enum(['inline', 'attachment']).default('attachment') }),
    reply: { kind: 'bytes', mediaType: 'application/pdf' },
  }),
  copies: line({
    method: 'GET',
    path: '/api/copies',
    title: { vi: 'Sổ bản sao', en: 'The register of copies' },
    query: z.strictObject({
      recordId: id.optional(),
      personId: id.optional(),
      after: id.optional(),
      limit: wholeNumber.min(1).max(100).default(50),
    }),
    reply: { kind: 'json', status: 200, schema: pageOf(copyRow) },
  }),
  checkCopy: line({
    method: 'POST',
    path: '/api/copies/:copyId/check',
    title: { vi: 'Làm lại bản sao và so từng byte', en: 'Make a copy again and compare every byte' },
    params: z.strictObject({ copyId: id }),
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({
        same: z.boolean(),
        /** Other tools than those it was made with may make other bytes of the same page. */
        sameTools: z.boolean(),
      }),
    },
  }),
};
