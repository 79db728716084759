import { createReadStream } from 'node:fs';
import type { FileFormat } from '../../departments/intake/ports.ts';

type Found = { readonly format: FileFormat } | 'empty' | 'not-allowed' | 'broken' | 'disguised';

/** Text has no mark of its own: these names, or none, say that it is meant as text. */
const textNames = /^(|txt|text|csv|tsv|md|log)$/u;
const scriptStart =
  /^\s*(#!|@?echo\s+off\b|<\?php|<%|'?use strict|windows registry editor|set-executionpolicy|on error resume next)/iu;
const htmlStart = /<(!doctype\s+html|html|head|body|meta|title)\b/iu;
const anyTag = /<\/?(p|div|br|h[1-6]|table|span|b|i|ul|ol|li|a|center|font)\b[^>]*>/iu;

/** Text and HTML: what decodes as text from its first byte to its last. */
export async function identifyText(path: string, extension: string, claimed: FileFormat | null): Promise<Found> {
  const text = await readAsText(path);
  // Bytes that are nothing known, under a name that promises something known: damaged on the way.
  if (!text) return claimed ? 'broken' : 'not-allowed';
  if (text.isBlank) return 'empty';
  if (scriptStart.test(text.start)) return claimed ? 'disguised' : 'not-allowed';
  const isHtml = htmlStart.test(text.start);
  if (claimed === 'html') return { format: isHtml || anyTag.test(text.start) ? 'html' : 'txt' };
  // Markup read as plain text does nothing.
  if (claimed === 'txt') return { format: 'txt' };
  // Word and many law sites save HTML under `.doc`; under the name of a picture or a PDF it waits for a browser.
  if (isHtml && claimed) return claimed === 'doc' ? { format: 'html' } : 'disguised';
  if (isHtml || /^\s*<(\?xml|svg)\b/iu.test(text.start)) return claimed ? 'disguised' : 'not-allowed';
  return claimed || textNames.test(extension) ? { format: 'txt' } : 'not-allowed';
}

interface Text {
  readonly start: string;
  readonly isBlank: boolean;
}

/** Reads the file in pieces; null when it is no text in UTF-8, UTF-16 with its mark, or one byte a letter. */
async function readAsText(path: string): Promise<Text | null> {
  let decoder: TextDecoder | null = null;
  let isUtf16 = false;
  let isUtf8 = true;
  let start = '';
  let isBlank = true;
  for await (const piece of createReadStream(path, { highWaterMark: 1_048_576 })) {
    const bytes = piece as Buffer;
    if (!decoder) {
      isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
      decoder = new TextDecoder(isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8', { fatal: true });
    }
    if (!isUtf16 && hasControls(bytes)) return null;
    let text: string;
    try {
      text = isUtf8 ? decoder.decode(bytes, { stream: true }) : bytes.toString('latin1');
    } catch {
      if (isUtf16) return null;
      isUtf8 = false;
      text = bytes.toString('latin1');
    }
    if (isUtf16 && text.includes('\0')) return null;
    if (start.length < 4096) start += text.slice(0, 4096);
    isBlank &&= text.trim() === '';
  }
  return { start, isBlank };
}

/** Control characters other than tab, line ends, page end and the end-of-file sign of old editors: no text has them. */
function hasControls(bytes: Buffer): boolean {
  for (const byte of bytes) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1a) return true;
  }
  return false;
}
