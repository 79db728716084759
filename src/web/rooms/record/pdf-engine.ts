import './page-letters.css';
import * as pdfjs from 'pdfjs-dist';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { ApiProblem, houseHeaders, problemFrom } from '../../api.ts';

/**
 * pdf.js, loaded when a PDF is opened and not before. No scripting, no forms, no evaluation (CVE-2024-4367 was code in
 * a font; this release has no evaluator left): a page becomes pixels and plain text, nothing else. Its worker, the old
 * Asian encodings, the fonts a PDF need not bring and the decoders of scans are files of our own house.
 */
const workers = import.meta.glob<string>('../../../../node_modules/pdfjs-dist/build/pdf.worker.min.mjs', {
  query: '?url',
  import: 'default',
  eager: true,
});
const cMaps = import.meta.glob<string>('../../../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
  query: '?url',
  import: 'default',
  eager: true,
});
const fonts = import.meta.glob<string>('../../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
  query: '?url',
  import: 'default',
  eager: true,
});
const decoders = import.meta.glob<string>('../../../../node_modules/pdfjs-dist/wasm/{jbig2,openjpeg}.wasm', {
  query: '?url',
  import: 'default',
  eager: true,
});

class HouseData {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const shelf = { cMapUrl: cMaps, standardFontDataUrl: fonts, wasmUrl: decoders }[kind] ?? {};
    const url = Object.entries(shelf).find(([path]) => path.endsWith(`/${filename}`))?.[1];
    if (url === undefined) throw new Error(`no such file: ${filename}`);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${String(response.status)} for ${filename}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

/** Above this a file is read in pieces as its pages are looked at; below it one request brings it whole. */
const wholeUpTo = 40 * 1024 * 1024;

export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  close(): void;
}

/** Opens the bytes at an address for viewing. Throws `ApiProblem` for a refusal, another error for a file pdf.js cannot read. */
export async function openPdf(
  url: string,
  size: number,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<OpenPdf> {
  const [worker] = Object.values(workers);
  pdfjs.GlobalWorkerOptions.workerSrc = worker ?? '';
  const source = size <= wholeUpTo ? { data: await wholeFile(url, size, signal, onProgress) } : { url };
  const task = pdfjs.getDocument({
    ...source,
    httpHeaders: houseHeaders(),
    rangeChunkSize: 1024 * 1024,
    disableStream: true,
    disableAutoFetch: true,
    enableXfa: false,
    disableWorkerRendering: true,
    useWorkerFetch: false,
    // Our own store of them has no folder: the names are found in the maps above.
    cMapUrl: '/',
    standardFontDataUrl: '/',
    wasmUrl: '/',
    BinaryDataFactory: HouseData,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
  const stop = (): void => void task.destroy();
  signal.addEventListener('abort', stop, { once: true });
  const document = await task.promise;
  return { document, close: stop };
}

async function wholeFile(
  url: string,
  size: number,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'same-origin', headers: houseHeaders(), signal });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new ApiProblem('offline', 0, '');
  }
  if (!response.ok) throw problemFrom(response.status, await response.text());
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array(await response.arrayBuffer());
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    length += value.length;
    onProgress(size === 0 ? 1 : Math.min(1, length / size));
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export interface PageText {
  readonly number: number;
  readonly text: string;
  /** Where each run of letters begins in `text`; runs are the spans of the text layer, in the same order. */
  readonly starts: readonly number[];
}

export type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;

/** The page's own letters. What the mark of a copy says is no part of the document: it is not found, not selected, not read. */
export async function lettersOf(page: PDFPageProxy): Promise<TextContent> {
  const content = await page.getTextContent({ includeMarkedContent: true });
  let inMark = 0;
  const items = content.items.filter((item) => {
    if ('str' in item) return inMark === 0;
    if (item.type === 'endMarkedContent') inMark = Math.max(0, inMark - 1);
    else if (inMark > 0 || (item as { tag?: unknown }).tag === 'VkMark') inMark += 1;
    return false;
  });
  return { ...content, items };
}

export function textOf(number: number, content: TextContent): PageText {
  const starts: number[] = [];
  let text = '';
  for (const item of content.items) {
    if (!('str' in item)) continue;
    starts.push(text.length);
    text += item.hasEOL ? `${item.str}\n` : item.str;
  }
  return { number, text, starts };
}

export interface DrawnPage {
  readonly done: Promise<void>;
  cancel(): void;
}

/** Draws a page on a canvas, sharp on this screen. A cancelled drawing resolves. */
export function drawPage(page: PDFPageProxy, canvas: HTMLCanvasElement, scale: number): DrawnPage {
  // 16 million points are what every browser gives one canvas.
  const base = page.getViewport({ scale: 1 });
  const most = Math.sqrt(16_000_000 / (base.width * base.height));
  const viewport = page.getViewport({ scale: Math.min(scale * Math.min(window.devicePixelRatio, 2), most) });
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  const task = page.render({ canvas, viewport, annotationMode: pdfjs.AnnotationMode.ENABLE });
  return {
    done: task.promise.then(
      () => undefined,
      (cause: unknown) => {
        if (!(cause instanceof pdfjs.RenderingCancelledException)) throw cause;
      },
    ),
    cancel: () => {
      task.cancel();
    },
  };
}

const asWide: Readonly<Record<string, string>> = {
  serif: '"Page Serif", serif',
  'sans-serif': '"Page Sans", sans-serif',
};

/**
 * The same letters in the fonts that were printed, which pdf.js gave to the page when it drew it (under the names of
 * the styles, and reachable by Unicode), else in fonts as wide. Waits until they can be measured in.
 */
async function asPrinted(content: TextContent): Promise<TextContent> {
  const styles = Object.fromEntries(
    Object.entries(content.styles).map(([name, style]) => {
      const { fontFamily } = style as { fontFamily: string };
      return [name, { ...(style as object), fontFamily: `"${name}", ${asWide[fontFamily] ?? fontFamily}` }];
    }),
  );
  const families = Object.values(styles).map(({ fontFamily }) => fontFamily);
  // A font that cannot be had leaves the letters a little beside their place, no more.
  await Promise.allSettled([...new Set(families)].map((family) => document.fonts.load(`16px ${family}`, 'Việt')));
  return { ...content, styles } as TextContent;
}

/** Lays selectable, unseen letters over a page once it is drawn and answers the span of each run. */
export async function layText(
  page: PDFPageProxy,
  content: TextContent,
  container: HTMLElement,
): Promise<readonly HTMLElement[]> {
  container.replaceChildren();
  const layer = new pdfjs.TextLayer({
    textContentSource: await asPrinted(content),
    container,
    viewport: page.getViewport({ scale: 1 }),
  });
  await layer.render();
  return layer.textDivs;
}
