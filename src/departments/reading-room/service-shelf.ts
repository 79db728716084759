import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface Shelved {
  readonly path: string;
  readonly sha256: Buffer;
  readonly size: number;
}

/** Copies that were just made are looked at page by page: they wait here, the newest of them, and are made again when gone. */
const mostBytes = 1 << 30;

/** A shelf on this machine's disk. Nothing on it is needed: each copy can be made again from its entry. */
export function createShelf(folder: string) {
  const shelved = new Map<string, Shelved>();
  let ready: Promise<void> | undefined;

  /** What an earlier process left is nobody's any more. */
  function emptied(): Promise<void> {
    ready ??= rm(folder, { recursive: true, force: true }).then(async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    });
    return ready;
  }

  function find(copyId: string): Shelved | undefined {
    const found = shelved.get(copyId);
    if (!found) return undefined;
    shelved.delete(copyId);
    shelved.set(copyId, found);
    return found;
  }

  /** Runs the making; its pieces go to disk as they come. Nothing stays when nothing came of it. */
  async function put<Made>(
    copyId: string,
    make: (take: (piece: Uint8Array) => void) => Promise<Made>,
    isWhole: (made: Made) => boolean,
  ): Promise<{ readonly made: Made; readonly shelved: Shelved }> {
    await emptied();
    const path = join(folder, copyId);
    const file = openSync(path, 'w', 0o600);
    const hash = createHash('sha256');
    let size = 0;
    let made: Made;
    try {
      // A piece is a megabyte: written at once, so that no more than one of them waits in memory.
      made = await make((piece) => {
        for (let at = 0; at < piece.length;) at += writeSync(file, piece, at);
        hash.update(piece);
        size += piece.length;
      });
    } catch (cause) {
      closeSync(file);
      await rm(path, { force: true });
      throw cause;
    }
    closeSync(file);
    const one = { path, sha256: hash.digest(), size };
    if (isWhole(made)) {
      shelved.set(copyId, one);
      await dropOldest(copyId);
    } else await rm(path, { force: true });
    return { made, shelved: one };
  }

  async function drop(copyId: string): Promise<void> {
    const one = shelved.get(copyId);
    shelved.delete(copyId);
    if (one) await rm(one.path, { force: true });
  }

  async function dropOldest(butNot: string): Promise<void> {
    let held = [...shelved.values()].reduce((sum, { size }) => sum + size, 0);
    for (const [copyId, { size }] of shelved) {
      if (held <= mostBytes || copyId === butNot) return;
      await drop(copyId);
      held -= size;
    }
  }

  return { find, put, drop };
}
