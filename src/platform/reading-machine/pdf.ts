import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { init, type Methods } from '@embedpdf/pdfium';
import sharp from 'sharp';
import type { ReadPage, Reading, RecognisedPage } from '../../departments/intake/ports.ts';
import { recogniseLetters } from './letters.ts';
import { needsOcr, pageText } from './page-text.ts';
import { UnreadableFile, innerLimits } from './tasks.ts';

/* Reads and renders PDF with PDFium. Runs in a child process only. */

// Numbers of PDFium's public headers (fpdfview.h, fpdf_edit.h).
const passwordError = 4;
const securityError = 5;
const bitmapGray = 1;
const bitmapBgra = 4;
const renderGray = 0x08;
const renderRgba = 0x10;
// fpdf_save.h: FPDF_REMOVE_SECURITY.
const saveWithoutSecurity = 3;
const objectImage = 3;
const objectForm = 5;

/** 300 dpi is where Tesseract reads best; an A3 page has 17 million pixels then. */
const ocrDotsPerPoint = 300 / 72;
const ocrPixels = 40_000_000;
const picturePixels = 40_000_000;
const objectsLookedAt = 2000;

/** What the package hands out of its WebAssembly; it leaves the types to a package of another tool. */
interface Machine {
  /** A view that changes when the memory grows: never keep it. */
  readonly HEAPU8: Uint8Array;
  readonly wasmExports: {
    readonly malloc: (size: number) => number;
    readonly free: (pointer: number) => void;
    // Asked of every letter and every object: the package's own wrapper takes longer than the answer.
    readonly FPDFText_HasUnicodeMapError: (textPage: number, index: number) => number;
    readonly FPDFText_GetUnicode: (textPage: number, index: number) => number;
    readonly FPDFText_GetLooseCharBox: (textPage: number, index: number, box: number) => number;
    readonly FPDFPage_GetObject: (page: number, index: number) => number;
    readonly FPDFPageObj_GetType: (object: number) => number;
  };
  readonly addFunction: (run: (...values: number[]) => number, signature: string) => number;
  readonly removeFunction: (pointer: number) => void;
  readonly setValue: (pointer: number, value: number, type: 'i32') => void;
  readonly getValue: (pointer: number, type: 'float' | 'i32') => number;
}
export type Library = Methods & { readonly pdfium: Machine };

let library: Promise<Library> | undefined;

function pdfium(): Promise<Library> {
  library ??= (async () => {
    const wasm = readFileSync(fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm')));
    const made = (await init({ wasmBinary: new Uint8Array(wasm).buffer })) as unknown as Library;
    made.PDFiumExt_Init();
    return made;
  })();
  return library;
}

interface OpenDocument {
  readonly handle: number;
  /** Bytes of the file that PDFium asked for since it was opened; it keeps the streams it has seen. */
  fetched(): number;
  close(): void;
}

/** The bytes of a file, where PDFium can reach them. */
interface Source {
  /** Opens the document; 0 when it does not. */
  load(): number;
  fetched(): number;
  free(): void;
}

/** Larger files are fetched piece by piece: a 2 GB scan does not fit into PDFium's memory. */
const heldAtMost = 8 * 1_048_576;

// An empty password: many official files are "encrypted" only to forbid changes, and anybody may read them.
const noPassword = '';

function heldSource(lib: Library, path: string): Source {
  const { pdfium: machine } = lib;
  const bytes = readFileSync(path);
  const held = machine.wasmExports.malloc(bytes.length);
  machine.HEAPU8.set(bytes, held);
  return {
    load: () => lib.FPDF_LoadMemDocument(held, bytes.length, noPassword),
    fetched: () => 0,
    free: () => machine.wasmExports.free(held),
  };
}

function fetchedSource(lib: Library, path: string): Source {
  const { pdfium: machine } = lib;
  const file = openSync(path, 'r');
  let fetched = 0;
  const fetchBlock = machine.addFunction((_param = 0, position = 0, target = 0, size = 0) => {
    const length = size >>> 0;
    const block = Buffer.alloc(length);
    const read = readSync(file, block, 0, length, position >>> 0);
    machine.HEAPU8.set(block, target >>> 0);
    fetched += read;
    return read === length ? 1 : 0;
  }, 'iiiii');
  // FPDF_FILEACCESS: length, function, parameter for it.
  const access = machine.wasmExports.malloc(12);
  machine.setValue(access, fstatSync(file).size, 'i32');
  machine.setValue(access + 4, fetchBlock, 'i32');
  machine.setValue(access + 8, 0, 'i32');
  return {
    load: () => lib.FPDF_LoadCustomDocument(access, noPassword),
    fetched: () => fetched,
    free: () => {
      machine.wasmExports.free(access);
      machine.removeFunction(fetchBlock);
      closeSync(file);
    },
  };
}

function openDocument(lib: Library, path: string): OpenDocument {
  const source = statSync(path).size <= heldAtMost ? heldSource(lib, path) : fetchedSource(lib, path);
  const handle = source.load();
  const code = handle === 0 ? lib.FPDF_GetLastError() : 0;
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    if (handle !== 0) lib.FPDF_CloseDocument(handle);
    source.free();
  };
  if (handle === 0 || lib.FPDF_GetPageCount(handle) < 1) {
    close();
    throw new UnreadableFile(code === passwordError || code === securityError ? 'encrypted' : 'broken');
  }
  return { handle, fetched: () => source.fetched(), close };
}

