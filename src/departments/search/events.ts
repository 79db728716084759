import type { EventDraft } from '../../kernel/event.ts';

/** The words stand sealed in a row of their own; the log keeps their salted digest, and how many hits were shown. */
export const searchAsked = (
  digest: string,
  shown: number,
  filters: readonly string[],
  degraded: boolean,
): EventDraft<'search.asked'> => ({
  type: 'search.asked',
  version: 1,
  outcome: 'done',
  data: { digest, shown, filters, degraded },
});
