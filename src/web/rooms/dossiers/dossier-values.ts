import type { dossierLines, DossierView, Retention } from '../../../contract/dossiers.ts';
import type { BodyInput } from '../../../contract/line.ts';
import type { CalendarDate } from '../../../kernel/dates.ts';
import type { Rank } from '../../../kernel/labels.ts';
import { formatDay } from '../../parts/format.ts';
import { dayFromText } from '../intake/day-text.ts';
import { retentionIn } from './dossier-rules.ts';

/** The fields of a dossier as a person types them. */
export interface DossierValues {
  readonly notation: string;
  readonly headingId: string | null;
  readonly title: string;
  readonly titleRank: Rank;
  readonly unitId: string | null;
  readonly ownerId: string | null;
  readonly retention: string;
  readonly retentionBasis: string;
  readonly language: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly note: string;
}
export type ValueName = keyof DossierValues;

export type Fields = Omit<BodyInput<(typeof dossierLines)['add']>, 'year' | 'notation'> & { readonly notation: string };
export type Wrong = Partial<Record<ValueName, 'needed' | 'not-a-date' | 'not-a-period' | 'before-start'>>;

/** `words` says a period as this person reads it. */
export function valuesOf(dossier: DossierView, words: (retention: Retention) => string): DossierValues {
  return {
    notation: dossier.notation,
    headingId: dossier.headingId,
    title: dossier.title,
    titleRank: dossier.titleRank,
    unitId: dossier.unit?.id ?? null,
    ownerId: dossier.owner?.id ?? null,
    retention: dossier.retention === null ? '' : words(dossier.retention),
    retentionBasis: dossier.retentionBasis ?? '',
    language: dossier.language ?? '',
    startDate: formatDay(dossier.startDate),
    endDate: formatDay(dossier.endDate),
    note: dossier.note ?? '',
  };
}

/** What was typed as the contract takes it, and what of it cannot be. */
export function fieldsIn(
  values: DossierValues,
  today: CalendarDate,
  codeNeeded: boolean,
): { readonly fields: Fields; readonly wrong: Wrong } {
  const empty = (text: string): string | null => (text.trim() === '' ? null : text);
  const day = (text: string): CalendarDate | null | undefined =>
    text.trim() === '' ? null : (dayFromText(text, today) ?? undefined);
  const retention = retentionIn(values.retention);
  const startDate = day(values.startDate);
  const endDate = day(values.endDate);
  const turned = startDate !== null && endDate !== null && endDate !== undefined && endDate < (startDate ?? '');
  return {
    fields: {
      ...values,
      retention: retention ?? null,
      retentionBasis: empty(values.retentionBasis),
      language: empty(values.language),
      note: empty(values.note),
      startDate: startDate ?? null,
      endDate: endDate ?? null,
    },
    wrong: {
      ...(codeNeeded && values.notation.trim() === '' ? { notation: 'needed' as const } : {}),
      ...(values.title.trim() === '' ? { title: 'needed' as const } : {}),
      ...(retention === undefined ? { retention: 'not-a-period' as const } : {}),
      ...(startDate === undefined ? { startDate: 'not-a-date' as const } : {}),
      ...(endDate === undefined
        ? { endDate: 'not-a-date' as const }
        : turned
          ? { endDate: 'before-start' as const }
          : {}),
    },
  };
}

/** Only what was changed here: what another person changed meanwhile in other fields stands. */
export function changedFields(before: Fields, now: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== before[name as keyof Fields]));
}
