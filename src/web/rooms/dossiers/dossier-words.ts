import { useTranslation } from 'react-i18next';
import type { Check, DossierView, Retention } from '../../../contract/dossiers.ts';
import { formatDay } from '../../parts/format.ts';
import { dueInArchive, lastDayOf } from './dossier-rules.ts';

/** `vĩnh viễn`, `20 năm`, or that nobody has said. */
export function useRetentionWords(): (retention: Retention | null) => string {
  const { t } = useTranslation('dossiers');
  return (retention) =>
    retention === null
      ? t('retention.none')
      : retention === 'permanent'
        ? t('retention.permanent')
        : t('retention.years', { count: retention });
}

export interface Status {
  /** How long it is kept. */
  readonly kept: string;
  /** Where it stands and what is due. */
  readonly rest: string;
  readonly tone: 'good' | 'wait';
}

/** The one sentence that says where the dossier stands. */
export function useStatus(dossier: DossierView): Status {
  const { t } = useTranslation('dossiers');
  const words = useRetentionWords();
  const { retention, retentionBasis, startDate, endDate, state } = dossier;
  const last = retention === null || endDate === null || state !== 'closed' ? null : lastDayOf(retention, endDate);
  const basis = retentionBasis === null || retentionBasis === '' ? '' : ` (${retentionBasis})`;
  const kept =
    retention === null
      ? t('status.no-retention')
      : `${t('status.retention', { period: words(retention).toLocaleLowerCase() })}${basis}${
          last === null ? '' : t('status.until', { day: formatDay(last) })
        }.`;
  const ended =
    endDate === null ? '' : t('status.ended', { day: formatDay(endDate), due: formatDay(dueInArchive(endDate)) });
  return {
    kept,
    rest:
      state === 'closed'
        ? ended
        : startDate === null || state === 'planned'
          ? t(`status.${state}`)
          : t('status.since', { day: formatDay(startDate) }),
    tone: retention === null || state === 'planned' ? 'wait' : 'good',
  };
}

/** What the house says of a field, in the words of this room. */
export function useWrongWords(): Readonly<Record<string, string>> {
  const { t } = useTranslation('dossiers');
  return Object.fromEntries(wrongs.map((one) => [one, t(`wrong.${one}`)]));
}

const wrongs = [
  'taken',
  'unknown-heading',
  'unknown-person',
  'unknown-unit',
  'above-own-clearance',
  'above-owner-clearance',
  'out-of-own-reach',
  'before-start',
  'in-the-future',
  'has-a-home',
  'closed-by-another',
  'not-a-date',
] as const;

/** The checks of Điều 29: what each asks for, and what is wrong where it does not hold. */
export function useCheckWords(): {
  readonly label: (check: Check) => string;
  readonly wrong: (check: Check) => string;
} {
  const { t } = useTranslation('dossiers');
  return {
    label: ({ code }) => t(`check.${code}.label`),
    wrong: ({ code, about }) =>
      code === 'title-right' || code === 'retention-right'
        ? t(`check.${code}.label`)
        : t(`check.${code}.wrong`, { count: about.length, about: about.join(', ') }),
  };
}
