import { open, type FileHandle } from 'node:fs/promises';
import type { FileFormat } from '../../departments/intake/ports.ts';

/* Looks into a compound file ([MS-CFB]): of what Office 97 wrote, only Word's documents are let in. */

type Found = { readonly format: FileFormat } | 'not-allowed' | 'broken' | 'encrypted';

interface Stream {
  readonly name: string;
  readonly start: number;
  readonly size: number;
}

const lastSector = 0xfffffffa;
const longestDirectory = 4096;
/** [MS-DOC] 2.5.2, FibBase: what every Word document begins with, since Word 97 and before it. */
const wordSigns = new Set([0xa5ec, 0xa5dc]);
const encryptedFlag = 0x0100;

export async function identifyCompound(path: string, claimed: FileFormat | null): Promise<Found> {
  const file = await open(path, 'r');
  try {
    const compound = await openCompound(file, (await file.stat()).size);
    const streams = compound && (await compound.streams());
    if (!compound || !streams) return claimed ? 'broken' : 'not-allowed';
    const stream = (name: string): Stream | undefined => streams.find((one) => one.name === name);
    // [MS-OFFCRYPTO] 2.3.4.4: an Office document with a password lies encrypted in this stream.
    if (stream('EncryptedPackage')) return 'encrypted';
    const word = stream('WordDocument');
    if (!word) return 'not-allowed';
    const head = await compound.read(word.start, 12);
    if (head.length < 12 || !wordSigns.has(head.readUInt16LE(0))) return 'broken';
    if ((head.readUInt16LE(10) & encryptedFlag) !== 0) return 'encrypted';
    for (const one of [word, stream('1Table'), stream('0Table')]) {
      if (one && !(await compound.isWhole(one))) return 'broken';
    }
    return { format: 'doc' };
  } finally {
    await file.close();
  }
}

interface Compound {
  /** The directory's streams; null where the directory is not all there. */
  streams(): Promise<readonly Stream[] | null>;
  read(sector: number, length: number): Promise<Buffer>;
  isWhole(stream: Stream): Promise<boolean>;
}

async function openCompound(file: FileHandle, size: number): Promise<Compound | null> {
  const header = await readAt(file, 0, 512);
  if (header.length < 512) return null;
  const shift = header.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return null;
  const sectorBytes = 1 << shift;
  const placeOf = (sector: number): number => (sector + 1) * sectorBytes;
  const perTable = sectorBytes / 4;
  const tables = await tableSectors(file, header, placeOf, perTable);
  const known = new Map<number, Buffer>();

  async function next(sector: number): Promise<number | null> {
    const index = Math.floor(sector / perTable);
    const place = tables[index];
    if (place === undefined) return null;
    let table = known.get(index);
    if (!table) {
      table = await readAt(file, placeOf(place), sectorBytes);
      known.set(index, table);
    }
    const at = (sector % perTable) * 4;
    return at + 4 <= table.length ? table.readUInt32LE(at) : null;
  }

  return {
    async streams() {
      const found: Stream[] = [];
      let sector = header.readUInt32LE(48);
      for (let count = 0; sector < lastSector; count += 1) {
        const bytes = await readAt(file, placeOf(sector), sectorBytes);
        if (bytes.length < sectorBytes || count > longestDirectory) return null;
        for (let at = 0; at < sectorBytes; at += 128) {
          const nameBytes = bytes.readUInt16LE(at + 64);
          if (bytes[at + 66] !== 2 || nameBytes < 2 || nameBytes > 64) continue;
          found.push({
            name: bytes.toString('utf16le', at, at + nameBytes - 2),
            start: bytes.readUInt32LE(at + 116),
            size: bytes.readUInt32LE(at + 120),
          });
        }
        const following = await next(sector);
        if (following === null) return null;
        sector = following;
      }
      return found;
    },
    read: (sector, length) => readAt(file, placeOf(sector), length),
    async isWhole(stream) {
      // Under 4,096 bytes a stream lies in the mini stream, which a cut file loses with its directory.
      if (stream.size < 4096) return true;
      let sector = stream.start;
      const sectors = Math.ceil(stream.size / sectorBytes);
      for (let count = 0; count < sectors; count += 1) {
        if (sector >= lastSector || placeOf(sector) >= size) return false;
        const following = await next(sector);
        if (following === null) return false;
        sector = following;
      }
      return true;
    },
  };
}

/** Where the sectors of the allocation table lie: 109 places in the header, the others in a chain of their own. */
async function tableSectors(
  file: FileHandle,
  header: Buffer,
  placeOf: (sector: number) => number,
  perTable: number,
): Promise<number[]> {
  const tables: number[] = [];
  for (let index = 0; index < 109; index += 1) tables.push(header.readUInt32LE(76 + 4 * index));
  let sector = header.readUInt32LE(68);
  const chain = Math.min(header.readUInt32LE(72), longestDirectory);
  for (let count = 0; count < chain && sector < lastSector; count += 1) {
    const bytes = await readAt(file, placeOf(sector), perTable * 4);
    if (bytes.length < perTable * 4) break;
    for (let index = 0; index < perTable - 1; index += 1) tables.push(bytes.readUInt32LE(4 * index));
    sector = bytes.readUInt32LE(4 * (perTable - 1));
  }
  return tables.filter((place) => place < lastSector);
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
