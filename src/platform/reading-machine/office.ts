import { OfficeParser, type OfficeContentNode } from 'officeparser';
import WordExtractor from 'word-extractor';
import type { Reading } from '../../departments/intake/ports.ts';
import { numbered } from './paragraphs.ts';
import { UnreadableFile, innerLimits } from './tasks.ts';
import { readZipDirectory } from './zip.ts';

/* Reads Office documents. Runs in a child process only. */

type OfficeFormat = 'docx' | 'xlsx' | 'pptx' | 'odt' | 'doc';

export async function readOffice(path: string, format: OfficeFormat): Promise<Reading> {
  if (format === 'doc') return readLegacyWord(path);
  // What the directory of the zip declares, before a library unpacks anything; the library counts for itself as well,
  // for a directory can lie.
  const directory = await readZipDirectory(path);
  if (!directory) throw new UnreadableFile('broken');
  if (directory.entries.some((entry) => entry.encrypted)) throw new UnreadableFile('encrypted');
  if (directory.unpackedBytes > innerLimits.unpackedBytes) throw new UnreadableFile('too-large-inside');
  const { content, auxiliary } = await OfficeParser.parseOffice(path, {
    fileType: format,
    ignoreSlideMasters: true,
    decompressionLimits: { maxUncompressedBytes: innerLimits.unpackedBytes },
  }).catch((error: unknown) => {
    throw isLimit(error) ? new UnreadableFile('too-large-inside') : error;
  });
  if (format === 'pptx') return numbered('page', slides(content));
  const running = [...(auxiliary?.headers ?? []), ...(auxiliary?.footers ?? [])];
  return numbered('paragraph', [...content.flatMap(pieces), ...new Set(running.flatMap(pieces))]);
}

function isLimit(error: unknown): boolean {
  return error instanceof Error && /limit|exceed|too large|uncompressed/iu.test(`${error.name} ${error.message}`);
}

/** Text of one slide each, with the speaker's notes that belong to it. */
function slides(content: readonly OfficeContentNode[]): string[] {
  const found: string[] = [];
  for (const node of content) {
    const text = pieces(node).join('\n');
    if (node.type === 'slide') found.push(text);
    else if (found.length > 0) found.push(`${found.pop() ?? ''}\n${text}`);
  }
  return found;
}

/**
 * Paragraphs in reading order. A row of a table of figures is one paragraph; a row that lays out the head of a letter
 * (the issuing body at the left, the motto at the right) is one paragraph for each line in each cell.
 */
function pieces(node: OfficeContentNode): string[] {
  const children = node.children ?? [];
  switch (node.type) {
    case 'sheet':
      return [node.metadata?.sheetName ?? '', ...children.flatMap(pieces)];
    case 'table':
    case 'slide':
    case 'page':
    case 'note':
    case 'header':
    case 'footer':
    case 'cell':
      return children.length > 0 ? children.flatMap(pieces) : ownText(node);
    case 'row': {
      const cells = children.map(pieces);
      const isLayout = cells.some((lines) => lines.length > 1);
      return isLayout ? cells.flat() : [cells.flat().join(' | ')];
    }
    case 'paragraph':
    case 'heading':
    case 'list':
      // A text box or a list inside a paragraph is a paragraph of its own.
      return children.some((child) => child.type !== 'text' && child.type !== 'break')
        ? [...ownText(node), ...children.filter(holdsParagraphs).flatMap(pieces)]
        : ownText(node);
    default:
      return children.some(holdsParagraphs) ? children.flatMap(pieces) : ownText(node);
  }
}

const blocks = new Set(['paragraph', 'heading', 'list', 'table', 'drawing', 'note', 'row']);

function holdsParagraphs(node: OfficeContentNode): boolean {
  return blocks.has(node.type);
}

function ownText(node: OfficeContentNode): string[] {
  return node.text === undefined || node.text.trim() === '' ? [] : [node.text];
}

/**
 * As it is read, but for old Word files, which keep what stands in frames on their pages behind everything else, and for
 * workbooks, whose first line is the name of a sheet and not what stands on it.
 */
export async function readOfficeHead(path: string, format: OfficeFormat): Promise<Reading> {
  if (format === 'doc') return readLegacyWord(path, 'frames-first');
  const reading = await readOffice(path, format);
  return format === 'xlsx' ? { ...reading, pages: reading.pages.slice(1) } : reading;
}

async function readLegacyWord(path: string, order: 'as-kept' | 'frames-first' = 'as-kept'): Promise<Reading> {
  const document = await new WordExtractor().extract(path);
  const body = document.getBody();
  const frames = document.getTextboxes({ includeHeadersAndFooters: false });
  const texts = [
    ...(order === 'as-kept' ? [body, frames] : [frames, body]),
    document.getFootnotes(),
    document.getEndnotes(),
  ];
  return numbered('paragraph', texts.flatMap((text) => text.split('\n')).flatMap(cellsOf));
}

/** Cells of a table row arrive parted by tabs, like an indent: long parts (and drawn lines) are cells and stand alone. */
function cellsOf(line: string): string[] {
  const parts = line.split('\t').filter((part) => part.trim() !== '');
  return parts.length > 1 && parts.every((part) => part.trim().length > 8 || /^[-_=\s]+$/u.test(part))
    ? parts
    : [parts.join(' ')];
}
