import type { Rank } from '../../kernel/labels.ts';

/**
 * Reads text out of a file. Each reading runs in a child process that is killed on time or memory and
 * replaced: native and WebAssembly code that crashes must not take the server with it.
 *
 * The contract, which `tests/ports/reading-machine.test.ts` runs:
 * - The file is read from a local path and never written to.
 * - Pages of PDF, pictures and slides are kept apart (`unit: 'page'`), so that a hit can name its page; Office
 *   text names a paragraph (`unit: 'paragraph'`).
 * - A PDF page whose text layer is empty, holds only a signature stamp's few words, or is garbage, comes back
 *   with `needsOcr: true` and whatever text it had.
 * - `readHead` answers before a file is acknowledged: it goes before all other work and gives up after some seconds,
 *   with a `problem`; the whole file is read later all the same.
 * - A file that cannot be read resolves to a `problem`, it does not reject: the file is still kept. Rejection is for
 *   faults of the machine itself.
 * - `close` ends every child; a reading under way then resolves to the problem `interrupted`.
 */
export interface ReadingMachine {
  /** Text already in the file; no OCR. Fast work goes before any OCR that waits. */
  readText(file: FileToRead): Promise<Reading>;
  /**
   * The lines at the beginning of a file, as far as it has text: of a PDF's first page with their places, of text that
   * flows without. A picture has none.
   */
  readHead(file: FileToRead): Promise<Head | { readonly problem: ReadingProblem }>;
  /** One page rendered without annotations and read by OCR. `page` counts from 1. */
  recognise(file: FileToRead, page: number): Promise<RecognisedPage | { readonly problem: ReadingProblem }>;
  /** A picture of one page, PNG, `width` in pixels, without annotations; the mark, if one is given, is drawn into it. */
  render(
    file: FileToRead,
    page: number,
    width: number,
    mark?: Mark,
  ): Promise<{ readonly png: Uint8Array } | { readonly problem: ReadingProblem }>;
  /** The file as a PDF whose pages bear the mark; nothing of the file that no page shows is in it. */
  copy(file: FileToRead, mark: Mark, take: (piece: Uint8Array) => void): Promise<CopyMade>;
  /** What makes copies, in words that change whenever the same mark could give other bytes. */
  copyTools(): Promise<{ readonly tool: string; readonly font: string }>;
  close(): Promise<void>;
}

export interface FileToRead {
  readonly path: string;
  readonly format: FileFormat;
}

/** The allow-list: what the house takes in. Decided by content, never by name. */
export const fileFormats = ['pdf', 'docx', 'doc', 'xlsx', 'pptx', 'odt', 'txt', 'html', 'png', 'jpeg', 'tiff'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** What a file is, told by its content; or why the house does not take it. */
export type Identify = (
  path: string,
  name: string,
) => Promise<
  | { readonly kind: 'ok'; readonly format: FileFormat; readonly mediaType: string }
  | { readonly kind: 'refused'; readonly why: 'empty' | 'not-allowed' | 'broken' | 'encrypted' | 'disguised' }
>;

export interface Reading {
  readonly unit: 'page' | 'paragraph';
  readonly pages: readonly ReadPage[];
  readonly problem?: ReadingProblem;
}

export interface ReadPage {
  /** Page or paragraph number, from 1. */
  readonly number: number;
  readonly text: string;
  readonly needsOcr: boolean;
}

export interface Head {
  readonly lines: readonly HeadLine[];
}

export interface HeadLine {
  readonly text: string;
  /** Left, top, right and bottom as fractions of the page from its upper left corner; `null` where text flows. */
  readonly box: readonly [number, number, number, number] | null;
}

export interface RecognisedPage {
  readonly number: number;
  readonly text: string;
  /** Mean confidence of the words, 0 to 100, as the engine gives it. */
  readonly confidence: number;
  /** Words with their place on the page, as fractions of its width and height from the top left. */
  readonly words: readonly {
    readonly text: string;
    readonly confidence: number;
    readonly box: readonly [number, number, number, number];
  }[];
}

export type ReadingProblem =
  'encrypted' | 'broken' | 'too-slow' | 'too-much-memory' | 'too-large-inside' | 'interrupted' | 'crashed';

/**
 * What a copy bears so that it can be told apart from the original: for whom, when, under which number. Whoever makes
 * the copy again from the same mark and the same file makes the same bytes.
 */
export interface Mark {
  /** The entry it stands under; the copy's own identifier is made from it. */
  readonly id: string;
  readonly moment: string;
  readonly title: string;
  readonly rank: Rank;
  /** The level as paper bears it, in the bands. */
  readonly level: string;
  /** One line at the foot of each page. */
  readonly foot: string;
  /** What the quiet letters across the page say. */
  readonly quiet: string;
  /** Said beside the foot line where the original bears a digital signature, which no copy can. */
  readonly unsigned: string;
}

export type CopyProblem = ReadingProblem | 'form' | 'no-pages';

/** What was made, or why not. Its bytes have gone to `take`, in order. */
export type CopyMade =
  { readonly pages: number; readonly size: number; readonly signed: boolean } | { readonly problem: CopyProblem };
