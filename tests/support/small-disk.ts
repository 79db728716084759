import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of a few megabytes, in memory. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes up so many bytes, until `freed`. */
  filled(bytes: number): Promise<void>;
  /** Takes up what is left, to the last byte. */
  brimmed(): void;
  freed(): void;
  away(): void;
}

/** Why there can be none here; undefined when there can. Only root may mount. */
export function whyNoSmallDisk(): string | undefined {
  try {
    smallDisk(1).away();
    return undefined;
  } catch (cause) {
    return `a tmpfs cannot be mounted here (${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : ''})`;
  }
}

export function smallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'vankho-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m,mode=755`, 'vankho-drill', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    throw cause;
  }
  return {
    folder,
    filled: (bytes) => writeFile(join(folder, 'ballast'), Buffer.alloc(bytes)),
    brimmed() {
      const file = openSync(join(folder, 'brim'), 'w');
      try {
        for (;;) writeSync(file, Buffer.alloc(4096));
      } catch (cause) {
        if ((cause as { code?: string }).code !== 'ENOSPC') throw cause;
      } finally {
        closeSync(file);
      }
    },
    freed() {
      for (const name of ['ballast', 'brim']) rmSync(join(folder, name), { force: true });
    },
    away() {
      execFileSync('umount', [folder], { stdio: 'ignore' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
