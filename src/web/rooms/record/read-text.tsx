import { useEffect, useMemo, useRef } from 'react';
import { Button } from '@mantine/core';
import { IconInfoCircle, IconTextRecognition, IconTypography } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readingRoomLines } from '../../../contract/reading-room.ts';
import { levels, type Rank } from '../../../kernel/labels.ts';
import { ask } from '../../api.ts';
import { useMe } from '../../session.tsx';
import { languageNow } from '../../parts/format.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useFileProblem } from '../../parts/file-problem.ts';
import { findIn, inPieces, soughtIn, type PageMatch } from './find-words.ts';
import type { ViewerProps } from './viewer-props.ts';
import css from './record-room.module.css';
import tab from './record-tabs.module.css';

interface ReadTextProps extends Pick<ViewerProps, 'file' | 'rank' | 'page' | 'words'> {
  /** Said when the text stands in for a document that a browser cannot show. */
  readonly insteadOfPage?: boolean;
  readonly onShowPage?: (page: number) => void;
}

const nothing: readonly PageMatch[] = [];

/** What the house has read of a file, page by page: what search finds, and what a reader's software can speak. */
export function ReadText({ file, rank, page, words, insteadOfPage = false, onShowPage }: ReadTextProps) {
  const { t } = useTranslation('record');
  const problemOf = useFileProblem();
  const answer = useInfiniteQuery({
    queryKey: ['text', file.id, file.pagesRead, file.stage],
    queryFn: ({ pageParam, signal }) =>
      ask(readingRoomLines.text, { params: { fileId: file.id }, query: { from: pageParam, limit: 50 }, signal }),
    initialPageParam: 1,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const pages = useMemo(() => answer.data?.pages.flatMap((one) => one.pages) ?? [], [answer.data]);
  const unit = answer.data?.pages[0]?.unit ?? 'page';
  const matches = useMemo(() => {
    const byPage = new Map<number, PageMatch[]>();
    for (const match of findIn(pages, soughtIn(words)).matches)
      byPage.set(match.page, [...(byPage.get(match.page) ?? []), match]);
    return byPage;
  }, [pages, words]);

  // Brought to the page that was asked for, once it is there; a page further on is fetched until it is.
  const place = useRef<HTMLDivElement>(null);
  const brought = useRef(false);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const last = pages.at(-1)?.number ?? 0;
  useEffect(() => {
    if (brought.current || last === 0) return;
    const there = place.current?.querySelector<HTMLElement>(`[data-page="${String(page)}"]`);
    if (there) {
      brought.current = true;
      if (page > 1) place.current?.scrollTo({ top: there.offsetTop - 12 });
    } else if (hasNextPage && !isFetchingNextPage && page > last) void fetchNextPage();
  }, [page, last, hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (answer.isPending) return <LoadingState />;
  if (answer.isError && pages.length === 0)
    return (
      <div className={css['pad']}>
        <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
      </div>
    );
  return (
    <div ref={place} className={tab['texts']} tabIndex={0} role="region" aria-label={t('text.title')}>
      {rank > 0 && <TextMark rank={rank} />}
      {insteadOfPage && (
        <p className={tab['said']}>
          <IconInfoCircle size={16} aria-hidden="true" />
          {t('text.instead', { format: file.format.toUpperCase() })}
        </p>
      )}
      {pages.length === 0 && (
        <EmptyState what={t('text.none')} why={file.problem === null ? t('text.noneWhy') : problemOf(file.problem)} />
      )}
      {pages.map(({ number, text, source, confidence }) => (
        <section key={number} className={tab['text']} data-page={number} aria-labelledby={`text-${String(number)}`}>
          {unit === 'page' && (
            <div className={tab['textHead']}>
              <h2 id={`text-${String(number)}`}>{t('text.page', { page: number })}</h2>
              <span className={tab['source']} data-weak={confidence !== null && confidence < 80}>
                {source === 'ocr' ? (
                  <IconTextRecognition size={14} aria-hidden="true" />
                ) : (
                  <IconTypography size={14} aria-hidden="true" />
                )}
                {source === 'layer'
                  ? t('text.layer')
                  : confidence === null
                    ? t('text.ocr')
                    : t('text.ocrSure', { percent: Math.round(confidence) })}
              </span>
              {onShowPage && (
                <button type="button" className={tab['link']} onClick={() => onShowPage(number)}>
                  {t('text.showPage')}
                </button>
              )}
            </div>
          )}
          <p className={tab['letters']} lang="vi" {...(unit === 'paragraph' ? { id: `text-${String(number)}` } : {})}>
            {text.trim() === ''
              ? t('text.blank')
              : inPieces(text, matches.get(number) ?? nothing).map((piece, index) =>
                  piece.match === null ? piece.text : <mark key={index}>{piece.text}</mark>,
                )}
          </p>
        </section>
      ))}
      {answer.hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('text.more')}
        </Button>
      )}
    </div>
  );
}

/** Text has no page to bear a mark; what is shown of it says for whom, as the copy does. */
function TextMark({ rank }: { readonly rank: Rank }) {
  const { t } = useTranslation('record');
  const me = useMe();
  return (
    <p className={tab['mark']} data-rank={rank}>
      {t('copy.text', { level: levels[rank].word[languageNow()], name: me.fullName })}
    </p>
  );
}
