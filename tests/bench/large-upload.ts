import { createHash } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'minio';
import { firstOf, generatedOffice } from '../support/generated-office.ts';
import { installHouse, workDone } from '../support/installed-house.ts';
import { largePdf, uploadStream } from '../support/large-pdf.ts';
import { peakMegabytes } from '../support/processes.ts';
import { onPath, startMinio, type S3Server } from '../support/s3-server.ts';
import { Skipped, type Figure, type Measure, type Run } from './runner.ts';
import { timed } from './timing.ts';

/** Both hashes over what passes, as the strong-room makes them. */
function hashing(): Transform {
  const hashes = [createHash('sha256'), createHash('sha512')];
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      for (const hash of hashes) hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      for (const hash of hashes) hash.digest();
      done();
    },
  });
}

/** Without a house: the same bytes, both hashes, on the disk when it is done. */
async function toFile(megabytes: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'vankho-bare-'));
  try {
    return await timed(() =>
      pipeline(Readable.from(largePdf(megabytes)), hashing(), createWriteStream(join(folder, 'bare'), { flush: true })),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Without a house: MinIO's own client, which is told the size, and both hashes. */
async function toMinio(megabytes: number, { url, accessKey, secretKey }: S3Server): Promise<number> {
  const { hostname, port } = new URL(url);
  const client = new Client({ endPoint: hostname, port: Number(port), useSSL: false, accessKey, secretKey });
  let size = 0;
  for (const chunk of largePdf(megabytes)) size += chunk.length;
  await client.makeBucket('bare');
  const body = Readable.from(largePdf(megabytes)).pipe(hashing());
  return timed(() => client.putObject('bare', 'bare', body, size));
}

async function throughHouse(
  run: Run,
  megabytes: number,
  settings: Readonly<Record<string, string>>,
): Promise<{ readonly time: number; readonly peak: number }> {
  const office = generatedOffice(run.seed, 24);
  const house = await installHouse(office, settings);
  try {
    const { cookie } = await house.visit(firstOf(office, 'clerk'));
    let answer = { status: 0, body: '' };
    const time = await timed(async () => {
      answer = await uploadStream(house.url, cookie, 'lớn.pdf', largePdf(megabytes));
    });
    if (answer.status !== 201)
      throw new Error(`the large file was not received: ${String(answer.status)} ${answer.body}`);
    await workDone(house, 300_000);
    return { time, peak: peakMegabytes(house.pid) };
  } finally {
    await house.close();
  }
}

async function compared(
  run: Run,
  store: string,
  settings: Readonly<Record<string, string>>,
  bare: (megabytes: number) => Promise<number>,
): Promise<Figure[]> {
  const megabytes = run.amount('megabytes', 1024);
  const alone = await bare(megabytes);
  const { time, peak } = await throughHouse(run, megabytes, settings);
  const what = `${String(megabytes)} MiB into ${store}`;
  return [
    { name: `${what}, bare client and both hashes`, value: alone / 1000, unit: 's', goal: null, better: 'lower' },
    { name: `${what}, uploaded`, value: time / 1000, unit: 's', goal: null, better: 'lower' },
    { name: `${what}, speed against the bare client`, value: alone / time, unit: 'times', goal: 0.8, better: 'higher' },
    {
      name: `${what}, peak of the process until it is in the vault`,
      value: peak,
      unit: 'MB',
      goal: 300,
      better: 'lower',
    },
  ];
}

export const largeUploadMeasures: readonly Measure[] = [
  { name: 'large-upload-folder', measure: (run) => compared(run, 'a folder', {}, toFile) },
  {
    name: 'large-upload-minio',
    async measure(run) {
      if (!onPath('minio')) throw new Skipped('no program minio on PATH');
      const server = await startMinio();
      try {
        const settings = {
          VANKHO_S3_URL: server.url,
          VANKHO_S3_ACCESS_KEY: server.accessKey,
          VANKHO_S3_SECRET_KEY: server.secretKey,
        };
        return await compared(run, 'MinIO', settings, (megabytes) => toMinio(megabytes, server));
      } finally {
        await server.stop();
      }
    },
  },
];
