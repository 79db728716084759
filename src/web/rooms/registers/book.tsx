import { useState } from 'react';
import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { registerLines, type RegisterRow } from '../../../contract/registers.ts';
import { ask } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { MoreRows } from '../../parts/more-rows.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { BookHistory } from './book-history.tsx';
import { BookTable } from './book-table.tsx';
import { bookLines } from './entry-lines.ts';
import { ChangeRegister } from './register-forms.tsx';
import css from './registers.module.css';

/** One book: what kind it is in a sentence, and its lines a hundred at a time. */
export function Book({ book }: { readonly book: RegisterRow }) {
  const { t } = useTranslation(['registers', 'common']);
  const [changing, setChanging] = useState(false);
  const [lookingBack, setLookingBack] = useState(false);
  const answer = useInfiniteQuery({
    queryKey: ['registers', 'entries', book.id],
    queryFn: ({ pageParam, signal }) =>
      ask(registerLines.entries, {
        params: { id: book.id },
        query: pageParam === null ? {} : { after: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    // Every look into a book is an event in the log.
    refetchOnWindowFocus: false,
  });
  const entries = answer.data?.pages.flatMap(({ rows }) => rows) ?? [];
  const gaps = answer.data?.pages[0]?.gaps ?? [];
  const incoming = book.direction === 'incoming';
  return (
    <>
      <header className={css['head']}>
        <div>
          <h2>{t(`common:year-of-book.${book.direction}`, { year: book.year })}</h2>
          <p role="status">
            <KindSentence book={book} />
          </p>
        </div>
        {incoming ? (
          <div className={css['change']}>
            <div className={css['buttons']}>
              <Button
                variant="subtle"
                color="gray"
                leftSection={<IconHistory size={16} aria-hidden="true" />}
                onClick={() => setLookingBack(true)}
              >
                {t('history.word')}
              </Button>
              <Button
                variant="default"
                disabled={!book.mayChange}
                {...(book.mayChange ? {} : { 'aria-describedby': 'change-why' })}
                onClick={() => setChanging(true)}
              >
                {t('change')}
              </Button>
            </div>
            {book.mayChange ? null : (
              <p id="change-why" className="tiny">
                {t('change-why-not')}
              </p>
            )}
          </div>
        ) : null}
      </header>
      <div className={css['sheet']} tabIndex={-1}>
        {answer.isPending ? (
          <LoadingState />
        ) : answer.isError && entries.length === 0 ? (
          <div className={css['pad']}>
            <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
          </div>
        ) : entries.length === 0 ? (
          <EmptyState what={t('no-entries.what')} why={t(incoming ? 'no-entries.why' : 'no-entries.why-own')} />
        ) : (
          <BookTable book={book} lines={bookLines(entries, gaps)} />
        )}
        <MoreRows answer={answer} className={css['more'] ?? ''} />
      </div>
      <p className={css['foot']}>{t('columns-note')}</p>
      <BookHistory book={book} opened={lookingBack} onClose={() => setLookingBack(false)} />
      <ChangeRegister book={book} opened={changing} onClose={() => setChanging(false)} />
    </>
  );
}

/** Who gives the numbers, in words. */
function KindSentence({ book }: { readonly book: RegisterRow }) {
  const { t } = useTranslation('registers');
  const system = book.otherSystem ?? t('other-system');
  if (book.direction !== 'incoming') return t('kind.document');
  if (book.kind === 'external') return t('kind.external', { system });
  return book.startNumber > 1 ? t('kind.own-from', { start: book.startNumber, system }) : t('kind.own');
}
