import { open, type FileHandle } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

/* Looks into a zip's directory without unpacking it (PKWARE APPNOTE 6.3, sections 4.3.12 to 4.3.16). */

export interface ZipEntry {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  readonly unpackedBytes: number;
}

const endRecord = 0x06054b50;
const end64Record = 0x06064b50;
const end64Locator = 0x07064b50;
const directoryRecord = 0x02014b50;
const localRecord = 0x04034b50;
/** An Office document has some hundred parts; a directory larger than this belongs to something else. */
const largestDirectory = 16 * 1_048_576;

/** The directory, or null where the file has none that fits: it is no zip, or was cut off. */
export async function readZipDirectory(path: string): Promise<ZipDirectory | null> {
  const file = await open(path, 'r');
  try {
    const place = await findDirectory(file, (await file.stat()).size);
    if (!place || place.size > largestDirectory) return null;
    const bytes = await readAt(file, place.offset, place.size);
    return bytes.length < place.size ? null : parseDirectory(bytes, place.count);
  } finally {
    await file.close();
  }
}

/** One small part, unpacked; null when it is not as the directory says or larger than `atMost`. */
export async function readZipEntry(path: string, entry: ZipEntry, atMost: number): Promise<Buffer | null> {
  if (entry.unpacked > atMost || entry.packed > atMost || entry.encrypted) return null;
  const file = await open(path, 'r');
  try {
    const head = await readAt(file, entry.offset, 30);
    if (head.length < 30 || head.readUInt32LE(0) !== localRecord) return null;
    const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    const packed = await readAt(file, start, entry.packed);
    if (entry.method === 0) return packed;
    return entry.method === 8 ? inflateRawSync(packed, { maxOutputLength: atMost }) : null;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

/** Whether the part begins where the directory says: in a zip that was cut and glued it does not. */
export async function startsInFile(path: string, entry: ZipEntry): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const head = await readAt(file, entry.offset, 4);
    return head.length === 4 && head.readUInt32LE(0) === localRecord;
  } finally {
    await file.close();
  }
}

async function findDirectory(
  file: FileHandle,
  size: number,
): Promise<{ readonly offset: number; readonly size: number; readonly count: number } | null> {
  const tailStart = Math.max(0, size - 65_557);
  const tail = await readAt(file, tailStart, size - tailStart);
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== endRecord) continue;
    const found = {
      count: tail.readUInt16LE(at + 10),
      size: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
    };
    const isZip64 = found.count === 0xffff || found.size === 0xffffffff || found.offset === 0xffffffff;
    if (isZip64) return at >= 20 ? findDirectory64(file, tail.subarray(at - 20, at)) : null;
    return found.offset + found.size <= tailStart + at ? found : null;
  }
  return null;
}

async function findDirectory64(
  file: FileHandle,
  locator: Buffer,
): Promise<{ readonly offset: number; readonly size: number; readonly count: number } | null> {
  if (locator.readUInt32LE(0) !== end64Locator) return null;
  const record = await readAt(file, Number(locator.readBigUInt64LE(8)), 56);
  if (record.length < 56 || record.readUInt32LE(0) !== end64Record) return null;
  const [count, size, offset] = [32, 40, 48].map((at) => Number(record.readBigUInt64LE(at)));
  return count === undefined || size === undefined || offset === undefined ? null : { count, size, offset };
}

function parseDirectory(bytes: Buffer, count: number): ZipDirectory | null {
  const entries: ZipEntry[] = [];
  let at = 0;
  let unpackedBytes = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== directoryRecord) return null;
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const entry = {
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      // A part of 4 GB and more (0xffffffff here) is over every limit as it stands.
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    };
    entries.push(entry);
    unpackedBytes += entry.unpacked;
    at += 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
  }
  return { entries, unpackedBytes };
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, length));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
  return buffer.subarray(0, bytesRead);
}
