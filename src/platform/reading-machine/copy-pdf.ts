import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFCrossRefSection,
  PDFDict,
  PDFDocument,
  PDFHeader,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFTrailer,
  PDFTrailerDict,
  decodePDFRawStream,
  type PDFContext,
  type PDFObject,
  type PDFPage,
} from 'pdf-lib';
import type { CopyMade, Mark } from '../../departments/intake/ports.ts';
import { markerFor, type Marker, type MarkFonts } from './mark.ts';
import { resavedPdf } from './pdf.ts';
import { scannedPages } from './pictures.ts';
import { UnreadableFile } from './tasks.ts';

/* Makes the copy that is given out instead of the original. Runs in a child process only. */

export interface CopyOrder {
  readonly path: string;
  readonly mark: Mark;
  readonly fonts: MarkFonts;
}
export type Give = (piece: Uint8Array) => Promise<void>;

/** The whole file is held twice while it is read; beyond this the child would not outlive it. */
const largestFile = 256 * 1_048_576;
const pieceBytes = 1 << 20;
const name = (text: string): PDFName => PDFName.of(text);

export async function copyPdf({ path, mark, fonts }: CopyOrder, give: Give): Promise<CopyMade> {
  if (statSync(path).size > largestFile) throw new UnreadableFile('too-large-inside');
  const document = await opened(path);
  const { catalog, context } = document;
  if (catalog.get(name('NeedsRendering'))?.toString() === 'true') return { problem: 'form' };
  const isSigned = withoutSignatures(context);
  withoutHiddenThings(document);
  const marker = await markerFor(document, mark, fonts);
  const pages = document.getPages();
  for (const page of pages) markPage(document, page, marker, isSigned);
  return { pages: pages.length, size: await written(document, mark, give), signed: isSigned };
}

/** Scans that are no PDF: each picture on a page of its size, decoded and encoded anew. */
export async function copyPictures(
  { path, mark, fonts }: CopyOrder,
  format: 'png' | 'jpeg' | 'tiff',
  give: Give,
): Promise<CopyMade> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const marker = await markerFor(document, mark, fonts);
  let pages = 0;
  for await (const { jpeg, width, height } of scannedPages(path, format)) {
    const page = document.addPage([width, height]);
    page.drawImage(await document.embedJpg(jpeg), { x: 0, y: 0, width, height });
    markPage(document, page, marker, false);
    pages += 1;
  }
  return { pages, size: await written(document, mark, give), signed: false };
}

/** pdf-lib reads what is plain and whole; what is locked with an empty password or torn is saved anew by PDFium first. */
async function opened(path: string): Promise<PDFDocument> {
  const load = async (bytes: Uint8Array): Promise<PDFDocument | undefined> => {
    try {
      const document = await PDFDocument.load(bytes, {
        ignoreEncryption: true,
        updateMetadata: false,
        parseSpeed: Infinity,
      });
      return document.isEncrypted || document.getPageCount() === 0 ? undefined : document;
    } catch {
      return undefined;
    }
  };
  const document = (await load(readFileSync(path))) ?? (await load(await resavedPdf(path)));
  if (!document) throw new UnreadableFile('broken');
  return document;
}

/** A signature covers the bytes of its file; in a copy it could only say that something was changed. */
function withoutSignatures(context: PDFContext): boolean {
  let found = false;
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict)) continue;
    if (object.get(name('FT')) === name('Sig') && object.has(name('V'))) {
      object.delete(name('V'));
      object.delete(name('Lock'));
      object.delete(name('SV'));
      found = true;
    }
  }
  return found;
}

