import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fontkit from '@pdf-lib/fontkit';
import { PDFDocument, type PDFFont } from 'pdf-lib';
import { houseRoot } from '../house/house-files.ts';

/* PDF for the reading machine: set from text, scanned from a picture, encrypted, broken. */

const tinos = readFileSync(join(houseRoot, 'node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf'));

export interface MadePdf {
  readonly document: PDFDocument;
  readonly font: PDFFont;
}

export async function newPdf(): Promise<MadePdf> {
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit);
  return { document, font: await document.embedFont(tinos, { subset: false }) };
}

/** A4 pages of lines, set in Tinos 14. */
export async function pdfOf(pages: readonly (readonly string[])[]): Promise<Buffer> {
  const { document, font } = await newPdf();
  for (const lines of pages) {
    const page = document.addPage([595, 842]);
    lines.forEach((line, index) => page.drawText(line, { x: 85, y: 770 - index * 22, size: 14, font }));
  }
  return Buffer.from(await document.save({ useObjectStreams: false }));
}

/** Pages that are one picture each, as a scanner makes them, with words that a signing program left on them. */
export async function scannedPdf(pictures: readonly Uint8Array[], stamp: readonly string[] = []): Promise<Buffer> {
  const { document, font } = await newPdf();
  for (const picture of pictures) {
    const page = document.addPage([595, 842]);
    page.drawImage(await document.embedPng(picture), { x: 0, y: 0, width: 595, height: 842 });
    stamp.forEach((line, index) => page.drawText(line, { x: 400, y: 820 - index * 10, size: 8, font }));
  }
  return Buffer.from(await document.save());
}

const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const padded = (password: string): Buffer => Buffer.concat([Buffer.from(password, 'latin1'), padding]).subarray(0, 32);
const md5 = (...parts: readonly Buffer[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();

function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number): number => state[index & 255] ?? 0;
  const swap = (one: number, other: number): void => {
    [state[one & 255], state[other & 255]] = [at(other), at(one)];
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return data.map((byte) => {
    i = (i + 1) & 255;
    j = (j + at(i)) & 255;
    swap(i, j);
    return byte ^ at(at(i) + at(j));
  }) as Buffer;
}

/** One page, encrypted with the standard handler, revision 2 (ISO 32000-1, 7.6.3): as old programs "protect" a file. */
export function encryptedPdf(userPassword: string): Buffer {
  const id = Buffer.from('0123456789abcdef0123456789abcdef', 'hex');
  const owner = rc4(md5(padded('owner')).subarray(0, 5), padded(userPassword));
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(-44);
  const key = md5(padded(userPassword), owner, permissions, id).subarray(0, 5);
  const user = rc4(key, padding);
  const content = Buffer.from('BT /F1 24 Tf 72 700 Td (Protected but readable) Tj ET', 'latin1');
  const contentKey = md5(key, Buffer.from([4, 0, 0, 0, 0])).subarray(0, 10);
  return rawPdf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
      Buffer.concat([
        Buffer.from(`<< /Length ${content.length} >>\nstream\n`),
        rc4(contentKey, content),
        Buffer.from('\nendstream'),
      ]),
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
      `<< /Filter /Standard /V 1 /R 2 /P -44 /O <${owner.toString('hex')}> /U <${user.toString('hex')}> >>`,
    ],
    `/Encrypt 6 0 R /ID [<${id.toString('hex')}> <${id.toString('hex')}>]`,
  );
}

/** Objects numbered from 1, of which the first is the catalog, with their table behind them. */
function rawPdf(objects: readonly (string | Buffer)[], trailer: string): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const places: number[] = [];
  let length = parts[0]?.length ?? 0;
  const add = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  objects.forEach((object, index) => {
    places.push(length);
    add(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]));
  });
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  add(
    Buffer.from(
      `xref\n0 ${count}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${count} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** Scanned pages of one JPEG each, the same picture lying in the file once for every page. */
export function largeScan(jpeg: Buffer, width: number, height: number, pages: number): Buffer {
  const numbers = Array.from({ length: pages }, (_, index) => 3 + index * 3);
  const draw = 'q 595 0 0 842 0 0 cm /I Do Q';
  return rawPdf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Kids [${numbers.map((number) => `${number} 0 R`).join(' ')}] /Count ${pages} >>`,
      ...numbers.flatMap((number) => [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${number + 1} 0 R /Resources << /XObject << /I ${number + 2} 0 R >> >> >>`,
        `<< /Length ${draw.length} >>\nstream\n${draw}\nendstream`,
        Buffer.concat([
          Buffer.from(
            `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n`,
          ),
          jpeg,
          Buffer.from('\nendstream'),
        ]),
      ]),
    ],
    '',
  );
}

/** A page whose drawing never comes to an end: each form draws the next ten times, eight deep. */
export function endlessPdf(): Buffer {
  const form = (content: string, resources: string): string =>
    `<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << ${resources} >> /Length ${content.length} >>\nstream\n${content}\nendstream`;
  const deep = 9;
  const forms = Array.from({ length: deep }, (_, index) =>
    index + 1 < deep
      ? form('/X Do '.repeat(10).trim(), `/XObject << /X ${index + 6} 0 R >>`)
      : form('BT /F1 9 Tf 72 700 Td (again) Tj ET', '/Font << /F1 4 0 R >>'),
  );
  return rawPdf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${deep + 5} 0 R /Resources << /XObject << /X 5 0 R >> >> >>`,
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
      ...forms,
      '<< /Length 5 >>\nstream\n/X Do\nendstream',
    ],
    '',
  );
}
