import { useEffect, useState } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { lettersOf, openPdf, textOf, type OpenPdf, type PageText } from './pdf-engine.ts';
import { placeToView, type ToView } from './copies.ts';

export interface PageSize {
  /** In CSS pixels at 100 %. */
  readonly width: number;
  readonly height: number;
}

export type PdfState =
  | { readonly kind: 'loading'; readonly share: number }
  | { readonly kind: 'failed'; readonly problem: unknown }
  | {
      readonly kind: 'open';
      readonly document: PDFDocumentProxy;
      readonly sizes: readonly PageSize[];
      /** Number of the copy that is shown; null when it is the original. */
      readonly copy: string | null;
    };

/** PDF points are 1/72 inch, CSS pixels 1/96. */
export const pointsToPixels = 96 / 72;

/** How many pages are measured before the document is shown; a longer one starts from the size of its first page. */
const measuredAtFirst = 40;

export function usePdf({ file, rank }: ToView, attempt: number): PdfState {
  const { id: fileId, size } = file;
  const [state, setState] = useState<PdfState>({ kind: 'loading', share: 0 });
  useEffect(() => {
    const stop = new AbortController();
    let open: OpenPdf | undefined;
    setState({ kind: 'loading', share: 0 });
    void (async () => {
      try {
        const place = await placeToView({ file: { id: fileId, size }, rank }, stop.signal);
        open = await openPdf(place.url, place.size, stop.signal, (share) => {
          if (!stop.signal.aborted) setState({ kind: 'loading', share });
        });
        const sizes = await sizesOf(open.document);
        if (!stop.signal.aborted) setState({ kind: 'open', document: open.document, sizes, copy: place.copy });
      } catch (problem) {
        if (!stop.signal.aborted) setState({ kind: 'failed', problem });
      }
    })();
    return () => {
      stop.abort();
      open?.close();
    };
  }, [fileId, size, rank, attempt]);
  return state;
}

async function sizesOf(document: PDFDocumentProxy): Promise<PageSize[]> {
  const sizes: PageSize[] = [];
  for (let number = 1; number <= Math.min(document.numPages, measuredAtFirst); number += 1) {
    const { width, height } = (await document.getPage(number)).getViewport({ scale: pointsToPixels });
    sizes.push({ width, height });
  }
  const usual = sizes[0] ?? { width: 794, height: 1123 };
  while (sizes.length < document.numPages) sizes.push(usual);
  return sizes;
}

/** The letters of every page, read one after the other once somebody looks for words. */
export function usePdfTexts(document: PDFDocumentProxy, wanted: boolean) {
  const [texts, setTexts] = useState<readonly PageText[]>([]);
  useEffect(() => {
    if (!wanted) return undefined;
    const stop = new AbortController();
    void (async () => {
      const read: PageText[] = [];
      for (let number = 1; number <= document.numPages; number += 1) {
        const page = await document.getPage(number);
        read.push(textOf(number, await lettersOf(page)));
        stop.signal.throwIfAborted();
        // Shown as it goes, but not a hundred times for a hundred pages.
        if (number % 20 === 0 || number === document.numPages) setTexts([...read]);
      }
    })().catch(() => {
      // The document was closed under the reader, or one page is broken: what was read stays to be searched.
    });
    return () => {
      stop.abort();
    };
  }, [document, wanted]);
  return { texts, whole: texts.length === document.numPages };
}
