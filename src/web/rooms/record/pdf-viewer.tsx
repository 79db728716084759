import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { IconFileOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useKeys } from '../../shell/keys.ts';
import { ApiProblem } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { findIn, soughtIn, type Way } from './find-words.ts';
import { PicturesViewer } from './image-viewer.tsx';
import { PdfPage, type MarkedMatch } from './pdf-page.tsx';
import { PdfThumbnails } from './pdf-thumbnails.tsx';
import { usePageTexts } from './use-page-texts.ts';
import { usePdf, type PageSize } from './use-pdf.ts';
import { FindTools, nextZoom, PageBox, ZoomTools, type Zoom } from './viewer-toolbar.tsx';
import type { ViewerProps } from './viewer-props.ts';
import css from './viewer.module.css';

/** The PDF, or the copy of it, page under page, with its letters selectable and the words that were looked for marked. */
export function PdfViewer(props: ViewerProps) {
  const { t } = useTranslation('record');
  const [attempt, setAttempt] = useState(0);
  const state = usePdf(props, attempt);
  // What pdf.js cannot open the house may still be able to draw: another engine, and one that mends more.
  // So it is where no copy can be made; the pictures bear the name as well.
  const isUncopied = state.kind === 'failed' && state.problem instanceof ApiProblem && uncopied.has(state.problem.code);
  if (state.kind === 'failed' && (isUncopied || !(state.problem instanceof ApiProblem)) && (props.file.pages ?? 0) > 0)
    return <PicturesViewer {...props} />;
  if (state.kind === 'failed') {
    return (
      <div className={css['state']}>
        {state.problem instanceof ApiProblem ? (
          <ProblemNote problem={state.problem} onRetry={() => setAttempt((made) => made + 1)} />
        ) : (
          <EmptyState
            icon={<IconFileOff size={30} stroke={1.4} aria-hidden="true" />}
            what={t('viewer.unreadable')}
            why={t('viewer.unreadableWhy')}
          />
        )}
      </div>
    );
  }
  if (state.kind === 'loading') {
    return (
      <div className={css['state']} role="status">
        <p>{t('viewer.opening')}</p>
        <progress className={css['progress']} value={state.share} aria-label={t('viewer.opening')} />
      </div>
    );
  }
  return <OpenViewer {...props} pdf={state.document} sizes={state.sizes} copy={state.copy} />;
}

const uncopied: ReadonlySet<string> = new Set(['copy-not-possible', 'copy-too-large']);

interface OpenProps extends ViewerProps {
  readonly pdf: PDFDocumentProxy;
  readonly sizes: readonly PageSize[];
  readonly copy: string | null;
}

const none: readonly MarkedMatch[] = [];
/** Room left and right of a page that fills the width. */
const margin = 28;

function OpenViewer({ file, pdf, sizes, copy, page: startPage, onPage, words, onWords }: OpenProps) {
  const { t } = useTranslation('record');
  const frame = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const frameRef = useMergedRef(frame, measured);
  const [zoom, setZoom] = useState<Zoom>('width');
  const widest = Math.max(...sizes.map((size) => size.width));
  // A page wider than 1.5 times itself is harder to read, not easier.
  const scale = zoom === 'width' ? Math.min(1.5, Math.max(0.25, (width - 2 * margin) / widest)) : zoom;
  const { page, goTo } = usePageInView(frame, scale, startPage, onPage);
  const find = useFind(file.id, pdf, words, page);

  useKeys([
    { keys: 'ctrl+f', label: t('viewer.find'), whileTyping: true, run: () => field.current?.select() },
    { keys: 'n', label: t('viewer.nextMatch'), run: () => find.step(1) },
    { keys: 'p', label: t('viewer.previousMatch'), run: () => find.step(-1) },
    { keys: '+', label: t('viewer.larger'), run: () => setZoom(nextZoom(scale, 1)) },
    { keys: '-', label: t('viewer.smaller'), run: () => setZoom(nextZoom(scale, -1)) },
  ]);
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const to = { ArrowLeft: page - 1, ArrowRight: page + 1, Home: 1, End: sizes.length }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    goTo(Math.min(Math.max(1, to), sizes.length));
  };

  return (
    <div className={css['viewer']}>
      <div className={css['bar']} role="toolbar" aria-label={t('viewer.tools')}>
        <PageBox page={page} pages={sizes.length} onPage={goTo} />
        <ZoomTools zoom={zoom} scale={scale} onZoom={setZoom} />
        <FindTools
          words={words}
          onWords={onWords}
          count={find.count}
          at={find.at}
          busy={!find.whole}
          onStep={find.step}
          field={field}
        />
      </div>
      {copy !== null && <p className={css['copy']}>{t('copy.shown', { number: copy })}</p>}
      {find.count > 0 && find.note !== null && (
        <p className={css['way']} role="status">
          {t(find.note)}
        </p>
      )}
      <div className={css['body']}>
        {sizes.length > 1 && <PdfThumbnails pdf={pdf} sizes={sizes} page={page} onPage={goTo} />}
        <div
          ref={frameRef}
          className={css['frame']}
          tabIndex={0}
          role="region"
          aria-label={t('viewer.document', { name: file.name })}
          onKeyDown={onKey}
        >
          {width > 0 && (
            <div className={css['sheets']}>
              {sizes.map((size, index) => (
                <PdfPage
                  key={index}
                  pdf={pdf}
                  number={index + 1}
                  size={size}
                  scale={scale}
                  frame={frame}
                  matches={find.byPage.get(index + 1) ?? none}
                  front={find.front?.page === index + 1 ? find.at : null}
                  seek={find.seek}
                />
              ))}
            </div>
          )}
        </div>
      </div>
    </div>
  );
}

