import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readingRoomLines } from '../../../contract/reading-room.ts';
import { ask } from '../../api.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import classes from './registration.module.css';

/** The words of a file that has no pages of its own: Word, plain text, a sheet. */
export function TextPages({ fileId }: { readonly fileId: string }) {
  const { t } = useTranslation('intake');
  const text = useInfiniteQuery({
    queryKey: ['file-text', fileId],
    queryFn: ({ pageParam, signal }) =>
      ask(readingRoomLines.text, { params: { fileId }, query: { from: pageParam, limit: 50 }, signal }),
    initialPageParam: 1,
    getNextPageParam: (last) => last.next,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  if (text.isPending) return <LoadingState />;
  if (text.isError) return <ProblemNote problem={text.error} onRetry={() => void text.refetch()} />;
  return (
    <article className={classes['text']} aria-label={t('viewer.text')}>
      {text.data.pages.flatMap(({ pages }) => pages.map((one) => <p key={one.number}>{one.text}</p>))}
      {text.hasNextPage ? (
        <Button variant="default" loading={text.isFetchingNextPage} onClick={() => void text.fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
    </article>
  );
}
