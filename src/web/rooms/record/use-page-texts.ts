import { useEffect, useMemo, useState } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { readingRoomLines } from '../../../contract/reading-room.ts';
import { ask } from '../../api.ts';
import type { PageText } from './pdf-engine.ts';
import { usePdfTexts } from './use-pdf.ts';

/**
 * The letters of every page, wherever they come from: those in the PDF, which can be marked on the page, and for a
 * scanned page those the house has read, which can only lead to it.
 */
export function usePageTexts(fileId: string, pdf: PDFDocumentProxy, wanted: boolean) {
  const { texts, whole } = usePdfTexts(pdf, wanted);
  const scanned = whole && texts.some(({ text }) => text.trim() === '');
  const { read, done } = useReadTexts(fileId, scanned);
  const merged = useMemo(
    () =>
      read.size === 0
        ? texts
        : texts.map((page) =>
            page.text.trim() === '' ? { ...page, text: read.get(page.number) ?? '', starts: [] } : page,
          ),
    [texts, read],
  );
  return { texts: merged satisfies readonly PageText[], whole: whole && (!scanned || done) };
}

function useReadTexts(fileId: string, wanted: boolean) {
  const [read, setRead] = useState<ReadonlyMap<number, string>>(new Map());
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!wanted) return undefined;
    const stop = new AbortController();
    void (async () => {
      const pages = new Map<number, string>();
      let from: number | null = 1;
      while (from !== null) {
        const answer: Awaited<ReturnType<typeof askText>> = await askText(fileId, from, stop.signal);
        for (const { number, text } of answer.pages) pages.set(number, text);
        from = answer.next;
      }
      setRead(pages);
      setDone(true);
    })().catch(() => {
      // Not read yet, or not to be had: words are then found where the file itself has letters.
      if (!stop.signal.aborted) setDone(true);
    });
    return () => {
      stop.abort();
    };
  }, [fileId, wanted]);
  return { read, done };
}

const askText = (fileId: string, from: number, signal: AbortSignal) =>
  ask(readingRoomLines.text, { params: { fileId }, query: { from, limit: 100 }, signal });
