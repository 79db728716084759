import { createHash } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'minio';
import { ObjectStoreError } from '../../departments/strongroom/ports.ts';
import { SourceFailed } from './source.ts';

export interface MinioOptions {
  /** Scheme, host and port; no path. */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Default `us-east-1`, which is what MinIO and SeaweedFS answer to. */
  readonly region?: string;
  /** Beginning of the bucket names. */
  readonly prefix: string;
  /** Milliseconds without a byte in either direction before a request is given up. Default 60,000. */
  readonly timeout?: number;
}

/** Calls whose last overload takes a callback: the client declares them to answer nothing, and they answer a promise. */
export interface Promised {
  setObjectLegalHold(bucket: string, name: string, hold: { readonly status: 'ON' }): Promise<void>;
  getObjectLockConfig(bucket: string): Promise<{ readonly objectLockEnabled?: string }>;
}

export function promised(client: Client): Promised {
  return client as unknown as Promised;
}

/** The client's own retries are off: they lose the server's answer and write to the console. */
export function createClient(options: MinioOptions): { readonly client: Client; readonly close: () => void } {
  const url = new URL(options.endpoint);
  if (url.pathname !== '/' || !/^https?:$/.test(url.protocol)) {
    throw new TypeError('object store: the address is http(s)://host:port, without a path');
  }
  const secure = url.protocol === 'https:';
  const agent = secure ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });
  const client = new Client({
    endPoint: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (secure ? 443 : 80)),
    useSSL: secure,
    accessKey: options.accessKey,
    secretKey: options.secretKey,
    region: options.region ?? 'us-east-1',
    pathStyle: true,
    transportAgent: agent,
    transport: { request: patientRequest(secure ? https : http, options.timeout ?? 60_000) },
    retryOptions: { disableRetry: true },
  });
  return { client, close: () => agent.destroy() };
}

/** A request that cannot hang: idle for `timeout`, or while its reply is read for twice that, it is destroyed. */
function patientRequest(transport: Pick<typeof http, 'request'>, timeout: number): typeof http.request {
  const request = (options: http.RequestOptions, answered: (response: http.IncomingMessage) => void) => {
    const sent = transport.request(options, (response) => {
      // The client throws at these before reading them; unread, they would hold their socket for ever.
      if ((response.statusCode ?? 0) >= 500 && response.statusCode !== 507) response.resume();
      // A reader in no hurry pauses the socket, which looks the same as a server that says nothing.
      sent.setTimeout(2 * timeout);
      answered(response);
    });
    sent.setTimeout(timeout);
    sent.on('timeout', () => sent.destroy(new Error(`no byte for ${timeout} ms`)));
    return sent;
  };
  return request as typeof http.request;
}

/** The code of an S3 error reply. */
export function replyCode(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : '';
}

const missing = new Set(['NoSuchKey', 'NotFound', 'NoSuchVersion']);
const full = new Set(['XMinioStorageFull', 'XMinioAdminBucketQuotaExceeded', 'QuotaExceeded', 'InsufficientStorage']);
const again = new Set([
  ...['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ECONNABORTED', 'EAI_AGAIN'],
  ...['SlowDown', 'SlowDownRead', 'SlowDownWrite', 'ServiceUnavailable', 'InternalError', 'RequestTimeout'],
  ...['OperationAborted', 'ConditionalRequestConflict', 'XMinioServerNotInitialized'],
]);

/** Everything that is not an answer about the object is `unavailable`: network, 5xx, timeouts, refused keys, no bucket. */
export function storeError(cause: unknown): unknown {
  if (cause instanceof ObjectStoreError || cause instanceof SourceFailed) return cause;
  if (cause instanceof TypeError || cause instanceof RangeError) return cause;
  const code = replyCode(cause);
  if (code === 'InvalidRange') return new RangeError('object store: the range begins after the last byte', { cause });
  if (code === 'PreconditionFailed') return new ObjectStoreError('exists', { cause });
  if (missing.has(code)) return new ObjectStoreError('missing', { cause });
  return new ObjectStoreError(full.has(code) ? 'full' : 'unavailable', { cause });
}

/** Might the same request do better in a moment? A timeout is not among these: it has cost enough. */
export function passing(cause: unknown): boolean {
  return again.has(replyCode(cause)) || (cause instanceof Error && cause.message.includes('Retryable HTTP status'));
}

export const attempts = 3;

/** 0.1 s, then 0.4 s. */
export async function pause(attempt: number): Promise<void> {
  await wait(100 * 4 ** attempt);
}

/** Repeats a request that may be repeated without harm, three times at most. */
export async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (cause) {
      if (attempt + 1 >= attempts || !passing(cause)) throw cause;
      await pause(attempt);
    }
  }
}

export interface Asked {
  readonly method: 'PUT' | 'POST';
  readonly bucketName: string;
  readonly objectName: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * One request with its headers as they are: what the client's own putObject is given as metadata arrives as user
 * metadata, so that a checksum or a condition is stored instead of obeyed. Answers the reply's text and headers.
 * An error inside a 200, which S3 allows for copies and completions, is thrown like any other.
 */
export async function ask(client: Client, asked: Asked, body: Buffer | string = '') {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const headers = {
    ...asked.headers,
    'content-length': String(bytes.length),
    // Checked by both servers, also over https, where the client leaves the payload unsigned.
    'content-md5': createHash('md5').update(bytes).digest('base64'),
  };
  const response = await client.makeRequestAsync({ ...asked, headers }, bytes, [200]);
  const reply = await text(response);
  if (/<Error[\s>]/.test(reply)) {
    const code = /<Code>([^<]*)<\/Code>/.exec(reply)?.[1] ?? '';
    throw Object.assign(new Error(`error in a 200: ${code}`), { code });
  }
  return { text: reply, headers: response.headers };
}
