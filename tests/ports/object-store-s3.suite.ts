import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Client } from 'minio';
import { bucketName, buckets, keyOfName, objectName } from '../../storage-config/layout.ts';
import { ObjectStoreError, type ObjectStore } from '../../src/departments/strongroom/ports.ts';
import { newId } from '../../src/kernel/ids.ts';
import { createMinioStore, provisionMinio } from '../../src/platform/object-store/minio.ts';
import { freePorts, type S3Server } from '../support/s3-server.ts';
import { wireTo } from '../support/wire.ts';
import { bytesOf, objectStoreContract, sourceOf } from './object-store.suite.ts';

const mib = 1024 * 1024;
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (cause: unknown) => (cause instanceof ObjectStoreError ? cause.failure : String(cause)),
  );

interface Version {
  readonly name?: string;
}

/** The contract, and what only an S3 server can get wrong. `start` may answer a server that was there before. */
export function s3Contract(name: string, start: () => Promise<S3Server>): void {
  const prefix = `vankho-test-${randomBytes(4).toString('hex')}`;
  let server: S3Server;
  let client: Client;

  const optionsOf = (endpoint: string) => {
    const { accessKey, secretKey } = server;
    return { endpoint, accessKey, secretKey, prefix, timeout: 20_000 };
  };

  beforeAll(async () => {
    server = await start();
    const { hostname, port, protocol } = new URL(server.url);
    client = new Client({
      endPoint: hostname,
      port: Number(port || (protocol === 'https:' ? 443 : 80)),
      useSSL: protocol === 'https:',
      accessKey: server.accessKey,
      secretKey: server.secretKey,
      region: 'us-east-1',
    });
    // Three at once, as when three processes start: each finds it done or does it.
    await Promise.all([1, 2, 3].map(() => provisionMinio(optionsOf(server.url))));
  }, 120_000);
  // Unset when the server did not start.
  afterAll(async () => (server as S3Server | undefined)?.stop());

  objectStoreContract(name, async () => {
    const wire = await wireTo(server.url);
    const store = createMinioStore({ ...optionsOf(wire.url), copyPartBytes: 12 * mib });
    return {
      store,
      cut: async () => {
        await wire.cut('refused');
        return () => wire.join();
      },
      close: async () => {
        await store.close();
        await wire.close();
      },
    };
  });

  describe(`${name} as an object store`, () => {
    let store: ObjectStore;
    beforeAll(() => {
      store = createMinioStore(optionsOf(server.url));
    });
    afterAll(() => store.close());

    const versionsOf = async (bucket: string, under: string) => {
      const found: string[] = [];
      const listed = client.listObjects(bucket, under, true, { IncludeVersion: true }) as AsyncIterable<Version>;
      for await (const version of listed) found.push(version.name ?? '');
      return found;
    };

    it('has both buckets versioned, the vault locked object by object and without a period', async () => {
      await provisionMinio(optionsOf(server.url));
      for (const { area } of buckets) {
        expect((await client.getBucketVersioning(bucketName(prefix, area))).Status).toBe('Enabled');
      }
      // Declared to answer nothing; it answers a promise.
      const lock = await (client.getObjectLockConfig as (bucket: string) => unknown).call(
        client,
        bucketName(prefix, 'vault'),
      );
      expect(lock).toEqual({ objectLockEnabled: 'Enabled' });
      const lifecycle = JSON.stringify(await client.getBucketLifecycle(bucketName(prefix, 'quarantine')));
      expect(lifecycle).toContain('"NoncurrentDays":30');
      const none = { code: 'NoSuchLifecycleConfiguration' };
      await expect(client.getBucketLifecycle(bucketName(prefix, 'vault'))).rejects.toMatchObject(none);
    });

    it('refuses a vault that was made without a lock', async () => {
      const other = `${prefix}-unlocked`;
      await client.makeBucket(bucketName(other, 'vault'), 'us-east-1');
      await expect(provisionMinio({ ...optionsOf(server.url), prefix: other })).rejects.toThrow('without object lock');
    });

    it.each([
      ['one request', 100],
      ['several parts', 33 * mib],
    ])('holds in the vault what was promoted or put there (%s): its version cannot be removed', async (_name, size) => {
      const [promoted, direct] = [newId(), newId()];
      await store.put('quarantine', promoted, sourceOf(bytesOf(1, size)));
      await store.promote(promoted);
      await store.put('vault', direct, sourceOf(bytesOf(2, size)));
      for (const key of [promoted, direct]) {
        const vault = bucketName(prefix, 'vault');
        const hold: unknown = await client.getObjectLegalHold(vault, objectName(key));
        expect(hold).toEqual({ Status: 'ON' });
        const { versionId } = await client.statObject(vault, objectName(key));
        await expect(client.removeObject(vault, objectName(key), { versionId: versionId! })).rejects.toBeDefined();
        expect((await buffer(await store.get('vault', key))).length).toBe(size);
      }
    });

    it('gives a hold to what a promotion that died between its copy and its hold has left', async () => {
      const key = newId();
      const vault = bucketName(prefix, 'vault');
      await store.put('quarantine', key, sourceOf(bytesOf(3, 100)));
      await client.putObject(vault, objectName(key), bytesOf(3, 100));
      await store.promote(key);
      const hold: unknown = await client.getObjectLegalHold(vault, objectName(key));
      expect(hold).toEqual({ Status: 'ON' });
    });

    it('erases every version, every delete marker, every unfinished upload and claim of a key in quarantine', async () => {
      const key = newId();
      const quarantine = bucketName(prefix, 'quarantine');
      await store.put('quarantine', key, sourceOf(bytesOf(4, 17 * mib)));
      expect(await versionsOf(quarantine, objectName(key))).toEqual([objectName(key)]);
      await client.putObject(quarantine, objectName(key), 'a second version, by a fault');
      await client.removeObject(quarantine, objectName(key));
      await client.putObject(quarantine, `${objectName(key)}.claim-quarantine`, '');
      await client.initiateNewMultipartUpload(quarantine, objectName(key), {});
      expect((await versionsOf(quarantine, objectName(key))).length).toBeGreaterThanOrEqual(4);
      await store.erase(key);
      expect(await versionsOf(quarantine, objectName(key))).toEqual([]);
      expect(await client.findUploadId(quarantine, objectName(key))).toBeUndefined();
    });

    it('leaves no upload, no claim and no version of a put whose source failed in its third part', async () => {
      const key = newId();
      const source = sourceOf(bytesOf(5, 40 * mib));
      let seen = 0;
      source.on('data', (chunk: Buffer) => {
        seen += chunk.length;
        if (seen > 35 * mib) source.destroy(new Error('cut'));
      });
      source.pause();
      await expect(store.put('quarantine', key, source)).rejects.toThrow('cut');
      const quarantine = bucketName(prefix, 'quarantine');
      expect(await versionsOf(quarantine, objectName(key))).toEqual([]);
      expect(await client.findUploadId(quarantine, objectName(key))).toBeUndefined();
    });

    it('leaves nothing but the objects themselves behind', async () => {
      await store.ping();
      const names = await versionsOf(bucketName(prefix, 'quarantine'), '');
      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((found) => keyOfName(found) === undefined)).toEqual([]);
    });

    it('lists more than one page', async () => {
      const before = new Set<string>();
      for await (const { key } of store.list('quarantine')) before.add(key);
      const keys = Array.from({ length: Math.max(0, 1005 - before.size) }, () => newId());
      const queue = [...keys];
      await Promise.all(
        Array.from({ length: 16 }, async () => {
          for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
            await store.put('quarantine', key, sourceOf(Buffer.from('x')));
          }
        }),
      );
      const after: string[] = [];
      for await (const { key } of store.list('quarantine')) after.push(key);
      expect(new Set(after)).toEqual(new Set([...before, ...keys]));
      expect(after.length).toBeGreaterThan(1000);
    }, 180_000);

    it('does not hang on a server that says nothing, and goes on when it speaks again', async () => {
      const wire = await wireTo(server.url);
      const impatient = createMinioStore({ ...optionsOf(wire.url), timeout: 700 });
      try {
        const key = newId();
        await impatient.put('quarantine', key, sourceOf(bytesOf(6, 10)));
        await wire.cut('silent');
        const ends = [
          impatient.put('quarantine', newId(), sourceOf(bytesOf(6, 10))),
          impatient.put('quarantine', newId(), sourceOf(bytesOf(6, 17 * mib))),
          impatient.get('quarantine', key),
          impatient.stat('vault', key),
          impatient.promote(key),
          impatient.ping(),
        ].map(failureOf);
        expect(new Set(await Promise.all(ends))).toEqual(new Set(['unavailable']));
        await wire.join();
        await impatient.promote(key);
        expect((await buffer(await impatient.get('vault', key))).equals(bytesOf(6, 10))).toBe(true);
      } finally {
        await impatient.close();
        await wire.close();
      }
    });

    it('fails a reader whose connection is cut in the middle, instead of ending early', async () => {
      const wire = await wireTo(server.url);
      const cutOff = createMinioStore(optionsOf(wire.url));
      try {
        const key = newId();
        await store.put('quarantine', key, sourceOf(bytesOf(7, 40 * mib)));
        const reader = await cutOff.get('quarantine', key);
        await wire.cut('refused');
        await expect(buffer(reader)).rejects.toBeDefined();
      } finally {
        await cutOff.close();
        await wire.close().catch(() => undefined);
      }
    });

    it('is unavailable with a wrong key, without its buckets, and where nobody listens', async () => {
      const [port] = await freePorts(1);
      for (const wrong of [
        { ...optionsOf(server.url), secretKey: 'not the secret key' },
        { ...optionsOf(server.url), prefix: `${prefix}-nobody` },
        optionsOf(`http://127.0.0.1:${port!}`),
      ]) {
        const lost = createMinioStore(wrong);
        expect(await failureOf(lost.ping())).toBe('unavailable');
        expect(await failureOf(lost.get('vault', newId()))).toBe('unavailable');
        expect(await failureOf(lost.stat('vault', newId()))).toBe('unavailable');
        await lost.close();
      }
    });
  });
}
