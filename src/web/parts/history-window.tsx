import type { UseQueryResult } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { ActWindow } from './act-form.tsx';
import { EmptyState } from './empty-state.tsx';
import { LoadingState } from './loading-state.tsx';
import { Occasions, type Change } from './occasions.tsx';
import { ProblemNote } from './problem-note.tsx';
import css from './occasions.module.css';

/** A history that is looked at now and then, in a window of its own. */
export function HistoryWindow<C extends Change>({
  opened,
  title,
  answer,
  none,
  onClose,
  ...shown
}: Pick<ComponentProps<typeof ActWindow>, 'opened' | 'title' | 'onClose'> & {
  readonly answer: UseQueryResult<readonly C[]>;
  /** Said when nothing was ever changed. */
  readonly none: string;
  readonly labelOf: (row: C) => string;
  readonly valueOf: (row: C, side: 'before' | 'after') => string;
}) {
  return (
    <ActWindow opened={opened} size="lg" title={title} onClose={onClose}>
      {answer.isPending ? (
        <LoadingState />
      ) : answer.isError ? (
        <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
      ) : answer.data.length === 0 ? (
        <EmptyState what={none} />
      ) : (
        <div className={css['list']}>
          <Occasions rows={answer.data} {...shown} />
        </div>
      )}
    </ActWindow>
  );
}
