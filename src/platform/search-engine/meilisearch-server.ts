import {
  Meilisearch,
  MeilisearchApiError,
  MeilisearchRequestError,
  MeilisearchTaskTimeOutError,
  type EnqueuedTaskPromise,
} from 'meilisearch';
import type { z } from 'zod';
import { SearchUnavailable } from '../../departments/search/ports.ts';

/** Milliseconds. A batch of the largest size took 7 s; a rebuild queues several. */
const requestTimeout = 15_000;
const taskTimeout = 120_000;

export function serverClient(url: string, key: string | undefined): Meilisearch {
  return new Meilisearch({
    host: url,
    ...(key === undefined ? {} : { apiKey: key }),
    timeout: requestTimeout,
    // With gzip, which fetch asks for by itself, a reply over 1 kB took 44 ms instead of 2: its two small writes meet a
    // delayed acknowledgement.
    requestInit: { headers: { 'accept-encoding': 'identity' } },
  });
}

/** The server refused what it was given; asking again would not help. */
export class TaskRefused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(`the search server refused: ${message}`);
    this.name = 'TaskRefused';
    this.code = code;
  }
}

/** Waits for a task. Throws TaskRefused when the server could not do it. */
export async function done(task: EnqueuedTaskPromise): Promise<void> {
  const { status, error } = await reached(() => task.waitTask({ timeout: taskTimeout, interval: 25 }));
  if (status === 'succeeded') return;
  const code = error?.code ?? 'unknown';
  // The server's own troubles (a full disk, a database that does not open) pass; a bad document stays one.
  if (error?.type === 'internal' || error?.type === 'system' || status === 'canceled') {
    throw new SearchUnavailable({ cause: error });
  }
  throw new TaskRefused(code, error?.message ?? status);
}

/** A reply in the shape that was asked for. Whatever else answers at the address (a proxy's page) is no search server. */
export function believed<T>(shape: z.ZodType<T>, reply: unknown): T {
  const read = shape.safeParse(reply);
  if (!read.success) throw new SearchUnavailable({ cause: read.error });
  return read.data;
}

/** Network, timeouts, 5xx, refused keys and indexes not there yet are one thing to a reader: no search now. */
export async function reached<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    // A SyntaxError is a reply that is no JSON.
    if (
      cause instanceof MeilisearchRequestError ||
      cause instanceof MeilisearchTaskTimeOutError ||
      cause instanceof SyntaxError
    ) {
      throw new SearchUnavailable({ cause });
    }
    if (cause instanceof MeilisearchApiError) {
      const { status } = cause.response;
      const gone = cause.cause?.code === 'index_not_found';
      if (status >= 500 || status === 401 || status === 403 || status === 408 || status === 429 || gone) {
        throw new SearchUnavailable({ cause });
      }
    }
    throw cause;
  }
}
