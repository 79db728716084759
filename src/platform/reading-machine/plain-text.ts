import { open } from 'node:fs/promises';
import type { Reading } from '../../departments/intake/ports.ts';
import { numbered } from './paragraphs.ts';

/* Reads text and HTML. Runs in a child process only. */

const largestText = 64 * 1_048_576;

export async function readPlainText(path: string): Promise<Reading> {
  const { bytes, isWhole } = await readStart(path);
  return withLimit(numbered('paragraph', decodeText(bytes).split(/\r\n?|\n|\u2029/u)), isWhole);
}

export async function readHtml(path: string): Promise<Reading> {
  const { bytes, isWhole } = await readStart(path);
  const named = /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{3,20})/iu.exec(bytes.toString('latin1', 0, 4096))?.[1];
  return withLimit(numbered('paragraph', htmlText(decodeText(bytes, named)).split('\n')), isWhole);
}

async function readStart(path: string): Promise<{ readonly bytes: Buffer; readonly isWhole: boolean }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, largestText));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return { bytes: bytes.subarray(0, bytesRead), isWhole: size <= largestText };
  } finally {
    await file.close();
  }
}

function withLimit(reading: Reading, isWhole: boolean): Reading {
  return isWhole ? reading : { ...reading, problem: 'too-large-inside' };
}

/**
 * A byte order mark decides, then a named charset, then whether the bytes are UTF-8. What is left was written before
 * Unicode: windows-1258, whose plain letters with marks behind them NFC puts together. (TCVN3 is seen later, by its words.)
 */
function decodeText(bytes: Buffer, named?: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  for (const charset of [named, 'utf-8']) {
    try {
      if (charset !== undefined) return new TextDecoder(charset, { fatal: true }).decode(bytes);
    } catch {
      // Not this one: an unknown name, or bytes that it does not have. (The text may also be cut in the middle of a sign.)
    }
  }
  return new TextDecoder('windows-1258').decode(bytes);
}

const unread = /<(script|style|template|noscript|svg|math|iframe|object|title)\b[^>]*>[\s\S]*?(<\/\1\s*>|$)/giu;
const lineEnds =
  /<\/?(p|div|br|hr|li|ul|ol|tr|table|h[1-6]|section|article|header|footer|blockquote|pre|dt|dd|form)\b[^>]*>/giu;

/** The words that a reader sees, one block a line. No script is kept, none is run. */
function htmlText(html: string): string {
  const titles = [...html.matchAll(/<title\b[^>]*>([^<]{0,1000})/giu)].map((match) => match[1] ?? '');
  const body = html
    .replace(/<!--[\s\S]*?(-->|$)/gu, ' ')
    .replace(unread, ' ')
    .replace(/\s+/gu, ' ')
    .replace(lineEnds, '\n')
    .replace(/<\/?(td|th)\b[^>]*>/giu, ' ')
    .replace(/<[^>]*>/gu, '');
  return [...titles, body].map(decodeEntities).join('\n');
}

const latin =
  'Agrave À Aacute Á Acirc Â Atilde Ã Egrave È Eacute É Ecirc Ê Igrave Ì Iacute Í Ograve Ò Oacute Ó Ocirc Ô Otilde Õ ' +
  'Ugrave Ù Uacute Ú Yacute Ý agrave à aacute á acirc â atilde ã egrave è eacute é ecirc ê igrave ì iacute í ' +
  'ograve ò oacute ó ocirc ô otilde õ ugrave ù uacute ú yacute ý eth đ ETH Đ amp & lt < gt > quot " apos \' ' +
  'ndash – mdash — hellip … ldquo “ rdquo ” lsquo ‘ rsquo ’ laquo « raquo » bull • middot · sect § deg °';
const words = latin.split(' ');
const entities = new Map(words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? '']] : [])));

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,10}));/giu, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return name === 'nbsp' ? ' ' : (entities.get(name) ?? whole);
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
