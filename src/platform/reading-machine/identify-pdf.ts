import { open, type FileHandle } from 'node:fs/promises';

const tailBytes = 65_536;
/** Scanners and mail gateways leave some line ends or zeros behind the end; a cut-off file has a whole part missing. */
const afterEnd = 1024;
/** A table of 200,000 objects. */
const longestTable = 4_194_304;

/**
 * Whether a PDF ends as it should (ISO 32000-1, section 7.5.5): `%%EOF` at its end, and before it the place of a
 * cross-reference table that is there. `unsure` wants a reader's look: the table is elsewhere, which readers mend, or the
 * file is encrypted, which many official files are with an empty password.
 */
export async function checkPdfEnds(
  path: string,
  size: number,
  header: number,
): Promise<'complete' | 'cut-off' | 'unsure'> {
  const file = await open(path, 'r');
  try {
    const tailStart = Math.max(0, size - tailBytes);
    const tail = withoutBlankEnd(await textAt(file, tailStart, tailBytes));
    const end = tail.lastIndexOf('%%EOF');
    if (end < 0 || tail.length - end > afterEnd) return 'cut-off';
    const place = /startxref\s+(\d{1,12})\s*$/u.exec(tail.slice(0, end))?.[1];
    if (place === undefined) return 'unsure';
    for (const offset of [Number(place) + header, Number(place)]) {
      const trailer = offset < size ? await trailerAt(file, offset) : null;
      if (trailer !== null) return /\/Encrypt\b/u.test(trailer) ? 'unsure' : 'complete';
    }
    return 'unsure';
  } finally {
    await file.close();
  }
}

/** By hand: a pattern that is anchored at the end begins anew at each of 65,536 blanks and holds up the house for seconds. */
function withoutBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s\0]/u.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** The trailer's dictionary that belongs to the table or the cross-reference stream at this place. */
async function trailerAt(file: FileHandle, offset: number): Promise<string | null> {
  const start = await textAt(file, offset, 4096);
  if (/^\s*\d+\s+\d+\s+obj\b/u.test(start)) {
    const stream = start.search(/\bstream\r?\n/u);
    return stream > 0 ? start.slice(0, stream) : null;
  }
  if (!/^\s*xref\b/u.test(start)) return null;
  const table = await textAt(file, offset, longestTable);
  const trailer = table.indexOf('trailer');
  if (trailer < 0) return null;
  const end = table.indexOf('startxref', trailer);
  return table.slice(trailer, end < 0 ? undefined : end);
}

/** Bytes as Latin-1, so that each sign is one byte. */
async function textAt(file: FileHandle, position: number, length: number): Promise<string> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.toString('latin1', 0, bytesRead);
}
