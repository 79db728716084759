import type { Readable } from 'node:stream';

/**
 * Where bytes lie. Two areas: `quarantine`, which can be erased, and `vault`, which cannot.
 *
 * The contract, which `tests/ports/object-store.suite.ts` runs against every adapter:
 * - A key is an opaque UUIDv7, used once. Putting to a key that exists rejects with
 *   `ObjectStoreError('exists')` and leaves what was there as it was, also when the new bytes are longer.
 * - `put` resolves only when the bytes are durable (on a folder: file and directory synced). When the
 *   source fails or is cut, nothing is left under the key and the rejection carries the source's error.
 * - `get` and `getRange` give the stored bytes as they are; a missing key rejects with `missing` before the
 *   first byte. Checking hashes is the caller's: the strong-room never trusts a store.
 * - `promote` makes the quarantine object of that key the vault object of that key without the bytes passing
 *   through this process (a link on a folder, a server-side copy on S3). It is idempotent: promoting twice, or
 *   after a crash in the middle, ends in the same state. Quarantine keeps its object until `erase`.
 * - `erase` works in quarantine only, is idempotent, and leaves no version of the bytes behind.
 * - The vault has no erase at all in this version: nothing is destroyed without a disposal certificate.
 * - A full disk rejects with `full`, an unreachable store with `unavailable`; after either the store goes on
 *   working without a restart once the cause is gone.
 */
export interface ObjectStore {
  readonly name: 'directory' | 'minio';
  /** Where quarantine's bytes lie on this machine, for reading only, if they do: then they need no second copy to be read. */
  readonly quarantinePath?: (key: string) => string;
  put(area: Area, key: string, source: Readable, size?: number): Promise<{ readonly size: number }>;
  get(area: Area, key: string): Promise<Readable>;
  /** Bytes `start..end`, both inclusive, zero-based. */
  getRange(area: Area, key: string, start: number, end: number): Promise<Readable>;
  stat(area: Area, key: string): Promise<{ readonly size: number } | undefined>;
  promote(key: string): Promise<void>;
  erase(key: string): Promise<void>;
  /** Every key of an area with its size, in no order; for reconciliation rounds. */
  list(area: Area): AsyncIterable<{ readonly key: string; readonly size: number; readonly storedAt: Date }>;
  /** Rejects with `unavailable` when the store cannot take or give bytes at this moment. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export type Area = 'quarantine' | 'vault';

export type ObjectStoreFailure = 'exists' | 'missing' | 'full' | 'unavailable';

export class ObjectStoreError extends Error {
  readonly failure: ObjectStoreFailure;
  constructor(failure: ObjectStoreFailure, options?: ErrorOptions) {
    super(`object store: ${failure}`, options);
    this.name = 'ObjectStoreError';
    this.failure = failure;
  }
}
