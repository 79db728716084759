import type { TrayItem } from '../../../contract/intake.ts';
import type { Joining } from './join-dialog.tsx';
import { drawableStages } from './page-viewer.tsx';
import { draftsOf } from './waiting-column.tsx';

/** The number that the name of this draft's file gives. */
export function guessIn(rows: readonly TrayItem[], recordId: string): Joining['guess'] {
  return rows.find((row) => row.recordId === recordId)?.guess ?? null;
}

const formats: ReadonlySet<string> = new Set(['pdf', 'png', 'jpg', 'jpeg', 'tif', 'tiff']);

/** A line of the tray, for the dialog. */
export function joiningOf(item: TrayItem): Joining {
  return {
    recordId: item.recordId,
    fileId: item.fileId,
    fileName: item.fileName,
    drawn: drawableStages.has(item.stage) && formats.has(item.format.toLowerCase()),
    guess: item.guess,
  };
}

/** The next scan that names its number: a stack of them goes through one dialog. */
export function nextToJoin(rows: readonly TrayItem[], after: string): TrayItem | undefined {
  const drafts = draftsOf(rows);
  const at = drafts.findIndex(({ recordId }) => recordId === after);
  return [...drafts.slice(at + 1), ...drafts.slice(0, Math.max(0, at))].find(
    ({ guess, recordId }) => recordId !== after && guess !== null,
  );
}