/** What no page shows would leave unmarked: files within the file, earlier states, scripts, forms that draw themselves. */
function withoutHiddenThings(document: PDFDocument): void {
  const { catalog, context } = document;
  for (const key of [
    'AA',
    'AF',
    'Collection',
    'DSS',
    'Extensions',
    'MarkInfo',
    'Metadata',
    'OpenAction',
    'Perms',
    'PieceInfo',
    // The page's own content becomes one object below, and its tags would point into nothing.
    'StructTreeRoot',
    'Threads',
  ])
    catalog.delete(name(key));
  const names = catalog.lookup(name('Names'));
  if (names instanceof PDFDict) for (const key of ['EmbeddedFiles', 'JavaScript']) names.delete(name(key));
  const form = catalog.lookup(name('AcroForm'));
  if (form instanceof PDFDict) for (const key of ['XFA', 'SigFlags', 'NeedAppearances']) form.delete(name(key));
  for (const page of document.getPages()) {
    for (const key of ['AA', 'AF', 'Metadata', 'PieceInfo', 'Thumb', 'B']) page.node.delete(name(key));
    const annotations = page.node.Annots();
    if (!annotations) continue;
    const kept = context.obj([]);
    for (let index = 0; index < annotations.size(); index += 1) {
      const annotation = annotations.lookup(index);
      if (!(annotation instanceof PDFDict) || !shown.has(String(annotation.lookup(name('Subtype'))))) continue;
      annotation.delete(name('AA'));
      const action = annotation.lookup(name('A'));
      if (action !== undefined && !(action instanceof PDFDict && harmless.has(String(action.lookup(name('S'))))))
        annotation.delete(name('A'));
      kept.push(annotations.get(index));
    }
    page.node.set(name('Annots'), kept);
  }
}

/** Annotations that lie on the page; those that carry a file, a sound or a film are left behind. */
const shown = new Set(
  [
    'Text',
    'Link',
    'FreeText',
    'Line',
    'Square',
    'Circle',
    'Polygon',
    'PolyLine',
    'Highlight',
    'Underline',
    'Squiggly',
    'StrikeOut',
    'Stamp',
    'Caret',
    'Ink',
    'Popup',
    'Widget',
  ].map((word) => `/${word}`),
);
const harmless = new Set(['/URI', '/GoTo']);

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The part of the page that is seen: what a crop box leaves of the media box. */
function seenOf(page: PDFPage): Box {
  const [media, crop] = [page.getMediaBox(), page.getCropBox()];
  const left = Math.max(media.x, crop.x);
  const bottom = Math.max(media.y, crop.y);
  const right = Math.min(media.x + media.width, crop.x + crop.width);
  const top = Math.min(media.y + media.height, crop.y + crop.height);
  const seen = right > left && top > bottom ? { left, bottom, right, top } : undefined;
  return seen
    ? { x: seen.left, y: seen.bottom, width: seen.right - seen.left, height: seen.top - seen.bottom }
    : { x: media.x, y: media.y, width: media.width, height: media.height };
}

function markPage(document: PDFDocument, page: PDFPage, marker: Marker, isSigned: boolean): void {
  const { context } = document;
  const box = seenOf(page);
  if (![box.x, box.y, box.width, box.height].every(Number.isFinite) || box.width <= 0 || box.height <= 0)
    throw new UnreadableFile('broken');
  const quarter = (((Math.round(page.getRotation().angle / 90) % 4) + 4) % 4) as 0 | 1 | 2 | 3;
  const [width, height] = quarter % 2 === 0 ? [box.width, box.height] : [box.height, box.width];
  // From the page as it is seen to the page as it was written.
  const matrix = [
    [1, 0, 0, 1, box.x, box.y],
    [0, 1, -1, 0, box.x + box.width, box.y],
    [-1, 0, 0, -1, box.x + box.width, box.y + box.height],
    [0, -1, 1, 0, box.x, box.y + box.height],
  ][quarter] as readonly number[];
  const objects = context.obj({ VkMark: marker.on(width, height, isSigned) });
  const content = contentAsForm(document, page);
  if (content) objects.set(name('VkPage'), content);
  page.node.set(name('Resources'), context.obj({ XObject: objects }));
  const drawn = `${content ? 'q /VkPage Do Q\n' : ''}q ${matrix.join(' ')} cm /VkMark Do Q\n`;
  page.node.set(name('Contents'), context.register(context.stream(drawn)));
}

/**
 * The page's own content as one object that is drawn first: whatever it leaves behind it, a turned or shrunken
 * ground or a clip, ends with it, and the mark stands where it belongs.
 */
