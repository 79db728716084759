import type { FileFormat } from '../../departments/intake/ports.ts';
import { readZipDirectory, readZipEntry, startsInFile, type ZipDirectory, type ZipEntry } from './zip.ts';

type Found = { readonly format: FileFormat } | 'not-allowed' | 'broken' | 'encrypted' | 'disguised';

/** ECMA-376 part 1, sections 11.3.10, 12.3.23 and 13.3.6: what the main part of each kind of document is called. */
const mainParts: readonly (readonly [contentType: string, format: 'docx' | 'xlsx' | 'pptx'])[] = [
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml', 'docx'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml', 'xlsx'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml', 'pptx'],
];

/** Office documents without macros, and OpenDocument text; every other zip is not let in. */
export async function identifyZip(path: string, claimed: FileFormat | null): Promise<Found> {
  const isOfficeName = claimed === 'docx' || claimed === 'xlsx' || claimed === 'pptx' || claimed === 'odt';
  const directory = await readZipDirectory(path);
  if (!directory) return isOfficeName ? 'broken' : 'not-allowed';
  const part = (name: string): ZipEntry | undefined =>
    directory.entries.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
  const types = part('[Content_Types].xml');
  if (types) return identifyOoxml(path, directory, types, claimed);
  const mimetype = part('mimetype');
  if (mimetype) return identifyOpenDocument(path, mimetype, part('content.xml'), part('META-INF/manifest.xml'));
  const isProgram = directory.entries.some(({ name }) => /\.(class|dex|exe|dll)$|^META-INF\/MANIFEST\.MF$/u.test(name));
  if (isProgram && claimed) return 'disguised';
  return isOfficeName ? 'broken' : 'not-allowed';
}

async function identifyOoxml(
  path: string,
  directory: ZipDirectory,
  types: ZipEntry,
  claimed: FileFormat | null,
): Promise<Found> {
  if (types.encrypted) return 'encrypted';
  const xml = (await readZipEntry(path, types, 4_194_304))?.toString('utf8');
  if (xml === undefined) return 'broken';
  // Macros run when the document is opened: under a name that promises none, they are a disguise.
  if (
    /macroEnabled|vnd\.ms-office\.vbaProject/iu.test(xml) ||
    directory.entries.some(({ name }) => /vbaProject\.bin$/iu.test(name))
  ) {
    return claimed ? 'disguised' : 'not-allowed';
  }
  for (const [override] of xml.matchAll(/<Override\b[^>]{0,1000}>/gu)) {
    const type = /ContentType\s*=\s*["']([^"']+)["']/u.exec(override)?.[1];
    const name = /PartName\s*=\s*["']\/?([^"']+)["']/u.exec(override)?.[1];
    const format = mainParts.find(([contentType]) => contentType === type)?.[1];
    if (!format || name === undefined) continue;
    const main = directory.entries.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
    if (!main || main.unpacked === 0 || !(await startsInFile(path, main))) return 'broken';
    return main.encrypted ? 'encrypted' : { format };
  }
  return claimed ? 'broken' : 'not-allowed';
}

async function identifyOpenDocument(
  path: string,
  mimetype: ZipEntry,
  content: ZipEntry | undefined,
  manifest: ZipEntry | undefined,
): Promise<Found> {
  const type = (await readZipEntry(path, mimetype, 200))?.toString('latin1').trim();
  if (type !== 'application/vnd.oasis.opendocument.text') return type === undefined ? 'broken' : 'not-allowed';
  if (!content || content.unpacked === 0 || !(await startsInFile(path, content))) return 'broken';
  // OpenDocument 1.3 part 2, section 3.4.1: an encrypted part says so in the manifest, not in the zip.
  const listed = manifest ? (await readZipEntry(path, manifest, 4_194_304))?.toString('utf8') : '';
  if (listed === undefined) return 'broken';
  return content.encrypted || /encryption-data/u.test(listed) ? 'encrypted' : { format: 'odt' };
}
