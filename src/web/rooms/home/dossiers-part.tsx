import { IconFolder } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatDay } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { addressOf } from '../addresses.ts';
import { useOwnDossiers } from '../dossiers/use-dossiers.ts';
import classes from './home.module.css';

const most = 8;

/** Whoever does the work keeps its dossier: the open ones, and what to do when there is none. */
export function DossiersPart() {
  const { t } = useTranslation('home');
  const own = useOwnDossiers('open');
  const rows = own.data?.rows ?? [];
  return (
    <section className={`sheet ${classes['card'] ?? ''}`} aria-labelledby="home-dossiers">
      <div className={classes['cardHead']}>
        <h2 id="home-dossiers">{t('dossiers.title')}</h2>
        <Link to={addressOf.dossiers}>{t('dossiers.all')}</Link>
      </div>
      {own.isError ? <ProblemNote problem={own.error} onRetry={() => void own.refetch()} /> : null}
      {own.isPending ? <LoadingState /> : null}
      {own.data && rows.length === 0 ? (
        <EmptyState
          icon={<IconFolder size={28} stroke={1.5} aria-hidden="true" />}
          what={t('dossiers.empty')}
          why={t('dossiers.empty-why')}
        />
      ) : null}
      <ul className={classes['lines']}>
        {rows.slice(0, most).map((row) => (
          <li key={row.id}>
            <Link to={addressOf.dossier(row.id)} className={classes['line'] ?? ''}>
              <b>
                {row.notation} · {row.title}
              </b>
              <span className={classes['aside']}>
                <LevelBadge rank={row.rank} />
              </span>
              <span className={classes['subject']}>
                {[t('dossiers.count', { count: row.records }), row.unit?.name ?? '']
                  .filter((part) => part !== '')
                  .join(' · ')}
              </span>
              <span className={classes['aside']}>
                {row.startDate === null ? '' : t('dossiers.since', { day: formatDay(row.startDate) })}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {rows.length > most ? <p className="sm mut">{t('dossiers.more', { count: rows.length - most })}</p> : null}
    </section>
  );
}
