import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './problem-note.tsx';

/** What the end of a list that comes in pages needs to know of its question. */
export interface MorePages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  readonly error: unknown;
  readonly fetchNextPage: () => unknown;
}

/** The end of a list: the next page, or why it did not come. */
export function MoreRows({ answer, className = '' }: { readonly answer: MorePages; readonly className?: string }) {
  const { t } = useTranslation();
  const more = (): void => void answer.fetchNextPage();
  return (
    <>
      {answer.isFetchNextPageError ? <ProblemNote problem={answer.error} onRetry={more} /> : null}
      {answer.hasNextPage ? (
        <Button variant="default" className={className} loading={answer.isFetchingNextPage} onClick={more}>
          {t('more')}
        </Button>
      ) : null}
    </>
  );
}
