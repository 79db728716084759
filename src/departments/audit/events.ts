import type { EventDraft, EventFact } from '../../kernel/event.ts';

/** The auditor's own looking stands in the log too: which filters, how many rows. */
export const logLooked = (filters: Readonly<Record<string, EventFact>>, rows: number): EventDraft<'audit.looked'> => ({
  type: 'audit.looked',
  version: 1,
  outcome: 'done',
  data: { filters, rows },
});
export const logExported = (filters: Readonly<Record<string, EventFact>>): EventDraft<'audit.exported'> => ({
  type: 'audit.exported',
  version: 1,
  outcome: 'done',
  data: { filters },
});
