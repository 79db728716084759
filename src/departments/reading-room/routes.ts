import { readingRoomLines } from '../../contract/reading-room.ts';
import { counter, type Counter } from '../../platform/http/counter.ts';
import type { ReadingRoom } from './service.ts';

export function readingRoomCounters(options: { readonly readingRoom: ReadingRoom }): Counter[] {
  const { readingRoom } = options;
  return [
    counter({
      line: readingRoomLines.content,
      access: 'document.view',
      audit: { event: 'content.viewed' },
      rate: 'read',
      handle: ({ actor, who, params, query, header }) =>
        readingRoom.content(who, actor, params.fileId, query.as, header('range')),
    }),
    counter({
      line: readingRoomLines.picture,
      access: 'document.view',
      audit: { event: 'picture.viewed' },
      rate: 'read',
      handle: ({ actor, who, params, query }) =>
        readingRoom.picture(who, actor, params.fileId, params.page, query.width),
    }),
    counter({
      line: readingRoomLines.text,
      access: 'document.view',
      audit: { event: 'text.viewed' },
      rate: 'read',
      handle: ({ actor, who, params, query }) => readingRoom.text(who, actor, params.fileId, query.from, query.limit),
    }),
    counter({
      line: readingRoomLines.makeCopy,
      access: 'document.view',
      audit: { event: 'copy.made' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => readingRoom.copies.make(who, actor, params.fileId, body.purpose),
    }),
    counter({
      line: readingRoomLines.copy,
      access: 'document.view',
      audit: { event: 'copy.given' },
      rate: 'read',
      handle: ({ actor, who, params, query, header }) =>
        readingRoom.copies.content(who, actor, params.copyId, query.as, header('range')),
    }),
    counter({
      line: readingRoomLines.copies,
      access: 'copy.read',
      audit: { event: 'copies.listed' },
      rate: 'read',
      handle: ({ actor, who, query: { limit, after, ...filters } }) =>
        readingRoom.copies.list(who, actor, filters, limit, after),
    }),
    counter({
      line: readingRoomLines.checkCopy,
      access: 'copy.read',
      audit: { event: 'copy.checked' },
      rate: 'write',
      handle: ({ actor, who, params }) => readingRoom.copies.check(who, actor, params.copyId),
    }),
  ];
}
