import { abortedUploadDays, bucketName, buckets, noncurrentDays } from './layout.ts';

/** What provisioning asks of a server; platform/object-store/minio.ts does it. Every call may be repeated. */
export interface BucketKeeper {
  /** Makes the bucket unless it is there and ours. */
  makeBucket(name: string, objectLock: boolean): Promise<void>;
  switchVersioningOn(name: string): Promise<void>;
  hasObjectLock(name: string): Promise<boolean>;
  /** Old versions go after `noncurrentDays`; parts of an upload nobody finished after `abortedDays`. */
  setLifecycle(name: string, days: { readonly noncurrentDays: number; readonly abortedDays: number }): Promise<void>;
}

/**
 * Lays the strong-room out on an S3 server. Idempotent, and safe when several processes do it at once: each step sets a
 * state and none depends on having been first. Throws when a vault without object lock stands there already: it
 * cannot be switched on later everywhere, and a vault that can be emptied is none.
 *
 * MinIO stores the lifecycle rule without its part about aborted uploads; it clears those by itself after a day
 * (`api stale_uploads_expiry`).
 */
export async function provisionBuckets(keeper: BucketKeeper, prefix: string): Promise<void> {
  for (const rule of buckets) {
    const name = bucketName(prefix, rule.area);
    await keeper.makeBucket(name, rule.objectLock);
    await keeper.switchVersioningOn(name);
    if (rule.objectLock && !(await keeper.hasObjectLock(name))) {
      throw new Error(`bucket ${name} is there without object lock; give another prefix, or remove the empty bucket`);
    }
    if (rule.lifecycle) await keeper.setLifecycle(name, { noncurrentDays, abortedDays: abortedUploadDays });
  }
}
