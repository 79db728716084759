import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { init } from '@embedpdf/pdfium';
import { createReadingMachine } from '../../src/platform/reading-machine/machine.ts';
import { drawn } from '../support/fill-by-door.ts';
import { generatedLetters } from '../support/generated-office.ts';
import type { Measure } from './runner.ts';
import { percentile, timed } from './timing.ts';

const rounds = 60;

/** PDFium alone, as its own documentation has it: the file in its memory, the text of each page in one call. */
async function bareReader() {
  const wasm = readFileSync(fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm')));
  const lib = await init({ wasmBinary: new Uint8Array(wasm).buffer });
  lib.PDFiumExt_Init();
  const machine = lib.pdfium as unknown as {
    readonly HEAPU8: Uint8Array;
    readonly UTF16ToString: (pointer: number) => string;
    readonly wasmExports: { readonly malloc: (size: number) => number; readonly free: (pointer: number) => void };
  };
  return (path: string): string[] => {
    const bytes = readFileSync(path);
    const held = machine.wasmExports.malloc(bytes.length);
    machine.HEAPU8.set(bytes, held);
    const document = lib.FPDF_LoadMemDocument(held, bytes.length, '');
    const pages = Array.from({ length: lib.FPDF_GetPageCount(document) }, (_, index) => {
      const page = lib.FPDF_LoadPage(document, index);
      const text = lib.FPDFText_LoadPage(page);
      const characters = lib.FPDFText_CountChars(text);
      const target = machine.wasmExports.malloc(2 * (characters + 1));
      lib.FPDFText_GetText(text, 0, characters, target);
      const read = machine.UTF16ToString(target);
      machine.wasmExports.free(target);
      lib.FPDFText_ClosePage(text);
      lib.FPDF_ClosePage(page);
      return read;
    });
    lib.FPDF_CloseDocument(document);
    machine.wasmExports.free(held);
    return pages;
  };
}

export const readingMeasures: readonly Measure[] = [
  {
    name: 'pdf-text',
    async measure(run) {
      const folder = mkdtempSync(join(tmpdir(), 'vankho-reading-'));
      const machine = createReadingMachine({
        children: 2,
        memoryMegabytes: 1024,
        secondsPerFile: 60,
        secondsPerPage: 60,
      });
      try {
        const bare = await bareReader();
        let path = '';
        for (const letter of generatedLetters(run.seed, 40, { pages: 3 })) {
          path = join(folder, 'letter.pdf');
          writeFileSync(path, await drawn(letter));
          if (bare(path).length === 3) break;
        }
        const pages = bare(path).length;
        const ours: number[] = [];
        const theirs: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          theirs.push(await timed(async () => bare(path)));
          ours.push(await timed(() => machine.readText({ path, format: 'pdf' })));
        }
        const [own, alone] = [percentile(ours.slice(5), 50), percentile(theirs.slice(5), 50)];
        return [
          {
            name: `text of a ${String(pages)}-page PDF, bare PDFium, p50`,
            value: alone,
            unit: 'ms',
            goal: null,
            better: 'lower',
          },
          {
            name: `text of a ${String(pages)}-page PDF, reading machine, p50`,
            value: own,
            unit: 'ms',
            goal: null,
            better: 'lower',
          },
          { name: 'text of a PDF against bare PDFium', value: own / alone, unit: 'times', goal: 1.2, better: 'lower' },
        ];
      } finally {
        await machine.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];
