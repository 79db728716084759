import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Mark, ReadingMachine } from '../../departments/intake/ports.ts';
import { letterFonts } from '../lettering/fonts.ts';
import { markVersion } from './mark.ts';
import { Reader, type Outcome } from './reader.ts';
import { unitOf, type Marked, type Results, type Task } from './tasks.ts';

export interface ReadingMachineOptions {
  /** Child processes at most; never fewer than two, so that one is always free of OCR. */
  readonly children: number;
  readonly memoryMegabytes: number;
  readonly secondsPerFile: number;
  /** For one picture or one page of OCR, the loading of the engine included. */
  readonly secondsPerPage: number;
}

/** For the head of a file, its turn included: somebody waits for the receipt. */
const headSeconds = 10;

interface Waiting {
  readonly task: Task;
  readonly take: ((piece: Uint8Array) => void) | undefined;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (fault: unknown) => void;
}

async function withFonts(mark: Mark): Promise<Marked> {
  const { regular, bold } = await letterFonts();
  return { mark, fonts: { regular, bold } };
}

/** Everything that has a hand in the bytes of a copy. */
const copyTool = ((): string => {
  const { dependencies } = createRequire(import.meta.url)('../../../package.json') as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const parts = ['pdf-lib', '@pdf-lib/fontkit', '@embedpdf/pdfium', 'sharp'].map(
    (part) => `${part} ${dependencies[part] ?? '?'}`,
  );
  return [...parts, `zlib ${process.versions.zlib}`, `mark ${String(markVersion)}`].join(', ');
})();

/**
 * Reads files in a few child processes that are started when first needed. OCR of a page takes seconds, text and
 * pictures take milliseconds: those always go first, and OCR never has the last child.
 *
 * A page that the file does not have, and a picture of a format that has no pages, resolve to `broken`.
 */
export function createReadingMachine(options: ReadingMachineOptions): ReadingMachine {
  const places = Math.max(2, options.children);
  const readers = new Set<Reader>();
  const recognising = new Set<Reader>();
  const heads: Waiting[] = [];
  const quick: Waiting[] = [];
  const slow: Waiting[] = [];
  let closed = false;

  const secondsFor = (task: Task): number => {
    if (task.work === 'read-head') return Math.min(headSeconds, options.secondsPerFile);
    const whole = task.work === 'read-text' || task.work === 'open' || task.work === 'copy';
    return whole ? options.secondsPerFile : options.secondsPerPage;
  };

  function freeReader(forOcr: boolean): Reader | null {
    for (const reader of readers) if (reader.gone) readers.delete(reader);
    const idle = [...readers].filter((reader) => !reader.busy);
    const found = idle.find((reader) => reader.knowsLetters === forOcr);
    if (found) return found;
    if (readers.size < places) {
      const started = new Reader(options.memoryMegabytes);
      readers.add(started);
      return started;
    }
    return idle[0] ?? null;
  }

  function handOut(): void {
    for (;;) {
      const isQuick = heads.length + quick.length > 0;
      if (!isQuick && (slow.length === 0 || recognising.size >= places - 1)) return;
      const reader = freeReader(!isQuick);
      if (!reader) return;
      const next = isQuick ? (heads.shift() ?? quick.shift()) : slow.shift();
      if (next) void work(reader, next, !isQuick);
    }
  }

  async function work(reader: Reader, { task, take, resolve, reject }: Waiting, isOcr: boolean): Promise<void> {
    if (isOcr) {
      recognising.add(reader);
      reader.knowsLetters = true;
    }
    try {
      resolve(await reader.run(task, secondsFor(task), take));
    } catch (fault) {
      reject(fault);
    } finally {
      recognising.delete(reader);
      if (reader.gone) readers.delete(reader);
      else if (reader.swollen) {
        readers.delete(reader);
        void reader.end();
      }
      if (!closed) handOut();
    }
  }

  async function ask<Work extends Task['work']>(
    task: Extract<Task, { work: Work }>,
    take?: (piece: Uint8Array) => void,
  ): Promise<Results[Work] | Exclude<Outcome, { result: unknown }>> {
    if (closed) return { problem: 'interrupted' };
    const outcome = await new Promise<Outcome>((resolve, reject) => {
      const line = task.work === 'recognise' ? slow : task.work === 'read-head' ? heads : quick;
      line.push({ task, take, resolve, reject });
      handOut();
    });
    // The child answers the work it was given; the two types meet nowhere else.
    return 'result' in outcome ? (outcome.result as Results[Work]) : outcome;
  }

  return {
    async readText({ path, format }) {
      const reading = await ask<'read-text'>({ work: 'read-text', path, format });
      return 'pages' in reading ? reading : { unit: unitOf(format), pages: [], problem: reading.problem };
    },
    async readHead({ path, format }) {
      // A machine that is busy with everything holds nobody up at the door: the file is read whole soon after.
      let alarm: NodeJS.Timeout | undefined;
      const late = new Promise<{ readonly problem: 'too-slow' }>((resolve) => {
        alarm = setTimeout(() => resolve({ problem: 'too-slow' }), headSeconds * 1000);
      });
      try {
        return await Promise.race([ask<'read-head'>({ work: 'read-head', path, format }), late]);
      } finally {
        clearTimeout(alarm);
      }
    },
    async recognise({ path, format }, page) {
      return ask<'recognise'>({ work: 'recognise', path, format, page });
    },
    async render({ path, format }, page, width, mark) {
      const marked = mark ? { marked: await withFonts(mark) } : {};
      return ask<'render'>({ work: 'render', path, format, page, width, ...marked });
    },
    async copy({ path, format }, mark, take) {
      return ask<'copy'>({ work: 'copy', path, format, marked: await withFonts(mark) }, take);
    },
    async copyTools() {
      const { regular, bold } = await letterFonts();
      const font = createHash('sha256').update(regular).update(bold).digest('hex');
      return { tool: copyTool, font };
    },
    async close() {
      closed = true;
      for (const { resolve } of [...heads.splice(0), ...quick.splice(0), ...slow.splice(0)])
        resolve({ problem: 'interrupted' });
      await Promise.all([...readers].map((reader) => reader.end()));
      readers.clear();
    },
  };
}
