import type { TFunction } from 'i18next';
import { Button } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReplyOf } from '../../../contract/line.ts';
import type { searchLines } from '../../../contract/search.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatCount } from '../../parts/format.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { HitList } from './hit-list.tsx';
import { chosenIn, withoutFilters } from './search-address.ts';
import type { useHits } from './use-search.ts';
import css from './search-room.module.css';

type Answer = ReplyOf<typeof searchLines.search>;

/** "4 kết quả", "hơn 10.000 kết quả"; without words, how many documents there are to read. */
export function countSentence(t: TFunction<'search'>, total: Answer['total'], q: string): string {
  const figure = formatCount(total.count);
  if (q.trim() === '') return t(total.atLeast ? 'count.allAtLeast' : 'count.all', { count: total.count, figure });
  return t(total.atLeast ? 'count.foundAtLeast' : 'count.found', { count: total.count, figure });
}

/** What was found, what is coming, or why nothing is there. */
export function Results({
  answer,
  address,
  change,
  onLeaveUp,
  previewed,
  onPreview,
}: {
  readonly answer: ReturnType<typeof useHits>;
  readonly address: URLSearchParams;
  readonly change: (next: URLSearchParams) => void;
  readonly onLeaveUp: () => void;
  readonly previewed: string | null;
  readonly onPreview: (recordId: string) => void;
}) {
  const { t } = useTranslation('search');
  const q = address.get('q') ?? '';
  const pages = answer.data?.pages ?? [];
  const first = pages[0];
  const hits = pages.flatMap((page) => page.hits);

  if (answer.isError && !answer.isFetchNextPageError)
    return <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />;
  if (first === undefined) return <LoadingState />;
  if (hits.length === 0) return <NothingFound q={q} address={address} change={change} />;
  return (
    <>
      <Understood understood={first.understood} />
      <HitList
        hits={hits}
        q={q}
        stale={answer.isPlaceholderData}
        onLeaveUp={onLeaveUp}
        previewed={previewed}
        onPreview={onPreview}
      />
      {answer.isFetchNextPageError && (
        <ProblemNote problem={answer.error} onRetry={() => void answer.fetchNextPage()} />
      )}
      {answer.hasNextPage ? (
        <Button
          variant="default"
          className={css['next'] ?? ''}
          loading={answer.isFetchingNextPage}
          onClick={() => void answer.fetchNextPage()}
        >
          {t('hits.more')}
        </Button>
      ) : (
        <p className={css['end']}>{t('hits.end')}</p>
      )}
    </>
  );
}

/** Said only where the reading was more than plain words: a phrase kept together, a word left out. */
function Understood({ understood }: { readonly understood: Answer['understood'] }) {
  const { t } = useTranslation('search');
  const quoted = (words: readonly string[]): string => words.map((one) => `“${one}”`).join(', ');
  const said = [
    understood.phrases.length > 0 ? t('understood.phrases', { words: quoted(understood.phrases) }) : '',
    understood.excluded.length > 0 ? t('understood.excluded', { words: quoted(understood.excluded) }) : '',
  ].filter((part) => part !== '');
  return said.length === 0 ? null : <p className={css['understood']}>{said.join(' ')}</p>;
}

function NothingFound({
  q,
  address,
  change,
}: {
  readonly q: string;
  readonly address: URLSearchParams;
  readonly change: (next: URLSearchParams) => void;
}) {
  const { t } = useTranslation('search');
  const words = q.trim();
  const narrowed = chosenIn(address).length > 0 || address.has('from') || address.has('until');
  if (words === '' && !narrowed) return <EmptyState what={t('empty.house')} why={t('empty.houseBody')} />;
  return (
    <>
      <EmptyState
        icon={<IconSearchOff size={28} stroke={1.5} aria-hidden="true" />}
        what={words === '' ? t('empty.filters') : t('empty.words', { words })}
        why={t('empty.rights')}
      >
        {narrowed && (
          <Button
            variant="default"
            onClick={() => {
              change(withoutFilters(address));
            }}
          >
            {t('empty.drop')}
          </Button>
        )}
      </EmptyState>
      {words !== '' && (
        <ul className={css['tips']}>
          <li>{t('empty.tipNumber')}</li>
          <li>{t('empty.tipMarks')}</li>
          <li>{t('empty.tipPhrase')}</li>
        </ul>
      )}
    </>
  );
}
