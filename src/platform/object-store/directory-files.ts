import type { Dir } from 'node:fs';
import { constants, open, opendir, unlink, type FileHandle } from 'node:fs/promises';
import { ObjectStoreError } from '../../departments/strongroom/ports.ts';

/** The `code` of a system error. Not by `instanceof`: errors made in another realm are not instances of our Error. */
export function systemCode(cause: unknown): string | undefined {
  if (typeof cause !== 'object' || cause === null || !('code' in cause) || !('syscall' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}

/**
 * What the operating system said, in the words of the port. A failed fsync (EIO) is `unavailable` too: the file it
 * happened on is thrown away and the client's bytes are asked for again, because after a failed fsync ext4, XFS and
 * Btrfs mark the pages clean and a second fsync would say yes to bytes that are not on the disk.
 */
export function storeError(cause: unknown): unknown {
  const code = systemCode(cause);
  if (cause instanceof ObjectStoreError || code === undefined) return cause;
  return new ObjectStoreError(code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : 'unavailable', { cause });
}

/** Runs a step; on one of `codes` answers undefined instead of throwing. */
export async function unless<T>(codes: readonly string[], step: Promise<T>): Promise<T | undefined> {
  try {
    return await step;
  } catch (cause) {
    if (codes.includes(systemCode(cause) ?? '')) return undefined;
    throw cause;
  }
}

/** Makes the names inside a folder durable. Windows has no such call: NTFS writes its names through its own journal. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A call of the system for each chunk of a socket costs more than the chunk. */
const bytesOfWrite = 1 << 20;

async function writeAll(file: FileHandle, chunks: readonly Buffer[]): Promise<void> {
  let left = [...chunks];
  while (left.length > 0) {
    let { bytesWritten } = await file.writev(left);
    left = left.flatMap((chunk) => {
      const written = Math.min(bytesWritten, chunk.length);
      bytesWritten -= written;
      return written === chunk.length ? [] : [chunk.subarray(written)];
    });
  }
}

/** Writes one piece while the next comes in; answers how many bytes there were. */
async function writeAsTheyCome(file: FileHandle, bytes: AsyncIterable<Buffer>): Promise<number> {
  let written = 0;
  let piece: Buffer[] = [];
  let length = 0;
  let writing = Promise.resolve();
  const write = async (): Promise<void> => {
    await writing;
    writing = writeAll(file, piece);
    // It is awaited with the next piece; until then nobody hears a fault, and that would end the process.
    writing.catch(() => undefined);
    piece = [];
    written += length;
    length = 0;
  };
  try {
    for await (const chunk of bytes) {
      piece.push(chunk);
      length += chunk.length;
      if (length >= bytesOfWrite) await write();
    }
    await write();
  } finally {
    // The file is closed after this, also when the source broke off.
    await writing;
  }
  return written;
}

/** Writes bytes to a new file and syncs it; answers its size. When anything fails the file is removed. */
export async function writeNewFile(path: string, bytes: AsyncIterable<Buffer>): Promise<number> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o400);
  try {
    try {
      const written = await writeAsTheyCome(file, bytes);
      await file.sync();
      return written;
    } finally {
      await file.close();
    }
  } catch (cause) {
    // Best effort: what cannot be removed now is an old leftover at some later start.
    await unlink(path).catch(() => undefined);
    throw cause;
  }
}

/** The entries of a folder one after the other, without holding a million names; nothing when it is not there. */
export async function* entriesOf(path: string): AsyncGenerator<string> {
  const folder: Dir | undefined = await unless(['ENOENT'], opendir(path, { bufferSize: 256 }));
  if (folder === undefined) return;
  for await (const entry of folder) yield entry.name;
}