type WayNote = 'viewer.wayFolded' | 'viewer.wayWords' | 'viewer.wayScan';

const wayNotes: Readonly<Record<Way, WayNote | null>> = {
  exact: null,
  folded: 'viewer.wayFolded',
  words: 'viewer.wayWords',
};

function useFind(fileId: string, pdf: PDFDocumentProxy, words: string, page: number) {
  const sought = useMemo(() => soughtIn(words), [words]);
  const { texts, whole } = usePageTexts(fileId, pdf, sought.words.length > 0);
  const { way, matches } = useMemo(() => findIn(texts, sought), [texts, sought]);
  const byPage = useMemo(() => {
    const pages = new Map<number, MarkedMatch[]>();
    matches.forEach((match, index) => {
      const row = pages.get(match.page) ?? [];
      row.push({ ...match, index });
      pages.set(match.page, row);
    });
    return pages;
  }, [matches]);
  const [at, setAt] = useState(-1);
  const [seek, setSeek] = useState(0);

  // New words begin at the page the reader is on, and bring the reader there once.
  const from = useRef(page);
  from.current = page;
  const begun = useRef('');
  useEffect(() => {
    if (matches.length === 0) {
      setAt(-1);
      if (words.trim() === '') begun.current = '';
      return;
    }
    const here = matches.findIndex((match) => match.page >= from.current);
    if (begun.current !== words) {
      begun.current = words;
      setAt(here < 0 ? 0 : here);
      setSeek((sought) => sought + 1);
    } else setAt((now) => Math.min(Math.max(now, 0), matches.length - 1));
  }, [matches, words]);

  const step = useCallback(
    (by: 1 | -1) => {
      if (matches.length === 0) return;
      setAt((now) => (now + by + matches.length) % matches.length);
      setSeek((sought) => sought + 1);
    },
    [matches.length],
  );
  const front = matches[at] ?? null;
  const note: WayNote | null =
    front !== null && (texts.find(({ number }) => number === front.page)?.starts.length ?? 0) === 0
      ? 'viewer.wayScan'
      : wayNotes[way];
  return { byPage, count: matches.length, at: front === null ? -1 : at, front, seek, step, note, whole };
}

/** Which page is in front of the reader, and how to go to another. */
function usePageInView(
  frame: RefObject<HTMLElement | null>,
  scale: number,
  startPage: number,
  onPage: (page: number) => void,
) {
  const [page, setPage] = useState(startPage);
  const sheetOf = useCallback(
    (number: number) => frame.current?.querySelector<HTMLElement>(`[data-page="${String(number)}"]`) ?? null,
    [frame],
  );
  const goTo = useCallback(
    (number: number) => {
      const [sheet, around] = [sheetOf(number), frame.current];
      if (!sheet || !around) return;
      around.scrollTop = sheet.offsetTop - 12;
      setPage(number);
    },
    [frame, sheetOf],
  );

  // At a new size the same page stays in front.
  const inFront = useRef(startPage);
  inFront.current = page;
  useEffect(() => {
    goTo(inFront.current);
    const around = frame.current;
    if (around) around.scrollLeft = (around.scrollWidth - around.clientWidth) / 2;
  }, [scale, goTo, frame]);
  useEffect(() => {
    const around = frame.current;
    if (!around) return undefined;
    const look = (): void => {
      const line = around.scrollTop + around.clientHeight / 3;
      const sheets = [...around.querySelectorAll<HTMLElement>('[data-page]')];
      const shown = sheets.findLast((sheet) => sheet.offsetTop <= line) ?? sheets[0];
      if (shown) setPage(Number(shown.dataset['page']));
    };
    around.addEventListener('scroll', look, { passive: true });
    return () => {
      around.removeEventListener('scroll', look);
    };
  }, [frame]);
  useEffect(() => {
    const rest = setTimeout(() => {
      onPage(page);
    }, 300);
    return () => {
      clearTimeout(rest);
    };
  }, [page, onPage]);
  return { page, goTo };
}
