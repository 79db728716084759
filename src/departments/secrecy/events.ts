import type { EventDraft } from '../../kernel/event.ts';
import type { Rank } from '../../kernel/labels.ts';
import type { Cause } from './rules.ts';

/** Only the facts: no title, no name of a file, no number of a decision. */
export const recordFrozen = (recordId: string, rank: Rank, cause: Cause): EventDraft<'record.frozen'> => ({
  type: 'record.frozen',
  version: 2,
  outcome: 'done',
  recordId,
  rank,
  data: { what: cause },
});
export const recordReleased = (recordId: string, rank: Rank, ground: string): EventDraft<'record.released'> => ({
  type: 'record.released',
  version: 1,
  outcome: 'done',
  recordId,
  rank,
  data: { what: ground },
});
export const releaseAsked = (recordId: string, change: string, ground: string): EventDraft<'release.asked'> => ({
  type: 'release.asked',
  version: 1,
  outcome: 'done',
  recordId,
  data: { change, what: ground },
});
export const releaseDecided = (
  recordId: string,
  change: string,
  confirmed: boolean,
): EventDraft<'release.decided'> => ({
  type: 'release.decided',
  version: 1,
  outcome: 'done',
  recordId,
  data: { change, confirmed },
});
export const withheldLooked = (rows: number): EventDraft<'withheld.looked'> => ({
  type: 'withheld.looked',
  version: 1,
  outcome: 'done',
  data: { rows },
});
