import { z } from 'zod';
import { line } from './line.ts';
import { id, wholeNumber } from './shapes.ts';

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
};
