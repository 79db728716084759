import { randomUUID } from 'node:crypto';
import type { Client } from 'minio';
import { objectName } from '../../../storage-config/layout.ts';
import { ObjectStoreError, type Area } from '../../departments/strongroom/ports.ts';
import { ask, attempts, passing, pause, persistently, replyCode } from './minio-requests.ts';

/** 16 MiB: at the client's 64 MiB a put of 500 MB peaked at 333 MB of memory, at 16 MiB at 207 MB. */
export const partBytes = 16 * 1024 * 1024;

/** S3 takes 10,000 parts; from 40 GB on they grow, so that a source of unknown size may have 600 GiB. */
function bytesOfPart(number: number): number {
  return partBytes * 2 ** Math.floor((number - 1) / 2500);
}

/** Locked until a person ends it; stands on everything that enters the vault. */
export const held = { 'x-amz-object-lock-legal-hold': 'ON' } as const;

/** Which put an object came from. Tells our own object, stored although the answer was lost, from another's. */
const putBy = 'put';

export interface Place {
  readonly client: Client;
  readonly bucketName: string;
  readonly objectName: string;
}

async function isFrom(place: Place, put: string): Promise<boolean> {
  const found = await persistently(() => place.client.statObject(place.bucketName, place.objectName)).catch(
    (cause: unknown) => {
      if (replyCode(cause) === 'NotFound') return undefined;
      throw cause;
    },
  );
  return (found?.metaData as Record<string, unknown> | undefined)?.[putBy] === put;
}

/**
 * One PUT that refuses an existing object (both servers obey `If-None-Match: *` here). Repeated when the answer was
 * lost; "exists" then may mean our own first attempt, which its metadata tells. Answers the version made, if any.
 */
export async function putWhole(place: Place, bytes: Buffer, headers: Readonly<Record<string, string>> = {}) {
  const { client, bucketName, objectName } = place;
  const put = randomUUID();
  const sent = { 'content-type': 'application/octet-stream', [`x-amz-meta-${putBy}`]: put, 'if-none-match': '*' };
  for (let attempt = 0; ; attempt++) {
    try {
      const request = { method: 'PUT', bucketName, objectName, headers: { ...sent, ...headers } } as const;
      const version = (await ask(client, request, bytes)).headers['x-amz-version-id'];
      return typeof version === 'string' ? version : undefined;
    } catch (cause) {
      if (attempt > 0 && replyCode(cause) === 'PreconditionFailed' && (await isFrom(place, put))) return undefined;
      if (attempt + 1 >= attempts || !passing(cause)) throw cause;
      await pause(attempt);
    }
  }
}

/** Whoever takes a part is done with it before they ask for the next: all parts stand in the same memory, one after the other. */
async function* inParts(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let number = 1;
  let part: Buffer = Buffer.allocUnsafe(1 << 16);
  let length = 0;
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length;) {
      const size = bytesOfPart(number);
      part = withRoom(part, Math.min(size, length + chunk.length - at), size);
      const copied = chunk.copy(part, length, at, at + size - length);
      at += copied;
      length += copied;
      if (length === size) {
        yield part.subarray(0, length);
        length = 0;
        number += 1;
      }
    }
  }
  if (length > 0 || number === 1) yield part.subarray(0, length);
}

/** The same bytes where at least `needed` have room; doubled, so that a letter does not take what a volume does. */
function withRoom(part: Buffer, needed: number, atMost: number): Buffer {
  if (needed <= part.length) return part;
  const wider = Buffer.allocUnsafe(Math.min(atMost, Math.max(needed, 2 * part.length)));
  part.copy(wider);
  return wider;
}

