import { useEffect, useRef, useState } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useTranslation } from 'react-i18next';
import { drawPage, type DrawnPage } from './pdf-engine.ts';
import { pointsToPixels, type PageSize } from './use-pdf.ts';
import css from './viewer.module.css';

const thumbWidth = 62;

/** The pages small, at the left; drawn as they come into sight. */
export function PdfThumbnails({
  pdf,
  sizes,
  page,
  onPage,
}: {
  readonly pdf: PDFDocumentProxy;
  readonly sizes: readonly PageSize[];
  readonly page: number;
  readonly onPage: (page: number) => void;
}) {
  const { t } = useTranslation('record');
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    const here = strip.current?.querySelector<HTMLElement>('[aria-current]');
    if (!here || !strip.current) return;
    const { scrollTop, clientHeight } = strip.current;
    if (here.offsetTop < scrollTop) strip.current.scrollTop = here.offsetTop - 8;
    else if (here.offsetTop + here.offsetHeight > scrollTop + clientHeight)
      strip.current.scrollTop = here.offsetTop + here.offsetHeight - clientHeight + 8;
  }, [page]);
  return (
    <nav ref={strip} className={css['thumbs']} aria-label={t('viewer.pages')}>
      {sizes.map((size, index) => (
        <Thumb key={index} pdf={pdf} number={index + 1} size={size} here={page === index + 1} onPage={onPage} />
      ))}
    </nav>
  );
}

function Thumb({
  pdf,
  number,
  size,
  here,
  onPage,
}: {
  readonly pdf: PDFDocumentProxy;
  readonly number: number;
  readonly size: PageSize;
  readonly here: boolean;
  readonly onPage: (page: number) => void;
}) {
  const { t } = useTranslation('record');
  const button = useRef<HTMLButtonElement>(null);
  const place = useRef<HTMLSpanElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const watcher = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
    });
    if (button.current) watcher.observe(button.current);
    return () => {
      watcher.disconnect();
    };
  }, []);
  useEffect(() => {
    if (!seen) return undefined;
    let drawn: DrawnPage | undefined;
    const stop = new AbortController();
    void (async () => {
      const page = await pdf.getPage(number);
      stop.signal.throwIfAborted();
      const canvas = document.createElement('canvas');
      drawn = drawPage(page, canvas, (thumbWidth / size.width) * pointsToPixels);
      await drawn.done;
      place.current?.replaceChildren(canvas);
    })().catch(() => {
      // A page that cannot be drawn says so at its full size; here its number is enough.
    });
    return () => {
      stop.abort();
      drawn?.cancel();
    };
  }, [seen, pdf, number, size.width]);
  return (
    <button
      ref={button}
      type="button"
      className={css['thumb']}
      aria-label={t('viewer.pageNumber', { page: number })}
      {...(here ? { 'aria-current': 'page' as const } : {})}
      onClick={() => onPage(number)}
    >
      <span
        ref={place}
        className={css['thumbPage']}
        style={{ width: thumbWidth, height: Math.round((thumbWidth * size.height) / size.width) }}
      />
      <span aria-hidden="true">{number}</span>
    </button>
  );
}
