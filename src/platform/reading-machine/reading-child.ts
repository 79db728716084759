import { Worker } from 'node:worker_threads';
import type { FileFormat, Reading } from '../../departments/intake/ports.ts';
import { copyPdf, copyPictures, type Give } from './copy-pdf.ts';
import { markAlone } from './mark.ts';
import { readOffice, readOfficeHead } from './office.ts';
import { readPdfHead } from './pdf-head.ts';
import { drawnMark, openPdf, readPdf, recognisePdfPage, renderPdfPage } from './pdf.ts';
import { openPicture, readPicture, recognisePicture, renderPicture, sizeOf, withOver } from './pictures.ts';
import { readHtml, readPlainText } from './plain-text.ts';
import {
  UnreadableFile,
  headOf,
  readyNumber,
  unitOf,
  type Answer,
  type Marked,
  type Order,
  type Result,
  type Task,
} from './tasks.ts';

/**
 * The program of one child: takes one order at a time from its parent, answers, waits for the next. It sets no limits
 * of time or memory on itself; a process that is stuck could not keep them.
 */
async function perform(task: Task, give: Give): Promise<Result> {
  if (task.work === 'copy') return copied(task, give);
  switch (task.format) {
    case 'pdf':
      if (task.work === 'read-text') return readPdf(task.path);
      if (task.work === 'read-head') return { lines: await readPdfHead(task.path) };
      if (task.work === 'render') return marked(task.marked, await renderPdfPage(task.path, task.page, task.width));
      if (task.work === 'recognise') return recognisePdfPage(task.path, task.page);
      return openPdf(task.path);
    case 'png':
    case 'jpeg':
    case 'tiff':
      if (task.work === 'read-text') return readPicture(task.path, task.format);
      if (task.work === 'read-head') return { lines: [] };
      if (task.work === 'render') return marked(task.marked, await renderPicture(task.path, task.page, task.width));
      if (task.work === 'recognise') return recognisePicture(task.path, task.page);
      return openPicture(task.path);
    case 'docx':
    case 'doc':
    case 'xlsx':
    case 'pptx':
    case 'odt':
    case 'txt':
    case 'html':
      if (task.work === 'read-text') return readFlowing(task.path, task.format, readOffice);
      if (task.work === 'read-head') return headOf(await readFlowing(task.path, task.format, readOfficeHead));
      throw new UnreadableFile('broken');
  }
}

function readFlowing(
  path: string,
  format: Exclude<FileFormat, 'pdf' | 'png' | 'jpeg' | 'tiff'>,
  office: typeof readOffice,
): Promise<Reading> {
  if (format === 'txt') return readPlainText(path);
  if (format === 'html') return readHtml(path);
  return office(path, format);
}

async function copied(task: Extract<Task, { work: 'copy' }>, give: Give): Promise<Result> {
  const order = { path: task.path, ...task.marked };
  if (task.format === 'pdf') return copyPdf(order, give);
  if (task.format === 'png' || task.format === 'jpeg' || task.format === 'tiff')
    return copyPictures(order, task.format, give);
  return { problem: 'no-pages' };
}

async function marked(wanted: Marked | undefined, drawn: { readonly png: Uint8Array }): Promise<Result> {
  if (!wanted) return drawn;
  const { width, height } = await sizeOf(drawn.png);
  const over = await drawnMark(await markAlone(wanted.mark, wanted.fonts, width, height), width, height);
  return { png: await withOver(drawn.png, over, width, height) };
}

/** The machine's own faults: the file is not there, may not be read, or the disk gave up. */
const machineFaults = new Set([
  'ENOENT',
  'EACCES',
  'EPERM',
  'EISDIR',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ERR_MODULE_NOT_FOUND',
]);

function failed(task: Task, error: unknown): Result {
  if (error instanceof UnreadableFile || !machineFaults.has(codeOf(error))) {
    const problem = error instanceof UnreadableFile ? error.problem : 'broken';
    return task.work === 'read-text' ? { unit: unitOf(task.format), pages: [], problem } : { problem };
  }
  throw error;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

process.on('message', (order: Order) => {
  // Each piece has left before the next is made.
  const give: Give = (piece) =>
    new Promise((resolve, reject) => {
      const answer: Answer = { number: order.number, piece };
      process.send?.(answer, undefined, undefined, (fault) => {
        if (fault) reject(fault);
        else resolve();
      });
    });
  void perform(order.task, give)
    .catch((error: unknown) => failed(order.task, error))
    .then(
      (result): Answer => ({ number: order.number, result }),
      (error: unknown): Answer => ({ number: order.number, fault: `${order.task.work}: ${String(error)}` }),
    )
    .then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());

// When the server is killed, nobody is left to end a child that a file has caught in a loop; it would not hear the
// channel close either. A thread beside it does.
const watchdog = `setInterval(() => process.ppid === ${process.ppid} || process.kill(process.pid, 'SIGKILL'), 1000)`;
new Worker(watchdog, { eval: true, env: {}, resourceLimits: { maxOldGenerationSizeMb: 8 } }).unref();

process.send?.({ number: readyNumber, ready: true } satisfies Answer);
