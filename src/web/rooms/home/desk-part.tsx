import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { systemLines } from '../../../contract/system.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { FileStage } from '../../parts/file-stage.tsx';
import { formatCount, formatMoment } from '../../parts/format.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { addressOf } from '../addresses.ts';
import type { Tray } from '../intake/use-tray.ts';
import classes from './home.module.css';

type Desk = NonNullable<z.infer<typeof systemLines.home.reply.schema>['desk']>;

export function DeskCounts({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation('home');
  const counts = [
    { name: 'waiting', count: desk.waiting, tone: 'plain' },
    { name: 'processing', count: desk.processing, tone: 'plain' },
    { name: 'failed', count: desk.failed, tone: desk.failed > 0 ? 'stop' : 'plain' },
    { name: 'registered', count: desk.registeredToday, tone: 'good' },
    { name: 'overdue', count: desk.overdue, tone: desk.overdue > 0 ? 'wait' : 'plain' },
  ] as const;
  return (
    <ul className={classes['counts']} aria-label={t('counts')}>
      {counts.map(({ name, count, tone }) => {
        const inside = (
          <>
            <b>{formatCount(count)}</b>
            <span>{t(name)}</span>
          </>
        );
        const look = `sheet ${classes['count'] ?? ''}`;
        return (
          <li key={name}>
            {name === 'overdue' ? (
              <div className={look} data-tone={tone}>
                {inside}
              </div>
            ) : (
              <Link
                to={name === 'registered' ? '/tiep-nhan?xem=tat-ca' : '/tiep-nhan'}
                className={look}
                data-tone={tone}
              >
                {inside}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}

export function WaitingList({ tray }: { readonly tray: UseQueryResult<Tray> }) {
  const { t } = useTranslation('home');
  const rows = tray.data?.rows.slice(0, 8) ?? [];
  return (
    <section className={`sheet ${classes['card'] ?? ''}`} aria-labelledby="home-waiting">
      <div className={classes['cardHead']}>
        <h2 id="home-waiting">{t('waiting-list')}</h2>
        <Link to="/tiep-nhan">{t('see-tray')}</Link>
      </div>
      {tray.isError ? <ProblemNote problem={tray.error} onRetry={() => void tray.refetch()} /> : null}
      {tray.isPending ? <LoadingState /> : null}
      {tray.data && rows.length === 0 ? <EmptyState what={t('tray-empty')} why={t('tray-empty-why')} /> : null}
      <ul className={classes['lines']}>
        {rows.map((row) => (
          <li key={row.fileId}>
            <Link to={addressOf.registration(row.recordId)} className={classes['line'] ?? ''}>
              <b>{row.fileName}</b>
              <span className={classes['aside']}>{formatMoment(row.receivedAt)}</span>
              <FileStage stage={row.stage} pages={row.pages} pagesRead={row.pagesRead} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
