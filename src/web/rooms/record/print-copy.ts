import { copyToPrint, fetchCopy } from './copies.ts';
import { openPdf } from './pdf-engine.ts';
import css from './print-copy.module.css';

/** Pages that a browser holds as pictures for a printer; a longer copy is printed from its file. */
const mostPages = 60;
/** 200 dots an inch on paper. */
const scale = 200 / 72;

/** Makes a copy to be printed, puts its pages on paper of their own, and asks the browser to print nothing else. Answers its number. */
export async function printCopy(fileId: string): Promise<string> {
  const stop = new AbortController();
  const { id, url, size, label, pages } = await copyToPrint(fileId, stop.signal);
  if (pages > mostPages) {
    fetchCopy(id);
    return label;
  }
  const open = await openPdf(url, size, stop.signal, () => undefined);
  const pdf = open.document;
  const sheets = document.createElement('div');
  sheets.className = css['sheets'] ?? '';
  sheets.setAttribute('aria-hidden', 'true');
  const addresses: string[] = [];
  try {
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number);
      const base = page.getViewport({ scale: 1 });
      const most = Math.sqrt(16_000_000 / (base.width * base.height));
      const viewport = page.getViewport({ scale: Math.min(scale, most) });
      const canvas = document.createElement('canvas');
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      await page.render({ canvas, viewport, intent: 'print' }).promise;
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      const image = document.createElement('img');
      if (blob) addresses.push((image.src = URL.createObjectURL(blob)));
      image.alt = '';
      image.className = css['page'] ?? '';
      sheets.append(image);
      canvas.width = 0;
    }
    document.body.append(sheets);
    await Promise.all([...sheets.querySelectorAll('img')].map((image) => image.decode()));
    window.print();
    return label;
  } finally {
    sheets.remove();
    for (const address of addresses) URL.revokeObjectURL(address);
    open.close();
  }
}
