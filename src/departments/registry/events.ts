import type { EventDraft, EventFact } from '../../kernel/event.ts';
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
  entry: { direction: string; year: number; number: number | null; taken: boolean; file: boolean },
): EventDraft<'record.registered'> => ({
  type: 'record.registered',
  version: 2,
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
/** A version or an attachment came to a record; `from` is the draft it lay in. */
export const versionAdded = (
  recordId: string,
  rank: Rank,
  data: { as: string; number: number; files: number; from: string | null },
): EventDraft<'record.file-added'> => ({
  type: 'record.file-added',
  version: 1,
  outcome: 'done',
  recordId,
  rank,
  data,
});
export const recordJoined = (recordId: string, rank: Rank, into: string): EventDraft<'record.joined'> => ({
  type: 'record.joined',
  version: 1,
  outcome: 'done',
  recordId,
  rank,
  data: { into },
});

const bookEvent = <Type extends string>(type: Type, data: Readonly<Record<string, EventFact>>): EventDraft<Type> => ({
  type,
  version: 1,
  outcome: 'done',
  data,
});
type Setting = { kind: string; startNumber: number };
export const registerSetUp = (register: string, direction: string, year: number, setting: Setting) =>
  bookEvent('register.set-up', { register, direction, year, kind: setting.kind, start: setting.startNumber });
export const registerChanged = (register: string, before: Setting, after: Setting) =>
  bookEvent('register.changed', {
    register,
    before: { kind: before.kind, start: before.startNumber },
    after: { kind: after.kind, start: after.startNumber },
  });
export const registerLooked = (register: string, rows: number) => bookEvent('register.looked', { register, rows });
export const numberLooked = (recordId: string, rank: Rank): EventDraft<'register.number-asked'> => ({
  ...bookEvent('register.number-asked', {}),
  recordId,
  rank,
});

export const correspondentAdded = (correspondent: string) => bookEvent('correspondent.added', { correspondent });
export const correspondentChanged = (correspondent: string, what: string) =>
  bookEvent('correspondent.changed', { correspondent, what });
export const correspondentsMerged = (correspondent: string, into: string, records: number) =>
  bookEvent('correspondent.merged', { correspondent, into, records });
export const correspondentsLoaded = (added: number, there: number) =>
  bookEvent('correspondents.loaded', { added, there });
export const correspondentsTakenOut = (rows: number) => bookEvent('correspondents.taken-out', { rows });
