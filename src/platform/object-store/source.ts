import type { Readable } from 'node:stream';

/** The sender failed, not the store. Its error is the cause, and what the caller of `put` gets. */
export class SourceFailed extends Error {}

/**
 * The bytes of a source. Throws SourceFailed when the source fails, is cut, or does not give the `size` it promised.
 * A system error of the source (a socket, another file) so never passes for one of the store.
 */
export async function* bytesOfSource(source: Readable, size?: number): AsyncGenerator<Buffer> {
  let seen = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer | string>) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      seen += bytes.length;
      if (size !== undefined && seen > size) throw new Error(`the source gave more than ${size} bytes`);
      if (bytes.length > 0) yield bytes;
    }
    if (size !== undefined && seen < size) throw new Error(`the source ended after ${seen} of ${size} bytes`);
  } catch (cause) {
    throw new SourceFailed('the source failed', { cause });
  }
}

/** Runs a put: the source is heard from the first moment, ended when the put fails, and its own error passed on. */
export async function takingFrom<T>(source: Readable, put: () => Promise<T>): Promise<T> {
  // It may fail before its first byte is asked for; unheard, that would end the process.
  source.once('error', () => undefined);
  try {
    return await put();
  } catch (cause) {
    source.destroy();
    throw cause instanceof SourceFailed ? cause.cause : cause;
  }
}
