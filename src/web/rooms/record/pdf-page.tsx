import { memo, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useTranslation } from 'react-i18next';
import type { Match } from './find-words.ts';
import { drawPage, layText, lettersOf, textOf, type DrawnPage } from './pdf-engine.ts';
import { pointsToPixels, type PageSize } from './use-pdf.ts';
import css from './viewer.module.css';

export interface MarkedMatch extends Match {
  /** Place among all matches of the document, from zero. */
  readonly index: number;
}

interface PdfPageProps {
  readonly pdf: PDFDocumentProxy;
  readonly number: number;
  readonly size: PageSize;
  readonly scale: number;
  readonly frame: RefObject<HTMLElement | null>;
  readonly matches: readonly MarkedMatch[];
  /** The match that stands in front now, when it is on this page. */
  readonly front: number | null;
  /** Rises each time the reader asks to be brought to the match in front. */
  readonly seek: number;
}

interface Laid {
  readonly spans: readonly HTMLElement[];
  readonly starts: readonly number[];
}

interface Box {
  readonly index: number;
  readonly style: Readonly<Record<'left' | 'top' | 'width' | 'height', string>>;
}

/** One page: drawn when it comes near the window, given up when it is far away again. */
export const PdfPage = memo(function PdfPage(props: PdfPageProps) {
  const { pdf, number, size, scale, frame, matches, front, seek } = props;
  const { t } = useTranslation('record');
  const sheet = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const letters = useRef<HTMLDivElement>(null);
  const near = useNear(sheet, frame);
  const [laid, setLaid] = useState<Laid | null>(null);
  const [failed, setFailed] = useState(false);
  const [drawnOnce, setDrawnOnce] = useState(false);
  const boxes = useBoxes(sheet, laid, matches);

  useEffect(() => {
    const place = picture.current;
    if (!near || !place) return undefined;
    let drawn: DrawnPage | undefined;
    const stop = new AbortController();
    // A reader who zooms in three steps waits for one drawing; the old one is stretched until then.
    const rest = setTimeout(
      () => {
        void (async () => {
          const page = await pdf.getPage(number);
          stop.signal.throwIfAborted();
          const canvas = document.createElement('canvas');
          drawn = drawPage(page, canvas, scale * pointsToPixels);
          await drawn.done;
          stop.signal.throwIfAborted();
          place.replaceChildren(canvas);
          setDrawnOnce(true);
        })().catch(() => {
          if (stop.signal.aborted) return;
          setFailed(true);
          setDrawnOnce(true);
        });
      },
      place.childElementCount > 0 ? 120 : 0,
    );
    return () => {
      stop.abort();
      clearTimeout(rest);
      drawn?.cancel();
    };
  }, [near, pdf, number, scale]);

  useEffect(() => {
    const [place, over] = [picture.current, letters.current];
    // The fonts of the page come with its drawing; the letters are measured in them.
    if (!near || !drawnOnce || !over) return undefined;
    const stop = new AbortController();
    void (async () => {
      const page = await pdf.getPage(number);
      const content = await lettersOf(page);
      stop.signal.throwIfAborted();
      const spans = await layText(page, content, over);
      stop.signal.throwIfAborted();
      setLaid({ spans, starts: textOf(number, content).starts });
    })().catch(() => {
      if (!stop.signal.aborted) setFailed(true);
    });
    return () => {
      stop.abort();
      setLaid(null);
      over.replaceChildren();
      place?.replaceChildren();
    };
  }, [near, drawnOnce, pdf, number]);

  // Brought there once for each wish; a page without letters (a scan) is brought itself.
  const sought = useRef(0);
  useEffect(() => {
    if (front === null || sought.current === seek) return;
    const [paper, around] = [sheet.current, frame.current];
    if (!paper || !around) return;
    // Only the window of the pages is moved: scrollIntoView would push the whole house up as well.
    const mark = paper.querySelector<HTMLElement>(`[data-match="${String(front)}"]`);
    if (mark) {
      sought.current = seek;
      around.scrollTo({
        top: paper.offsetTop + mark.offsetTop - around.clientHeight / 2,
        left: paper.offsetLeft + mark.offsetLeft - around.clientWidth / 2,
      });
    } else if (!near || laid !== null) {
      around.scrollTo({ top: paper.offsetTop - 12 });
      if (laid !== null) sought.current = seek;
    }
  }, [front, seek, boxes, near, laid, frame]);

  return (
    <div
      ref={sheet}
      className={css['sheet']}
      data-page={number}
      data-front={front !== null && boxes.length === 0 && laid !== null}
      role="group"
      aria-label={t('viewer.pageNumber', { page: number })}
      style={{ width: Math.round(size.width * scale), height: Math.round(size.height * scale) }}
    >
      <div ref={picture} className={css['picture']} aria-hidden="true" />
      {failed && <p className={css['pageFailed']}>{t('viewer.pageFailed', { page: number })}</p>}
      <div className={css['marks']} aria-hidden="true">
        {boxes.map(({ index, style }, key) => (
          <span key={key} data-match={index} data-front={index === front} style={style} />
        ))}
      </div>
      <div
        ref={letters}
        className={`textLayer ${css['letters'] ?? ''}`}
        style={{ '--total-scale-factor': scale * pointsToPixels } as Record<string, number>}
      />
    </div>
  );
});

function useNear(sheet: RefObject<HTMLElement | null>, frame: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const watcher = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), {
      root: frame.current,
      rootMargin: '900px 0px',
    });
    if (sheet.current) watcher.observe(sheet.current);
    return () => {
      watcher.disconnect();
    };
  }, [sheet, frame]);
  return near;
}

/** Where the matches stand on the sheet, in parts of it, so that they keep their places at every size. */
function useBoxes(
  sheet: RefObject<HTMLElement | null>,
  laid: Laid | null,
  matches: readonly MarkedMatch[],
): readonly Box[] {
  const [boxes, setBoxes] = useState<readonly Box[]>([]);
  useLayoutEffect(() => {
    const paper = sheet.current?.getBoundingClientRect();
    if (!laid || !paper || matches.length === 0) {
      setBoxes([]);
      return;
    }
    const part = (length: number, whole: number): string => `${((length / whole) * 100).toFixed(3)}%`;
    setBoxes(
      matches.flatMap((match) =>
        rectsOf(laid, match).map((rect) => ({
          index: match.index,
          style: {
            left: part(rect.left - paper.left, paper.width),
            top: part(rect.top - paper.top, paper.height),
            width: part(rect.width, paper.width),
            height: part(rect.height, paper.height),
          },
        })),
      ),
    );
  }, [sheet, laid, matches]);
  return boxes;
}

function rectsOf({ spans, starts }: Laid, { start, end }: Match): DOMRect[] {
  const rects: DOMRect[] = [];
  starts.forEach((from, at) => {
    const letters = spans[at]?.firstChild;
    const length = letters?.nodeValue?.length ?? 0;
    if (!letters || from >= end || from + length <= start) return;
    const range = document.createRange();
    range.setStart(letters, Math.max(0, start - from));
    range.setEnd(letters, Math.min(length, end - from));
    rects.push(...[...range.getClientRects()].filter((rect) => rect.width > 0));
  });
  return rects;
}