export async function withDocument<T>(path: string, use: (lib: Library, document: number) => T): Promise<T> {
  const lib = await pdfium();
  const document = openDocument(lib, path);
  try {
    return use(lib, document.handle);
  } finally {
    document.close();
  }
}

export function withPage<T>(lib: Library, document: number, page: number, use: (handle: number) => T): T {
  const handle = page >= 1 ? lib.FPDF_LoadPage(document, page - 1) : 0;
  if (handle === 0) throw new UnreadableFile('broken');
  try {
    return use(handle);
  } finally {
    lib.FPDF_ClosePage(handle);
  }
}

export async function openPdf(path: string): Promise<{ readonly opened: true }> {
  return withDocument(path, (lib, document) => withPage(lib, document, 1, () => ({ opened: true })));
}

/** Opened anew after so many bytes: 40 scanned pages of 8 MB each were measured to fill 400 MB otherwise. */
const fetchedAtMost = 24 * 1_048_576;

export async function readPdf(path: string): Promise<Reading> {
  const lib = await pdfium();
  let document = openDocument(lib, path);
  try {
    const pages: ReadPage[] = [];
    const count = lib.FPDF_GetPageCount(document.handle);
    let characters = 0;
    for (let number = 1; number <= count; number += 1) {
      if (number > innerLimits.units || characters > innerLimits.characters) {
        return { unit: 'page', pages, problem: 'too-large-inside' };
      }
      if (document.fetched() > fetchedAtMost) {
        document.close();
        document = openDocument(lib, path);
      }
      const page = readPage(lib, document.handle, number);
      characters += page.text.length;
      pages.push(page);
    }
    return { unit: 'page', pages };
  } finally {
    document.close();
  }
}

/** A page that PDFium cannot open among others that it can is left to OCR, which then says what is wrong. */
function readPage(lib: Library, document: number, number: number): ReadPage {
  try {
    return withPage(lib, document, number, (page) => {
      const { raw, unmapped } = rawText(lib, page);
      const text = pageText(raw);
      return { number, text, needsOcr: needsOcr({ text, unmapped, pictured: shareOfPictures(lib, page) }) };
    });
  } catch (error) {
    if (error instanceof UnreadableFile) return { number, text: '', needsOcr: true };
    throw error;
  }
}

/** The text in the order of the page's content, which Office programs write as it is read. */
function rawText(lib: Library, page: number): { raw: string; unmapped: number } {
  const { pdfium: machine } = lib;
  const textPage = lib.FPDFText_LoadPage(page);
  if (textPage === 0) return { raw: '', unmapped: 0 };
  const count = Math.max(0, lib.FPDFText_CountChars(textPage));
  const buffer = machine.wasmExports.malloc(2 * count + 2);
  try {
    const written = count === 0 ? 0 : lib.FPDFText_GetText(textPage, 0, count, buffer) - 1;
    let unmapped = 0;
    for (let index = 0; index < count; index += 1) {
      if (machine.wasmExports.FPDFText_HasUnicodeMapError(textPage, index) === 1) unmapped += 1;
    }
    const bytes = machine.HEAPU8.slice(buffer, buffer + 2 * Math.max(0, written));
    return { raw: new TextDecoder('utf-16le').decode(bytes).replaceAll('\0', ''), unmapped };
  } finally {
    machine.wasmExports.free(buffer);
    lib.FPDFText_ClosePage(textPage);
  }
}

/** Share of the page under pictures, one beside the other: some scanners cut a page into strips. */
function shareOfPictures(lib: Library, page: number): number {
  const { pdfium: machine } = lib;
  const box = machine.wasmExports.malloc(16);
  try {
    const edge = (index: number): number => machine.getValue(box + 4 * index, 'float');
    const area = (object: number): number => {
      if (!lib.FPDFPageObj_GetBounds(object, box, box + 4, box + 8, box + 12)) return 0;
      return Math.abs((edge(2) - edge(0)) * (edge(3) - edge(1)));
    };
    const holdsPicture = (object: number): boolean => {
      const type = machine.wasmExports.FPDFPageObj_GetType(object);
      if (type === objectImage) return true;
      if (type !== objectForm) return false;
      const inside = Math.min(lib.FPDFFormObj_CountObjects(object), 20);
      for (let index = 0; index < inside; index += 1) {
        if (lib.FPDFPageObj_GetType(lib.FPDFFormObj_GetObject(object, index)) === objectImage) return true;
      }
      return false;
    };
    let covered = 0;
    const objects = Math.min(lib.FPDFPage_CountObjects(page), objectsLookedAt);
    for (let index = 0; index < objects; index += 1) {
      const object = machine.wasmExports.FPDFPage_GetObject(page, index);
      if (holdsPicture(object)) covered += area(object);
    }
    const whole = lib.FPDF_GetPageWidthF(page) * lib.FPDF_GetPageHeightF(page);
    return whole > 0 ? Math.min(1, covered / whole) : 0;
  } finally {
    machine.wasmExports.free(box);
  }
}

