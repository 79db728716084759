import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { createReadingMachine } from '../../src/platform/reading-machine/machine.ts';

/** The first page of a drawn letter as a scanner would bring it: a picture, and not a word of text. */
export async function scanned(pdf: Uint8Array): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'vankho-scan-'));
  const machine = createReadingMachine({ children: 2, memoryMegabytes: 1024, secondsPerFile: 60, secondsPerPage: 60 });
  try {
    const path = join(folder, 'letter.pdf');
    writeFileSync(path, pdf);
    const picture = await machine.render({ path, format: 'pdf' }, 1, 1_600);
    if ('problem' in picture) throw new Error(`the letter could not be drawn: ${picture.problem}`);
    const document = await PDFDocument.create();
    document.addPage([595, 842]).drawImage(await document.embedPng(Uint8Array.from(picture.png)), {
      x: 0,
      y: 0,
      width: 595,
      height: 842,
    });
    return await document.save();
  } finally {
    await machine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
