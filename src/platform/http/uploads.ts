import { Transform, type Readable } from 'node:stream';
import type { Request, Response } from 'express';
import multer, { type StorageEngine } from 'multer';
import { Refusal } from '../../kernel/refusal.ts';
import type { Meter } from './meter.ts';

export type TakeFile<T> = (
  file: { readonly name: string; readonly stream: Readable },
  fields: Record<string, unknown>,
) => Promise<T>;

/**
 * One file of a multipart request, as a stream: never whole in memory, never on disk by multer's own hand. The fields
 * stand before the file; one that comes after it is refused, because what it says would be heard too late.
 *
 * The file's stream ends only when the whole request has been read and found in order. Its own end is too early: a file
 * cut at the size limit ends like a whole one, and a second file or a late field comes after the taker has committed.
 */
export function takeUpload<T>(
  request: Request,
  response: Response,
  { largestFile, meter }: { readonly largestFile: number; readonly meter: Meter },
  take: TakeFile<T>,
): Promise<T> {
  const done = new Promise<T>((resolve, reject) => {
    let taken: Promise<T> | undefined;
    const whole = new WholeRequest(largestFile, meter);
    const engine: StorageEngine = {
      _handleFile(incoming, file, done) {
        const stream = whole.held(file.stream);
        // A cut connection ends the request's stream, not the file's: without this the taker would wait for ever.
        const cut = (): void => {
          stream.destroy(new Refusal('upload-interrupted'));
        };
        incoming.once('aborted', cut);
        taken = take({ name: file.originalname.normalize('NFC'), stream }, { ...(incoming.body as object) });
        taken.then(
          () => {
            incoming.off('aborted', cut);
            done(null, {});
          },
          (cause: unknown) => {
            incoming.off('aborted', cut);
            file.stream.unpipe(stream);
            file.stream.resume();
            done(cause);
          },
        );
      },
      _removeFile(_request, _file, done) {
        done(null);
      },
    };
    const options: multer.Options & { readonly streamHandler: (request: Request, parts: Parts) => void } = {
      storage: engine,
      defParamCharset: 'utf8',
      limits: { files: 1, fields: 20, fieldSize: 16_384, parts: 24, headerPairs: 50, fileSize: largestFile },
      streamHandler(incoming, parts) {
        whole.watch(parts);
        incoming.pipe(parts);
      },
    };
    multer(options).single('file')(request, response, (cause?: unknown) => {
      if (cause instanceof Error) reject(asUploadRefusal(cause, largestFile));
      else if (taken) taken.then(resolve, reject);
      else reject(new Refusal('file-missing'));
    });
  });
  done.then(
    () => {
      meter.uploaded('kept');
    },
    () => {
      meter.uploaded('not-kept');
    },
  );
  return done;
}

/** The parser of the multipart body (busboy), as multer hands it out. */
type Parts = NodeJS.WritableStream;

/** Whether a multipart request holds one file after its fields and nothing more; known when all of it has been read. */
class WholeRequest {
  readonly #largestFile: number;
  readonly #meter: Meter;
  #files = 0;
  #fault: Error | undefined;
  #read = false;
  #held: Transform | undefined;
  #release: ((fault?: Error) => void) | undefined;

  constructor(largestFile: number, meter: Meter) {
    this.#largestFile = largestFile;
    this.#meter = meter;
  }

  watch(parts: Parts): void {
    parts.on('file', (name: string, stream: Readable) => {
      this.#files += 1;
      if (this.#files > 1) this.#refuse(new Refusal('bad-request', {}, [{ path: name, problem: 'second-file' }]));
      stream.once('limit', () => {
        this.#refuse(asUploadRefusal(new multer.MulterError('LIMIT_FILE_SIZE'), this.#largestFile));
      });
    });
    parts.on('field', (name: string) => {
      if (this.#files > 0) this.#refuse(new Refusal('bad-request', {}, [{ path: name, problem: 'after-file' }]));
    });
    for (const [event, code] of [
      ['filesLimit', 'LIMIT_FILE_COUNT'],
      ['fieldsLimit', 'LIMIT_FIELD_COUNT'],
      ['partsLimit', 'LIMIT_PART_COUNT'],
    ] as const)
      parts.once(event, () => {
        this.#refuse(asUploadRefusal(new multer.MulterError(code), this.#largestFile));
      });
    parts.once('error', (cause: Error) => {
      this.#refuse(asUploadRefusal(cause, this.#largestFile));
    });
    parts.once('close', () => {
      this.#read = true;
      this.#release?.(this.#fault);
    });
  }

  /** The same bytes; they end when the request has, or break when something in it is not in order. */
  held(file: Readable): Transform {
    const held = new Transform({
      highWaterMark: 1 << 20,
      transform: (chunk: Buffer, _encoding, done) => {
        this.#meter.received(chunk.length);
        done(null, chunk);
      },
      flush: (done) => {
        if (this.#read || this.#fault) done(this.#fault);
        else this.#release = done;
      },
    });
    this.#held = held;
    // Taken away before the taker has asked for the first byte, it must not end the process.
    held.on('error', () => undefined);
    file.on('error', (cause) => held.destroy(cause));
    if (this.#fault) held.destroy(this.#fault);
    file.pipe(held);
    return held;
  }

  #refuse(fault: Error): void {
    this.#fault ??= fault;
    this.#held?.destroy(this.#fault);
  }
}

function asUploadRefusal(cause: Error, limit: number): Error {
  if (cause instanceof Refusal) return cause;
  if (cause instanceof multer.MulterError) {
    if (cause.code === 'LIMIT_FILE_SIZE') return new Refusal('file-too-large', { limit: humanSize(limit) });
    return new Refusal('bad-request', {}, [{ path: cause.field ?? 'file', problem: cause.code.toLowerCase() }]);
  }
  return /unexpected end|aborted|malformed|boundary/iu.test(cause.message) ? new Refusal('upload-interrupted') : cause;
}

/** `1,5 GB` as an office writes it. */
export function humanSize(bytes: number): string {
  const units = ['byte', 'KB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size.toLocaleString('vi-VN', { maximumFractionDigits: 1 })} ${units[unit] ?? ''}`;
}
