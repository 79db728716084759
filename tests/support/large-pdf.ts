import type { Buffer as Bytes } from 'node:buffer';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const piece = Buffer.alloc(1 << 20, 0x20);

/** A PDF of one empty page, with a stream of `megabytes` MiB in it that no page uses. */
export function* largePdf(megabytes: number): Generator<Bytes> {
  const parts = [
    '%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n',
    '2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n',
    '3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n',
  ];
  const offsets: number[] = [];
  let at = 0;
  for (const [index, text] of parts.entries()) {
    offsets.push(at + (index === 0 ? text.indexOf('1 0 obj') : 0));
    at += Buffer.byteLength(text);
    yield Buffer.from(text);
  }
  offsets.push(at);
  const open = Buffer.from(`4 0 obj\n<</Length ${String(megabytes * piece.length)}>>\nstream\n`);
  yield open;
  for (let index = 0; index < megabytes; index += 1) yield piece;
  const close = Buffer.from('\nendstream\nendobj\n');
  yield close;
  at += open.length + megabytes * piece.length + close.length;
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  yield Buffer.from(
    `xref\n0 5\n0000000000 65535 f \n${lines}trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n${String(at)}\n%%EOF\n`,
  );
}

/** Uploads bytes as they are made, so that the sender holds none of them either. */
export async function uploadStream(
  base: string,
  cookie: string,
  name: string,
  chunks: Iterable<Bytes>,
): Promise<{ readonly status: number; readonly body: string }> {
  const boundary = 'ranh-gioi-cua-phep-thu';
  const sent = request(`${base}/api/uploads`, {
    method: 'POST',
    headers: { cookie, 'x-vankho-client': 'tests', 'content-type': `multipart/form-data; boundary=${boundary}` },
  });
  const answered = new Promise<{ status: number; body: string }>((resolve, reject) => {
    sent.once('error', reject);
    sent.once('response', (response) => {
      response.setEncoding('utf8');
      response.toArray().then((parts) => resolve({ status: response.statusCode ?? 0, body: parts.join('') }), reject);
    });
  });
  function* body(): Generator<Bytes> {
    yield Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/pdf\r\n\r\n`,
    );
    yield* chunks;
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
  }
  await pipeline(Readable.from(body()), sent);
  return answered;
}
