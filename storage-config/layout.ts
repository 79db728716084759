import type { Area } from '../src/departments/strongroom/ports.ts';

/** Versions of an object that are not the newest one: in quarantine they come from a fault only, and wait for a person. */
export const noncurrentDays = 30;

/** Parts of an upload whose process died. A put is acknowledged or refused within hours. */
export const abortedUploadDays = 2;

export interface BucketRule {
  readonly area: Area;
  /** Object lock can only be switched on when a bucket is made. */
  readonly objectLock: boolean;
  readonly lifecycle: boolean;
}

/**
 * Two buckets. Both are versioned, so that a fault which overwrites or deletes leaves what was there.
 *
 * The vault is locked object by object with a legal hold, which has no end until a person ends it; it has NO default
 * retention, because how long a record is kept follows from its retention row, which may still change (a longer period
 * by law, a hold by a court), and a period in the bucket could not be shortened by anybody. Nothing expires in it.
 */
export const buckets: readonly BucketRule[] = [
  { area: 'quarantine', objectLock: false, lifecycle: true },
  { area: 'vault', objectLock: true, lifecycle: false },
];

/** `prefix` is VANKHO_S3_PREFIX; names of buckets are shared by everybody on a server. */
export function bucketName(prefix: string, area: Area): string {
  return `${prefix}-${area}`;
}

/**
 * `<3 hex>/<key>`: the three digits are the key's last ones, which are random. A server that keeps a folder for each
 * prefix (MinIO, SeaweedFS) then has 4,096 folders of a few hundred names instead of one of a million.
 */
export function objectName(key: string): string {
  return `${key.slice(-3)}/${key}`;
}

/** The key of an object's name, or undefined when it is not an object of ours (a claim, a ping). */
export function keyOfName(name: string): string | undefined {
  const key = name.slice(4);
  return /^[0-9a-f]{3}\/[0-9a-f-]{36}$/.test(name) && objectName(key) === name ? key : undefined;
}