/** Ends a multipart upload; refuses an existing object where the server obeys (MinIO), and tells a lost answer from a failure. */
export async function complete(place: Place, upload: string, put: string, tags: readonly string[]): Promise<void> {
  const { client, bucketName, objectName } = place;
  const parts = tags.map((tag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${tag}</ETag></Part>`);
  const xml = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('')}</CompleteMultipartUpload>`;
  const query = `uploadId=${encodeURIComponent(upload)}`;
  try {
    await persistently(() =>
      ask(client, { method: 'POST', bucketName, objectName, query, headers: { 'if-none-match': '*' } }, xml),
    );
  } catch (cause) {
    if (!(await isFrom(place, put))) throw cause;
  }
}

/** Starts a multipart upload of its own, hands it to `fill`, completes it, and takes it away again when that fails. */
export async function multipart(
  place: Place,
  headers: Readonly<Record<string, string>>,
  fill: (query: (part: number) => string) => Promise<{ readonly tags: readonly string[]; readonly size: number }>,
): Promise<number> {
  const { client, bucketName, objectName } = place;
  const put = randomUUID();
  // Not the client's putObject: it takes over the unfinished upload of another put of the same name.
  const upload = await persistently(() =>
    client.initiateNewMultipartUpload(bucketName, objectName, {
      'content-type': 'application/octet-stream',
      [`x-amz-meta-${putBy}`]: put,
      ...headers,
    }),
  );
  try {
    const { tags, size } = await fill((part) => `partNumber=${part}&uploadId=${encodeURIComponent(upload)}`);
    await complete(place, upload, put, tags);
    if (!(await isFrom(place, put))) throw new ObjectStoreError('exists');
    const stored = await persistently(() => client.statObject(bucketName, objectName));
    if (stored.size !== size) throw new ObjectStoreError('unavailable', { cause: new Error('stored size differs') });
    return size;
  } catch (cause) {
    // What this cannot take away now, the bucket's lifecycle does in days.
    await persistently(() => client.abortMultipartUpload(bucketName, objectName, upload)).catch(() => undefined);
    throw cause;
  }
}

/** Throws `exists` when an object stands there. */
async function refuseExisting(place: Place): Promise<void> {
  const found = await persistently(() => place.client.statObject(place.bucketName, place.objectName)).catch(
    (cause: unknown) => {
      if (replyCode(cause) !== 'NotFound') throw cause;
    },
  );
  if (found !== undefined) throw new ObjectStoreError('exists');
}

/**
 * Stores a source under a key. Up to one part is kept in memory and sent in one request. More is a multipart upload;
 * there SeaweedFS stores over an existing object whatever the condition says (4.48), so that the key is claimed first
 * by a small object, which both servers refuse to store twice, and looked at under that claim. A claim left by a
 * process that died burns its key, which was for one use anyhow.
 */
export async function putSource(options: {
  readonly client: Client;
  readonly bucket: (area: Area) => string;
  readonly area: Area;
  readonly key: string;
  readonly bytes: AsyncIterable<Buffer>;
}): Promise<number> {
  const { client, bucket, area, key, bytes } = options;
  const place: Place = { client, bucketName: bucket(area), objectName: objectName(key) };
  const headers = area === 'vault' ? held : {};
  const parts = inParts(bytes);
  try {
    const first = await parts.next();
    if (first.done === true) throw new TypeError('a source has at least one part, be it empty');
    if (first.value.length < partBytes) {
      await putWhole(place, first.value, headers);
      return first.value.length;
    }
    await refuseExisting(place);
    const claim: Place = { ...place, bucketName: bucket('quarantine'), objectName: claimName(area, key) };
    const version = await putWhole(claim, Buffer.alloc(0));
    try {
      await refuseExisting(place);
      return await multipart(place, headers, async (query) => {
        const tags = [await sendPart(place, query(1), first.value)];
        let size = first.value.length;
        for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
          tags.push(await sendPart(place, query(tags.length + 1), next.value));
          size += next.value.length;
        }
        return { tags, size };
      });
    } finally {
      await persistently(() =>
        client.removeObject(claim.bucketName, claim.objectName, version === undefined ? {} : { versionId: version }),
      ).catch(() => undefined);
    }
  } finally {
    await parts.return(undefined);
  }
}

/** Beside the object in quarantine, so that `erase` of the key takes it along. */
function claimName(area: Area, key: string): string {
  return `${objectName(key)}.claim-${area}`;
}

async function sendPart(place: Place, query: string, bytes: Buffer): Promise<string> {
  const { client, bucketName, objectName } = place;
  const request = { method: 'PUT', bucketName, objectName, query } as const;
  const reply = await persistently(() => ask(client, request, bytes));
  if (reply.headers.etag === undefined) throw new Error('a part was taken without a tag');
  return reply.headers.etag;
}
