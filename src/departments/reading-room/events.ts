import type { EventDraft } from '../../kernel/event.ts';
import type { ByteRange } from '../strongroom/index.ts';
import type { Readable } from './queries.ts';

type Told<Type extends string> = EventDraft<Type>;

const about = (file: Readable) => ({
  outcome: 'done' as const,
  recordId: file.recordId,
  fileId: file.fileId,
  rank: file.rank,
});

export const contentGiven = (
  file: Readable,
  as: 'inline' | 'attachment',
  range: ByteRange | undefined,
): Told<'content.viewed' | 'content.downloaded'> => ({
  ...about(file),
  type: as === 'inline' ? 'content.viewed' : 'content.downloaded',
  version: 1,
  sha256: file.sha256.toString('hex'),
  ...(range ? { data: { from: range.start, to: range.end } } : {}),
});
export const pictureViewed = (file: Readable, page: number): Told<'picture.viewed'> => ({
  ...about(file),
  type: 'picture.viewed',
  version: 1,
  data: { page },
});
export const textViewed = (file: Readable, from: number, pages: number): Told<'text.viewed'> => ({
  ...about(file),
  type: 'text.viewed',
  version: 1,
  data: { from, pages },
});
