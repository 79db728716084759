import type { EventDraft } from '../../kernel/event.ts';

export const fileReceived = (
  recordId: string,
  fileId: string,
  sha256: string,
  size: number,
  format: string,
): EventDraft<'file.received'> => ({
  type: 'file.received',
  version: 1,
  outcome: 'done',
  recordId,
  fileId,
  sha256,
  rank: 2,
  data: { size, format },
});
export const fileRefused = (rule: string): EventDraft<'file.refused'> => ({
  type: 'file.refused',
  version: 1,
  outcome: 'refused',
  rule,
});
export const fileRead = (
  recordId: string,
  fileId: string,
  pages: number,
  problem: string | null,
): EventDraft<'file.read'> => ({
  type: 'file.read',
  version: 1,
  outcome: problem === null ? 'done' : 'failed',
  recordId,
  fileId,
  data: { pages, problem },
});
export const fileRecognised = (recordId: string, fileId: string, pages: number): EventDraft<'file.recognised'> => ({
  type: 'file.recognised',
  version: 1,
  outcome: 'done',
  recordId,
  fileId,
  data: { pages },
});
export const readAgainAsked = (recordId: string, fileId: string): EventDraft<'file.read-again'> => ({
  type: 'file.read-again',
  version: 1,
  outcome: 'done',
  recordId,
  fileId,
});
/** Only the fact: no title, no summary, no name of a file. */
export const secretReported = (recordId: string | undefined): EventDraft<'secret.reported'> => ({
  type: 'secret.reported',
  version: 1,
  outcome: 'refused',
  recordId,
});
export const trayLooked = (rows: number): EventDraft<'tray.looked'> => ({
  type: 'tray.looked',
  version: 1,
  outcome: 'done',
  data: { rows },
});
