import type { ReactNode } from 'react';
import { IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { ChangeItem } from './change-item.tsx';
import { useChanges } from './use-people.ts';
import css from '../../parts/list-room.module.css';

/** What was asked for and is nothing until another person agrees. */
export function Changes({ head }: { readonly head: ReactNode }) {
  const { t } = useTranslation('people');
  const answer = useChanges();
  return (
    <div className={css['room']}>
      <div className={css['main']}>
        {head}
        <div className={css['sheet']} tabIndex={-1}>
          {answer.isPending ? (
            <LoadingState />
          ) : answer.isError ? (
            <div className={css['inside']}>
              <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
            </div>
          ) : answer.data.rows.length === 0 ? (
            <EmptyState
              icon={<IconUsersGroup size={30} stroke={1.4} aria-hidden="true" />}
              what={t('changes.emptyWhat')}
              why={t('changes.emptyWhy')}
            />
          ) : (
            <ul className={css['plain']} aria-label={t('changes.title')}>
              {answer.data.rows.map((change) => (
                <ChangeItem key={change.id} change={change} />
              ))}
            </ul>
          )}
        </div>
      </div>
    </div>
  );
}
