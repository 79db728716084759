import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { registryLines, type RecordView } from '../../../contract/registry.ts';
import { direction as directions } from '../../../contract/shapes.ts';
import type { Rank } from '../../../kernel/labels.ts';
import { ask } from '../../api.ts';
import { formatMoment } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import classes from './registration.module.css';

/** The number that will be given, or the one that was; the level, as it stands in the form. */
export function FormHead({
  record,
  direction,
  rank,
}: {
  readonly record: RecordView;
  readonly direction: string;
  readonly rank: Rank;
}) {
  const { t } = useTranslation('intake');
  const book = directions.parse(direction);
  const declared = record.state === 'declared';
  const next = useQuery({
    queryKey: ['next-number', book],
    queryFn: ({ signal }) => ask(registryLines.nextNumber, { query: { direction: book }, signal }),
    refetchInterval: 10_000,
    enabled: !declared,
  });
  const when = record.registeredAt === null ? '' : formatMoment(record.registeredAt);
  const title = declared
    ? t('registration.title-correct')
    : !next.data
      ? t('registration.title')
      : next.data.number === null
        ? t('registration.next-own')
        : t('registration.next-number', { number: next.data.number });
  return (
    <header className={classes['head']}>
      <div className={classes['headLine']}>
        <h1>{title}</h1>
        <LevelBadge rank={rank} />
      </div>
      <p className="sm mut">
        {declared
          ? record.arrivalNumber === null
            ? t('registration.registered-own', { when })
            : t('registration.registered-as', { number: record.arrivalNumber, year: record.register?.year, when })
          : next.data
            ? t(`registration.register-${book}`, { year: next.data.year })
            : '\u00a0'}
      </p>
    </header>
  );
}
