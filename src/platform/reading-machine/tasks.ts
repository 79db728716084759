import type {
  CopyMade,
  FileFormat,
  Head,
  Mark,
  Reading,
  ReadingProblem,
  RecognisedPage,
} from '../../departments/intake/ports.ts';
import type { MarkFonts } from './mark.ts';

/** What one child may use, beside the time and memory that its keeper watches from outside. */
export interface InnerLimits {
  /** Pages, slides or paragraphs of one file; what comes after is left unread and said so. */
  readonly units: number;
  /** Characters of text of one file. */
  readonly characters: number;
  /** Bytes that a zipped document may unpack to, before any library opens it. */
  readonly unpackedBytes: number;
  /** Pixels of a picture that is opened. A0 at 300 dpi is 139 million. */
  readonly pixels: number;
}

export const innerLimits: InnerLimits = {
  units: 50_000,
  characters: 30_000_000,
  unpackedBytes: 256 * 1_048_576,
  pixels: 200_000_000,
};

/** What the parts of a file are: pages where somebody sees pages, paragraphs where only text flows. */
export function unitOf(format: FileFormat): Reading['unit'] {
  return format === 'pdf' || format === 'pptx' || format === 'png' || format === 'jpeg' || format === 'tiff'
    ? 'page'
    : 'paragraph';
}

/** Paragraphs, with the lines inside them, that are looked at for what a document's head says. */
const headParagraphs = 60;

/** The first lines of text that flows. */
export function headOf({ pages }: Reading): Head {
  const lines = pages.slice(0, headParagraphs).flatMap(({ text }) => text.split('\n'));
  return { lines: lines.map((text) => ({ text, box: null })) };
}

export interface Marked {
  readonly mark: Mark;
  readonly fonts: MarkFonts;
}

export type Task =
  | { readonly work: 'read-text'; readonly path: string; readonly format: FileFormat }
  | { readonly work: 'read-head'; readonly path: string; readonly format: FileFormat }
  | {
      readonly work: 'render';
      readonly path: string;
      readonly format: FileFormat;
      readonly page: number;
      readonly width: number;
      /** Drawn into the picture. */
      readonly marked?: Marked;
    }
  | { readonly work: 'copy'; readonly path: string; readonly format: FileFormat; readonly marked: Marked }
  | { readonly work: 'recognise'; readonly path: string; readonly format: FileFormat; readonly page: number }
  /** Does the file open, all of it, without a password? Asked before it is let in. */
  | { readonly work: 'open'; readonly path: string; readonly format: FileFormat };

export type Problem = { readonly problem: ReadingProblem };

export interface Results {
  readonly 'read-text': Reading;
  readonly 'read-head': Head | Problem;
  readonly render: { readonly png: Uint8Array } | Problem;
  readonly recognise: RecognisedPage | Problem;
  readonly open: { readonly opened: true } | Problem;
  readonly copy: CopyMade;
}
export type Result = Results[Task['work']];

/** The number of the answer that a child gives unasked, once its libraries are loaded. */
export const readyNumber = 0;

/** Parent to child, and back; a copy comes in pieces before its result. `fault` is a fault of the machine (the file is not there), not of the file. */
export type Order = { readonly number: number; readonly task: Task };
export type Answer = { readonly number: number } & (
  { readonly result: Result } | { readonly fault: string } | { readonly ready: true } | { readonly piece: Uint8Array }
);

/** Thrown inside a child when the file itself is the reason. */
export class UnreadableFile extends Error {
  readonly problem: ReadingProblem;

  constructor(problem: ReadingProblem) {
    super(problem);
    this.name = 'UnreadableFile';
    this.problem = problem;
  }
}