/** The file as PDFium understands it, written plain: unlocked, and mended where its table or its objects were torn. */
export async function resavedPdf(path: string): Promise<Uint8Array> {
  return withDocument(path, (lib, document) => {
    const { pdfium: machine } = lib;
    const writer = lib.PDFiumExt_OpenFileWriter();
    try {
      if (!lib.FPDF_SaveAsCopy(document, writer, saveWithoutSecurity)) throw new UnreadableFile('broken');
      const size = lib.PDFiumExt_GetFileWriterSize(writer);
      const held = machine.wasmExports.malloc(size);
      try {
        lib.PDFiumExt_GetFileWriterData(writer, held, size);
        return machine.HEAPU8.slice(held, held + size);
      } finally {
        machine.wasmExports.free(held);
      }
    } finally {
      lib.PDFiumExt_CloseFileWriter(writer);
    }
  });
}

/** The mark as points on nothing, as large as the picture it is laid over. */
export async function drawnMark(mark: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const lib = await pdfium();
  const { pdfium: machine } = lib;
  const held = machine.wasmExports.malloc(mark.length);
  machine.HEAPU8.set(mark, held);
  const document = lib.FPDF_LoadMemDocument(held, mark.length, noPassword);
  try {
    return withPage(lib, document, 1, (page) => drawInto(lib, page, width, height, false, 0x00000000).pixels);
  } finally {
    lib.FPDF_CloseDocument(document);
    machine.wasmExports.free(held);
  }
}

interface Bitmap {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 4;
}

/** Without annotations: the stamps of signing programs lie over the head of a letter and hide it. */
function drawPage(lib: Library, page: number, dotsPerPoint: number, gray: boolean): Bitmap {
  const wide = lib.FPDF_GetPageWidthF(page);
  const high = lib.FPDF_GetPageHeightF(page);
  const most = gray ? ocrPixels : picturePixels;
  const scale = Math.min(dotsPerPoint, Math.sqrt(most / (wide * high)));
  const width = Math.max(1, Math.round(wide * scale));
  const height = Math.max(1, Math.round(high * scale));
  if (!Number.isFinite(scale) || width * height > most * 1.1) throw new UnreadableFile('too-large-inside');
  return drawInto(lib, page, width, height, gray, 0xffffffff);
}

function drawInto(lib: Library, page: number, width: number, height: number, gray: boolean, ground: number): Bitmap {
  const { pdfium: machine } = lib;
  const bitmap = lib.FPDFBitmap_CreateEx(width, height, gray ? bitmapGray : bitmapBgra, 0, 0);
  if (bitmap === 0) throw new UnreadableFile('too-much-memory');
  try {
    lib.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, ground);
    lib.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, gray ? renderGray : renderRgba);
    const channels = gray ? 1 : 4;
    const stride = lib.FPDFBitmap_GetStride(bitmap);
    const start = lib.FPDFBitmap_GetBuffer(bitmap);
    const pixels = new Uint8Array(width * height * channels);
    for (let row = 0; row < height; row += 1) {
      const from = start + row * stride;
      pixels.set(machine.HEAPU8.subarray(from, from + width * channels), row * width * channels);
    }
    return { pixels, width, height, channels };
  } finally {
    lib.FPDFBitmap_Destroy(bitmap);
  }
}

export async function renderPdfPage(path: string, page: number, width: number): Promise<{ readonly png: Uint8Array }> {
  const bitmap = await withDocument(path, (lib, document) =>
    withPage(lib, document, page, (handle) => drawPage(lib, handle, width / lib.FPDF_GetPageWidthF(handle), false)),
  );
  const { pixels, channels } = bitmap;
  const png = await sharp(pixels, { raw: { width: bitmap.width, height: bitmap.height, channels } })
    .removeAlpha()
    .png({ compressionLevel: 6 })
    .toBuffer();
  return { png };
}

export async function recognisePdfPage(path: string, page: number): Promise<RecognisedPage> {
  const { pixels, width, height, channels } = await withDocument(path, (lib, document) =>
    withPage(lib, document, page, (handle) => drawPage(lib, handle, ocrDotsPerPoint, true)),
  );
  const png = await sharp(pixels, { raw: { width, height, channels } }).png({ compressionLevel: 1 }).toBuffer();
  return recogniseLetters(png, page, width, height);
}
