import { createHash } from 'node:crypto';

/** SHA-256 (FIPS 180-4) of the parts one after the other; text as UTF-8. 32 bytes. */
export function sha256Of(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
