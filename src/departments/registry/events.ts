import type { EventDraft } from '../../kernel/event.ts';
import type { Rank } from '../../kernel/labels.ts';

export const recordViewed = (recordId: string, rank: Rank, rule: string): EventDraft<'record.viewed'> => ({
  type: 'record.viewed',
  version: 1,
  outcome: 'done',
  recordId,
  rank,
  rule,
});
export const recordRegistered = (
  recordId: string,
  rank: Rank,
  entry: { direction: string; year: number; number: number | null },
): EventDraft<'record.registered'> => ({
  type: 'record.registered',
  version: 1,
  outcome: 'done',
  recordId,
  rank,
  data: entry,
});
/** The fields that changed, by name; what stood in them is kept in the record's own history. */
export const recordCorrected = (
  recordId: string,
  rank: Rank,
  fields: readonly string[],
): EventDraft<'record.corrected'> => ({
  type: 'record.corrected',
  version: 1,
  outcome: 'done',
  recordId,
  rank,
  data: { fields },
});
export const recordRelabelled = (recordId: string, before: Rank, after: Rank): EventDraft<'record.relabelled'> => ({
  type: 'record.relabelled',
  version: 1,
  outcome: 'done',
  recordId,
  rank: before > after ? before : after,
  data: { before, after },
});
export const historyViewed = (recordId: string, rank: Rank): EventDraft<'record.history-viewed'> => ({
  type: 'record.history-viewed',
  version: 1,
  outcome: 'done',
  recordId,
  rank,
});
export const recordFrozen = (recordId: string, rank: Rank): EventDraft<'record.frozen'> => ({
  type: 'record.frozen',
  version: 1,
  outcome: 'done',
  recordId,
  rank,
});
