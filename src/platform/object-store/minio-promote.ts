import type { BucketItemStat, Client } from 'minio';
import { objectName } from '../../../storage-config/layout.ts';
import { ObjectStoreError, type Area } from '../../departments/strongroom/ports.ts';
import { ask, persistently, promised, replyCode, storeError } from './minio-requests.ts';
import { held, multipart, type Place } from './minio-put.ts';

/** S3 copies up to 5 GiB in one request. In parts of 512 MiB no request is so long that it looks like a dead server. */
export const copyBytes = 512 * 1024 * 1024;

export async function statOf(client: Client, bucketName: string, key: string): Promise<BucketItemStat | undefined> {
  try {
    return await persistently(() => client.statObject(bucketName, objectName(key)));
  } catch (cause) {
    if (replyCode(cause) !== 'NotFound') throw cause;
    // A HEAD has no body: "no such object" and "no such bucket" look the same.
    if (await persistently(() => client.bucketExists(bucketName))) return undefined;
    throw new ObjectStoreError('unavailable', { cause });
  }
}

/** SeaweedFS (4.48) forgets the hold that a copy asks for; MinIO sets it. Afterwards it stands on either. */
export async function ensureHeld(client: Client, bucketName: string, key: string): Promise<void> {
  const name = objectName(key);
  const status = await persistently(() => client.getObjectLegalHold(bucketName, name)).catch((cause: unknown) => {
    if (['NoSuchObjectLegalHold', 'NoSuchObjectLockConfiguration'].includes(replyCode(cause))) return undefined;
    throw cause;
  });
  // Typed as the word, given as an object around it.
  if ((status as unknown as { readonly Status?: unknown } | undefined)?.Status === 'ON') return;
  await persistently(() => promised(client).setObjectLegalHold(bucketName, name, { status: 'ON' }));
}

async function copyParts(source: string, to: Place, size: number, step: number): Promise<void> {
  const { client, bucketName, objectName: name } = to;
  await multipart(to, held, async (query) => {
    const tags: string[] = [];
    for (let start = 0; start < size; start += step) {
      const end = Math.min(start + step, size) - 1;
      const headers = { 'x-amz-copy-source': source, 'x-amz-copy-source-range': `bytes=${start}-${end}` };
      const part = tags.length + 1;
      const reply = await persistently(() =>
        ask(client, { method: 'PUT', bucketName, objectName: name, query: query(part), headers }),
      );
      const tag = /<ETag>(?:&quot;|&#34;|")?([^<&"]+)/.exec(reply.text)?.[1];
      if (tag === undefined) throw new Error('a part was copied without a tag');
      tags.push(`"${tag}"`);
    }
    return { tags, size };
  });
}

/**
 * Copies quarantine to vault inside the server and holds it there. What a crash left half done is finished by the next
 * call: an unfinished copy is not visible, a finished one without its hold gets it.
 */
export async function promoteObject(
  client: Client,
  bucket: (area: Area) => string,
  key: string,
  step: number,
): Promise<void> {
  const [from, there] = await Promise.all([
    statOf(client, bucket('quarantine'), key),
    statOf(client, bucket('vault'), key),
  ]);
  if (there === undefined) {
    if (from === undefined) throw new ObjectStoreError('missing');
    const to: Place = { client, bucketName: bucket('vault'), objectName: objectName(key) };
    const version = from.versionId ? `?versionId=${encodeURIComponent(from.versionId)}` : '';
    const source = `/${bucket('quarantine')}/${objectName(key)}${version}`;
    try {
      if (from.size > step) await copyParts(source, to, from.size, step);
      else {
        const headers = { 'x-amz-copy-source': source, ...held };
        await persistently(() =>
          ask(client, { method: 'PUT', bucketName: to.bucketName, objectName: to.objectName, headers }),
        );
      }
    } catch (cause) {
      const failure = storeError(cause);
      // Another process promoted it in the meantime; whether to the same bytes is looked at below.
      if (!(failure instanceof ObjectStoreError && failure.failure === 'exists')) throw failure;
    }
  }
  const now = there ?? (await statOf(client, bucket('vault'), key));
  if (now === undefined) throw new ObjectStoreError('unavailable', { cause: new Error('copied and not there') });
  if (from !== undefined && now.size !== from.size) throw new ObjectStoreError('exists');
  await ensureHeld(client, bucket('vault'), key);
}