function contentAsForm(document: PDFDocument, page: PDFPage): PDFRef | undefined {
  const { context } = document;
  const given = page.node.Contents();
  if (!given) return undefined;
  const streams = given instanceof PDFArray ? given.asArray().map((one) => context.lookup(one)) : [given];
  const media = page.getMediaBox();
  const form = context.obj({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [media.x, media.y, media.x + media.width, media.y + media.height],
  });
  form.set(name('Resources'), page.node.getInheritableAttribute(name('Resources')) ?? context.obj({}));
  const [only] = streams;
  if (streams.length === 1 && only instanceof PDFStream) {
    // As it lies in the file: nothing is unpacked and packed again.
    for (const key of ['Filter', 'DecodeParms']) {
      const value = only.dict.get(name(key));
      if (value !== undefined) form.set(name(key), value);
    }
    return context.register(PDFRawStream.of(form, only.getContents()));
  }
  const parts = streams.flatMap((one) => (one instanceof PDFStream ? [plainBytes(one), newline] : []));
  form.set(name('Filter'), name('FlateDecode'));
  return context.register(PDFRawStream.of(form, deflateSync(Buffer.concat(parts))));
}

const newline = Buffer.from('\n');

function plainBytes(stream: PDFStream): Uint8Array {
  return decodePDFRawStream(PDFRawStream.of(stream.dict, stream.getContents())).decode();
}

/** Only what a page leads to is written, piece by piece, in the order of its numbers: the same objects give the same bytes. */
async function written(document: PDFDocument, mark: Mark, give: Give): Promise<number> {
  await document.flush();
  const { context } = document;
  context.trailerInfo.Info = context.register(context.obj({}));
  const moment = new Date(mark.moment);
  document.setTitle(mark.title);
  document.setSubject(mark.foot);
  document.setProducer('Văn Khố');
  document.setCreator('Văn Khố');
  document.setCreationDate(moment);
  document.setModificationDate(moment);
  const id = PDFHexString.of(createHash('sha256').update(mark.id).digest('hex').slice(0, 32));
  const root = context.trailerInfo.Root;
  const info = context.trailerInfo.Info;
  if (!(root instanceof PDFRef) || !(info instanceof PDFRef)) throw new UnreadableFile('broken');
  const needed = reachable(context, [root, info]);

  let size = 0;
  let held: Buffer[] = [];
  let waiting = 0;
  const put = async (bytes: Uint8Array): Promise<void> => {
    held.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    waiting += bytes.length;
    size += bytes.length;
    if (waiting < pieceBytes) return;
    const piece = Buffer.concat(held);
    held = [];
    waiting = 0;
    await give(piece);
  };
  const printed = (part: { sizeInBytes(): number; copyBytesInto(buffer: Uint8Array, offset: number): number }) => {
    const bytes = new Uint8Array(part.sizeInBytes());
    part.copyBytesInto(bytes, 0);
    return bytes;
  };
  await put(printed(PDFHeader.forVersion(1, 7)));
  await put(newline);
  const table = PDFCrossRefSection.create();
  let largest = 0;
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!needed.has(ref)) continue;
    largest = Math.max(largest, ref.objectNumber);
    table.addEntry(ref, size);
    await put(Buffer.from(`${String(ref.objectNumber)} ${String(ref.generationNumber)} obj\n`));
    await put(printed(object));
    await put(Buffer.from('\nendobj\n'));
  }
  const start = size;
  await put(printed(table));
  await put(newline);
  const trailer = context.obj({ Size: largest + 1, Root: root, Info: info, ID: [id, id] });
  await put(printed(PDFTrailerDict.of(trailer)));
  await put(newline);
  await put(printed(PDFTrailer.forLastCrossRefSectionOffset(start)));
  if (waiting > 0) await give(Buffer.concat(held));
  return size;
}

/** Without recursion: a chain of objects may be longer than the stack. */
function reachable(context: PDFContext, from: readonly PDFRef[]): ReadonlySet<PDFRef> {
  const found = new Set<PDFRef>(from);
  const open: PDFObject[] = [...from];
  for (let object = open.pop(); object !== undefined; object = open.pop()) {
    if (object instanceof PDFRef) {
      const there = context.lookup(object);
      if (there !== undefined) open.push(there);
    } else if (object instanceof PDFArray) object.asArray().forEach(look);
    else if (object instanceof PDFDict) object.values().forEach(look);
    else if (object instanceof PDFStream) object.dict.values().forEach(look);
  }
  function look(value: PDFObject): void {
    if (value instanceof PDFRef) {
      if (found.has(value)) return;
      found.add(value);
    }
    if (!(value instanceof PDFNumber) && !(value instanceof PDFName)) open.push(value);
  }
  return found;
}
