import type { EventDraft } from '../../kernel/event.ts';

export const jobRetried = (job: string): EventDraft<'job.retried'> => ({
  type: 'job.retried',
  version: 1,
  outcome: 'done',
  data: { job },
});
export const homeLooked = (shown: number): EventDraft<'home.looked'> => ({
  type: 'home.looked',
  version: 1,
  outcome: 'done',
  data: { shown },
});
