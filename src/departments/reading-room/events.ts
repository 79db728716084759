import type { EventDraft } from '../../kernel/event.ts';
import type { ByteRange } from '../strongroom/index.ts';
import type { Readable } from './queries.ts';
import { copyLabel, type CopyEntry } from './rules.ts';

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

type Copy = Pick<CopyEntry, 'id' | 'recordId' | 'fileId' | 'rank'>;

const aboutCopy = (copy: Copy) => ({
  recordId: copy.recordId,
  fileId: copy.fileId,
  rank: copy.rank,
});

export const copyMade = (copy: CopyEntry, sha256: Buffer, pages: number): Told<'copy.made'> => ({
  ...aboutCopy(copy),
  outcome: 'done',
  type: 'copy.made',
  version: 1,
  sha256: sha256.toString('hex'),
  data: { copy: copy.id, number: copyLabel(copy), purpose: copy.purpose, pages },
});
export const copyFailed = (copy: CopyEntry, problem: string): Told<'copy.made'> => ({
  ...aboutCopy(copy),
  outcome: 'failed',
  type: 'copy.made',
  version: 1,
  rule: problem,
  data: { copy: copy.id, number: copyLabel(copy), purpose: copy.purpose },
});
export const copyGiven = (copy: CopyEntry, sha256: Buffer, range: ByteRange | undefined): Told<'copy.given'> => ({
  ...aboutCopy(copy),
  outcome: 'done',
  type: 'copy.given',
  version: 1,
  sha256: sha256.toString('hex'),
  data: {
    copy: copy.id,
    number: copyLabel(copy),
    purpose: copy.purpose,
    ...(range ? { from: range.start, to: range.end } : {}),
  },
});
export const copyChecked = (copy: CopyEntry, same: boolean): Told<'copy.checked'> => ({
  ...aboutCopy(copy),
  outcome: same ? 'done' : 'failed',
  type: 'copy.checked',
  version: 1,
  data: { copy: copy.id, number: copyLabel(copy) },
});
export const copiesListed = (count: number): Told<'copies.listed'> => ({
  outcome: 'done',
  type: 'copies.listed',
  version: 1,
  data: { count },
});
