import type { EventDraft, EventFact } from '../../kernel/event.ts';
import type { Rank } from '../../kernel/labels.ts';

/* References and figures only: no code, no title. `rank` is what the person was shown or changed. */

const about = <Type extends string>(
  type: Type,
  dossier: { readonly id: string; readonly rank: Rank },
  data: Readonly<Record<string, EventFact>> = {},
) =>
  ({
    type,
    version: 1,
    outcome: 'done',
    rank: dossier.rank,
    data: { dossier: dossier.id, ...data },
  }) satisfies EventDraft<Type>;

type Told = Parameters<typeof about>[1];

export const dossiersLooked = (rows: number, rank: Rank, recordId?: string): EventDraft<'dossiers.looked'> => ({
  type: 'dossiers.looked',
  version: 1,
  outcome: 'done',
  recordId,
  rank,
  data: { rows },
});
export const dossierViewed = (dossier: Told, rows: number): EventDraft<'dossier.viewed'> =>
  about('dossier.viewed', dossier, { rows });
export const dossierHistoryViewed = (dossier: Told): EventDraft<'dossier.history-viewed'> =>
  about('dossier.history-viewed', dossier);
export const dossierListGiven = (dossier: Told, form: string, rows: number): EventDraft<'dossier.list-given'> =>
  about('dossier.list-given', dossier, { form, rows });
export const dossierAdded = (dossier: Told, year: number): EventDraft<'dossier.added'> =>
  about('dossier.added', dossier, { year });
export const dossierOpened = (dossier: Told): EventDraft<'dossier.opened'> => about('dossier.opened', dossier);
export const dossierCorrected = (dossier: Told, fields: readonly string[]): EventDraft<'dossier.corrected'> =>
  about('dossier.corrected', dossier, { fields });
export const dossierClosed = (dossier: Told, records: number): EventDraft<'dossier.closed'> =>
  about('dossier.closed', dossier, { rows: records });
export const dossierReopened = (dossier: Told): EventDraft<'dossier.reopened'> => about('dossier.reopened', dossier);
/** One event a document. `from` is the dossier that was its home before. */
export const recordPut = (
  dossier: Told,
  recordId: string,
  as: 'home' | 'link',
  from: string | null,
): EventDraft<'dossier.record-put'> => ({ ...about('dossier.record-put', dossier, { as, from }), recordId });
export const recordTaken = (dossier: Told, recordId: string): EventDraft<'dossier.record-taken'> => ({
  ...about('dossier.record-taken', dossier),
  recordId,
});
export const recordPlaced = (
  dossier: Told,
  recordId: string,
  fields: readonly string[],
): EventDraft<'dossier.record-placed'> => ({ ...about('dossier.record-placed', dossier, { fields }), recordId });

export const headingAdded = (heading: string, year: number): EventDraft<'plan.heading-added'> => ({
  type: 'plan.heading-added',
  version: 1,
  outcome: 'done',
  data: { heading, year },
});
export const headingRenamed = (heading: string, year: number): EventDraft<'plan.heading-renamed'> => ({
  ...headingAdded(heading, year),
  type: 'plan.heading-renamed',
});
export const headingRemoved = (heading: string, year: number): EventDraft<'plan.heading-removed'> => ({
  ...headingAdded(heading, year),
  type: 'plan.heading-removed',
});
export const planLoaded = (year: number, headings: number, dossiers: number): EventDraft<'plan.loaded'> => ({
  type: 'plan.loaded',
  version: 1,
  outcome: 'done',
  data: { year, headings, dossiers },
});
export const planTakenOut = (year: number, rows: number): EventDraft<'plan.taken-out'> => ({
  type: 'plan.taken-out',
  version: 1,
  outcome: 'done',
  data: { year, rows },
});
