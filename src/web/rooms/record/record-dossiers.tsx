import { lazy, Suspense, useState } from 'react';
import { Button } from '@mantine/core';
import { IconFolder, IconFolderPlus, IconLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RecordView } from '../../../contract/registry.ts';
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useMay } from '../../session.tsx';
import { addressOf } from '../addresses.ts';
import { dossiersOf } from '../dossiers/use-dossiers.ts';
import tab from './record-tabs.module.css';
import css from './record-dossiers.module.css';

const PutRecord = lazy(async () => ({ default: (await import('../dossiers/put-record.tsx')).PutRecord }));

/** Where the document stands: its home, whose retention rules it, and the dossiers it is only shown in. */
export function RecordDossiers({ record }: { readonly record: RecordView }) {
  const { t } = useTranslation('dossiers');
  const keeps = useMay('dossier.keep');
  const [putting, setPutting] = useState(false);
  const answer = useQuery(dossiersOf(record.id));
  if (answer.isPending) return <LoadingState />;
  if (answer.isError)
    return (
      <div className={tab['sheetPad']}>
        <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
      </div>
    );
  const { rows } = answer.data;
  const put = keeps ? (
    <Button
      variant="default"
      leftSection={<IconFolderPlus size={16} aria-hidden="true" />}
      onClick={() => setPutting(true)}
    >
      {t('of-record.put')}
    </Button>
  ) : null;
  return (
    <div className={tab['sheetPad']}>
      {rows.length === 0 ? (
        <EmptyState
          icon={<IconFolder size={30} stroke={1.4} aria-hidden="true" />}
          what={t('of-record.none')}
          why={t('of-record.none-why')}
        >
          {put}
        </EmptyState>
      ) : (
        <section aria-labelledby="record-dossiers">
          <div className={css['head']}>
            <h2 id="record-dossiers">{t('of-record.title')}</h2>
            {put}
          </div>
          <ul className={css['rows']}>
            {rows.map((row) => {
              const Icon = row.home ? IconFolder : IconLink;
              return (
                <li key={row.id} data-home={row.home}>
                  <Icon size={18} stroke={1.7} aria-hidden="true" />
                  <span className={css['what']}>
                    <Link to={addressOf.dossier(row.id)}>
                      <b>{row.notation}</b> {row.title}
                    </Link>
                    <span className={css['under']}>
                      {[
                        t(row.home ? 'of-record.home' : 'of-record.link', { ordinal: row.ordinal }),
                        String(row.year),
                        t(`state.${row.state}`).toLocaleLowerCase(),
                        row.owner?.fullName ?? '',
                      ]
                        .filter((part) => part !== '')
                        .join(' · ')}
                    </span>
                  </span>
                  <LevelBadge rank={row.rank} />
                </li>
              );
            })}
          </ul>
        </section>
      )}
      <Suspense fallback={null}>
        {putting ? <PutRecord recordId={record.id} rows={rows} onClose={() => setPutting(false)} /> : null}
      </Suspense>
    </div>
  );
}
