import { readingRoomLines } from '../../../contract/reading-room.ts';
import type { RecordFile } from '../../../contract/registry.ts';
import type { Rank } from '../../../kernel/labels.ts';
import { ask, urlOf } from '../../api.ts';

/* Above Công khai the house gives copies that bear the reader's name; which it was, their number says. */

export interface ToView {
  readonly file: Pick<RecordFile, 'id' | 'size'>;
  readonly rank: Rank;
}

/** Where the pages to look at are: the original of what is Công khai, else a copy made for this look. */
export async function placeToView(
  { file, rank }: ToView,
  signal: AbortSignal,
): Promise<{ readonly url: string; readonly size: number; readonly copy: string | null }> {
  if (rank === 0) {
    const url = urlOf(readingRoomLines.content, { params: { fileId: file.id }, query: { as: 'inline' } });
    return { url, size: file.size, copy: null };
  }
  const made = await ask(readingRoomLines.makeCopy, { params: { fileId: file.id }, body: { purpose: 'view' }, signal });
  return { url: contentOf(made.id, 'inline'), size: made.size, copy: made.label };
}

const contentOf = (copyId: string, as: 'inline' | 'attachment'): string =>
  urlOf(readingRoomLines.copy, { params: { copyId }, query: { as } });

/** Makes a copy to take away and has the browser fetch it; answers its number. */
export async function takeCopy(fileId: string): Promise<string> {
  const made = await ask(readingRoomLines.makeCopy, { params: { fileId }, body: { purpose: 'download' } });
  fetchCopy(made.id);
  return made.label;
}

export function fetchCopy(copyId: string): void {
  const link = document.createElement('a');
  link.href = contentOf(copyId, 'attachment');
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}

/** A copy made to be printed. */
export async function copyToPrint(fileId: string, signal: AbortSignal) {
  const made = await ask(readingRoomLines.makeCopy, { params: { fileId }, body: { purpose: 'print' }, signal });
  return { ...made, url: contentOf(made.id, 'inline') };
}

/** Kinds of files that have pages for a copy. */
export const hasCopies = (format: string): boolean => ['pdf', 'png', 'jpeg', 'tiff'].includes(format);
