import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import type { FileFormat } from '../../departments/intake/ports.ts';
import { identifyCompound } from './identify-compound.ts';
import { checkPdfEnds } from './identify-pdf.ts';
import { identifyText } from './identify-text.ts';
import { identifyZip } from './identify-zip.ts';
import { Reader } from './reader.ts';

export type Identified =
  | { readonly kind: 'ok'; readonly format: FileFormat; readonly mediaType: string }
  | { readonly kind: 'refused'; readonly why: RefusedFor };
type RefusedFor = 'empty' | 'not-allowed' | 'broken' | 'encrypted' | 'disguised';

const ooxml = 'application/vnd.openxmlformats-officedocument';
const mediaTypes: Readonly<Record<FileFormat, string>> = {
  pdf: 'application/pdf',
  docx: `${ooxml}.wordprocessingml.document`,
  doc: 'application/msword',
  xlsx: `${ooxml}.spreadsheetml.sheet`,
  pptx: `${ooxml}.presentationml.presentation`,
  odt: 'application/vnd.oasis.opendocument.text',
  txt: 'text/plain',
  html: 'text/html',
  png: 'image/png',
  jpeg: 'image/jpeg',
  tiff: 'image/tiff',
};

const claims: Readonly<Record<string, FileFormat>> = {
  ...{ pdf: 'pdf', docx: 'docx', doc: 'doc', xlsx: 'xlsx', pptx: 'pptx', odt: 'odt', txt: 'txt', html: 'html' },
  ...{ htm: 'html', png: 'png', jpg: 'jpeg', jpeg: 'jpeg', jpe: 'jpeg', jfif: 'jpeg', tif: 'tiff', tiff: 'tiff' },
};

/** Names under which Windows starts what it opens. Whatever lies in such a file, it would come back out under that name. */
const startable =
  /^(exe|com|scr|pif|bat|cmd|ps1|psm1|vbs|vbe|js|jse|mjs|wsf|wsh|hta|msi|msp|jar|lnk|reg|dll|cpl|sh|py|php|apk|chm|url|iso|img)$/u;

/** Programs, in the words of file-type. */
const programs =
  /^application\/(x-msdownload|x-msdos-program|vnd\.microsoft\.portable-executable|x-elf|x-mach-binary|java-vm|wasm|x-deb|x-rpm|x-ms-shortcut|x\.ms\.shortcut|x-apple-diskimage|vnd\.android\.package-archive|x-shockwave-flash|vnd\.ms-htmlhelp)$/u;

/** Opening one file to see whether it opens: what a scan of a hundred megabytes needs, and no more. */
const openSeconds = 30;
const openMegabytes = 768;

/**
 * What a file is, by what lies in it; the name only helps where the content cannot tell (text and HTML), and shows
 * a disguise. Reads the ends and the directories of a file, never a large file whole. Pictures, and PDF that is
 * encrypted or does not end as it should, are opened in a child process. A fault of the disk rejects.
 */
export async function identify(path: string, name: string): Promise<Identified> {
  const extension = extname(name).slice(1).toLowerCase();
  const claimed = claims[extension] ?? null;
  const { size, head } = await readHead(path);
  if (size === 0) return refused('empty');
  const found = await byContent(path, { head, size, extension, claimed });
  if (typeof found === 'string') return refused(found);
  if (startable.test(extension)) return refused('not-allowed');
  return { kind: 'ok', format: found.format, mediaType: mediaTypes[found.format] };
}

interface Seen {
  readonly head: Buffer;
  readonly size: number;
  readonly extension: string;
  readonly claimed: FileFormat | null;
}

type Found = { readonly format: FileFormat } | RefusedFor;

async function byContent(path: string, { head, size, extension, claimed }: Seen): Promise<Found> {
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) return identifyZip(path, claimed);
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return identifyCompound(path, claimed);
  const picture = pictureOf(head);
  if (picture) return opensAs(path, picture);
  const other = head.indexOf('%PDF-') === 0 ? undefined : await fileTypeFromBuffer(head);
  if (other && other.mime !== 'application/pdf' && other.mime !== 'application/xml') {
    return programs.test(other.mime) && claimed ? 'disguised' : 'not-allowed';
  }
  // ISO 32000-1, appendix H.3.4.1: readers accept the header within the first 1,024 bytes.
  const header = head.subarray(0, 1029).indexOf('%PDF-');
  if (header >= 0 && (header === 0 || claimed === 'pdf')) {
    const ends = await checkPdfEnds(path, size, header);
    if (ends === 'cut-off') return 'broken';
    return ends === 'complete' ? { format: 'pdf' } : opensAs(path, 'pdf');
  }
  return identifyText(path, extension, claimed);
}

function pictureOf(head: Buffer): 'png' | 'jpeg' | 'tiff' | null {
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (startsWith(head, [0xff, 0xd8, 0xff])) return 'jpeg';
  const isTiff = [
    [0x49, 0x49, 0x2a, 0x00],
    [0x4d, 0x4d, 0x00, 0x2a],
    [0x49, 0x49, 0x2b, 0x00],
    [0x4d, 0x4d, 0x00, 0x2b],
  ].some((sign) => startsWith(head, sign));
  return isTiff ? 'tiff' : null;
}

function startsWith(head: Buffer, sign: readonly number[]): boolean {
  return sign.every((byte, index) => head[index] === byte);
}

/** Children that are open at once for all askers: a hundred uploads must not become a hundred processes. */
const atOnce = 2;
let opening = 0;
const queue: (() => void)[] = [];

async function opensAs(path: string, format: FileFormat): Promise<Found> {
  if (opening >= atOnce) await new Promise<void>((resolve) => queue.push(resolve));
  else opening += 1;
  const reader = new Reader(openMegabytes);
  try {
    const outcome = await reader.run({ work: 'open', path, format }, openSeconds);
    const answer = 'result' in outcome ? outcome.result : outcome;
    const problem = 'problem' in answer ? answer.problem : undefined;
    if (problem === 'encrypted') return 'encrypted';
    // Too large or too slow to be opened now is no reason to refuse the only copy: it is kept, unread.
    return problem === 'broken' || problem === 'crashed' ? 'broken' : { format };
  } finally {
    await reader.end();
    const next = queue.shift();
    if (next) next();
    else opening -= 1;
  }
}

async function readHead(path: string): Promise<{ readonly size: number; readonly head: Buffer }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, 4100));
    await file.read(head, 0, head.length, 0);
    return { size, head };
  } finally {
    await file.close();
  }
}

function refused(why: RefusedFor): Identified {
  return { kind: 'refused', why };
}
