import type { RecordFile } from '../../../contract/registry.ts';
import type { Rank } from '../../../kernel/labels.ts';

/** What every way of showing a file is given. Page and words stand in the address of the room. */
export interface ViewerProps {
  readonly file: RecordFile;
  /** Level of the record: above Công khai a copy is shown. */
  readonly rank: Rank;
  /** Where to begin, counted from one. */
  readonly page: number;
  readonly onPage: (page: number) => void;
  readonly words: string;
  readonly onWords: (words: string) => void;
}

/** How a file can be shown. Nothing that was uploaded is ever put into the page as markup. */
export type Showing = 'pdf' | 'image' | 'pictures' | 'text';

const shownByBrowsers: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
]);

export function showingOf(mediaType: string): Showing {
  if (mediaType === 'application/pdf') return 'pdf';
  if (shownByBrowsers.has(mediaType)) return 'image';
  return mediaType.startsWith('image/') ? 'pictures' : 'text';
}
