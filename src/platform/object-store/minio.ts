import type { Client } from 'minio';
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { bucketName, buckets, keyOfName, objectName } from '../../../storage-config/layout.ts';
import { provisionBuckets, type BucketKeeper } from '../../../storage-config/provision.ts';
import { ObjectStoreError, type Area, type ObjectStore } from '../../departments/strongroom/ports.ts';
import { checkedKey, checkRange } from './key.ts';
import { copyBytes, ensureHeld, promoteObject, statOf } from './minio-promote.ts';
import { putSource, putWhole } from './minio-put.ts';
import {
  attempts,
  createClient,
  passing,
  pause,
  persistently,
  promised,
  replyCode,
  storeError,
  type MinioOptions,
} from './minio-requests.ts';
import { bytesOfSource, takingFrom } from './source.ts';

export type { MinioOptions } from './minio-requests.ts';

interface Version {
  readonly name?: string;
  readonly versionId?: string;
  readonly size?: number;
  readonly lastModified?: Date | string;
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw storeError(cause);
  }
}

/**
 * Bytes on an S3 server, laid out as storage-config/ says and provisioned by `provisionMinio`. Written for what MinIO
 * and SeaweedFS both do: MinIO's upstream was declared unmaintained in February 2026, so nothing here is MinIO's own.
 */
export function createMinioStore(
  options: MinioOptions & {
    /** Larger objects are copied into the vault in parts of this size; for tests. */
    readonly copyPartBytes?: number;
  },
): ObjectStore {
  const { client, close } = createClient(options);
  const bucket = (area: Area) => bucketName(options.prefix, area);

  /** One after the other for one key in this process; between processes the server decides. */
  const running = new Map<string, Promise<unknown>>();
  async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
    const mine = (running.get(name) ?? Promise.resolve()).then(work, work);
    running.set(name, mine);
    try {
      return await mine;
    } finally {
      if (running.get(name) === mine) running.delete(name);
    }
  }

  const opening = (area: Area, key: string, start: number, length?: number): Promise<Readable> =>
    translated(() => persistently(() => client.getPartialObject(bucket(area), objectName(key), start, length)));

  async function* objectsOf(area: Area): AsyncGenerator<Version> {
    let last = '';
    for (let attempt = 0; ; attempt++) {
      try {
        for await (const item of client.listObjectsV2(bucket(area), '', true, last) as AsyncIterable<Version>) {
          attempt = 0;
          last = item.name ?? last;
          yield item;
        }
        return;
      } catch (cause) {
        if (attempt + 1 >= attempts || !passing(cause)) throw cause;
        await pause(attempt);
      }
    }
  }

  async function put(area: Area, key: string, source: Readable, size?: number): Promise<{ readonly size: number }> {
    checkedKey(key);
    return takingFrom(source, () =>
      translated(async () => {
        const stored = await putSource({ client, bucket, area, key, bytes: bytesOfSource(source, size) });
        if (area === 'vault') await ensureHeld(client, bucket(area), key);
        return { size: stored };
      }),
    );
  }

  /** Of the vault nothing is ever asked here. */
  async function eraseVersions(key: string): Promise<void> {
    const from = bucket('quarantine');
    const name = objectName(key);
    const { uploads } = await persistently(() => client.listIncompleteUploadsQuery(from, name, '', '', ''));
    for (const upload of uploads as readonly { readonly key: string; readonly uploadId: string }[]) {
      if (upload.key === name) await persistently(() => client.abortMultipartUpload(from, name, upload.uploadId));
    }
    // Versions, delete markers, and a claim beside the object (its name begins the same).
    const versions = await persistently(async () => {
      const found: Version[] = [];
      const listed = client.listObjects(from, name, true, { IncludeVersion: true }) as AsyncIterable<Version>;
      for await (const version of listed) found.push(version);
      return found;
    });
    for (const { name: of, versionId } of versions) {
      if (of === undefined) continue;
      await persistently(() => client.removeObject(from, of, versionId === undefined ? {} : { versionId }));
    }
  }

  return {
    name: 'minio',
    put,
    get: async (area, key) => opening(area, checkedKey(key), 0),
    getRange: async (area, key, start, end) => {
      checkRange(start, end);
      return opening(area, checkedKey(key), start, end - start + 1);
    },
    stat: async (area, key) => {
      const found = await translated(() => statOf(client, bucket(area), checkedKey(key)));
      return found && { size: found.size };
    },
    promote: async (key) => {
      checkedKey(key);
      await alone(key, () => translated(() => promoteObject(client, bucket, key, options.copyPartBytes ?? copyBytes)));
    },
    erase: async (key) => {
      checkedKey(key);
      await translated(() => eraseVersions(key));
    },
    async *list(area) {
      try {
        for await (const item of objectsOf(area)) {
          const key = keyOfName(item.name ?? '');
          if (key === undefined) continue;
          yield { key, size: item.size ?? 0, storedAt: new Date(item.lastModified ?? 0) };
        }
      } catch (cause) {
        throw storeError(cause);
      }
    },
    ping: async () => {
      try {
        for (const { area } of buckets) {
          if (!(await persistently(() => client.bucketExists(bucket(area))))) throw new Error(`no ${area} bucket`);
        }
        const place = { client, bucketName: bucket('quarantine'), objectName: `ping/${randomUUID()}` };
        const versionId = await putWhole(place, Buffer.from('ping'));
        await client.removeObject(place.bucketName, place.objectName, versionId === undefined ? {} : { versionId });
      } catch (cause) {
        const failure = storeError(cause);
        if (failure instanceof ObjectStoreError && failure.failure === 'unavailable') throw failure;
        throw new ObjectStoreError('unavailable', { cause });
      }
    },
    close: async () => {
      close();
    },
  };
}

/** Makes the buckets, or finds them made. `unavailable` when the server cannot be reached. */
export async function provisionMinio(options: MinioOptions): Promise<void> {
  const { client, close } = createClient(options);
  try {
    await provisionBuckets(keeperOf(client, options.region ?? 'us-east-1'), options.prefix);
  } catch (cause) {
    throw replyCode(cause) === '' && !passing(cause) ? cause : storeError(cause);
  } finally {
    close();
  }
}

function keeperOf(client: Client, region: string): BucketKeeper {
  return {
    makeBucket: async (name, objectLock) => {
      if (await persistently(() => client.bucketExists(name))) return;
      await persistently(() => client.makeBucket(name, region, { ObjectLocking: objectLock })).catch(
        (cause: unknown) => {
          if (replyCode(cause) !== 'BucketAlreadyOwnedByYou') throw cause;
        },
      );
    },
    switchVersioningOn: async (name) => {
      if ((await persistently(() => client.getBucketVersioning(name))).Status === 'Enabled') return;
      await persistently(() => client.setBucketVersioning(name, { Status: 'Enabled' }));
    },
    hasObjectLock: async (name) => {
      try {
        return (await persistently(() => promised(client).getObjectLockConfig(name))).objectLockEnabled === 'Enabled';
      } catch (cause) {
        if (replyCode(cause) === 'ObjectLockConfigurationNotFoundError') return false;
        throw cause;
      }
    },
    setLifecycle: async (name, days) => {
      const rule = {
        ID: 'vankho-leftovers',
        Status: 'Enabled',
        Filter: { Prefix: '' },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: days.abortedDays },
        NoncurrentVersionExpiration: { NoncurrentDays: days.noncurrentDays },
      };
      await persistently(() => client.setBucketLifecycle(name, { Rule: [rule] }));
    },
  };
}
