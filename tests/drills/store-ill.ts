import { Skipped, type Figure } from '../bench/runner.ts';
import { startHouse } from '../support/house.ts';
import { onPath, startMinio, startSeaweed } from '../support/s3-server.ts';
import { wireTo } from '../support/wire.ts';
import { keep, patientOf, type Illness } from './answers.ts';
import type { Ground } from './ground.ts';

const away = ['store-unavailable', 'content-damaged'] as const;

/** An S3 server behind a wire: slow, reset in the middle, away, silent, and giving other bytes than it was given. */
export async function storeIll({ database: found, rounds, say }: Ground): Promise<Figure[]> {
  const start = onPath('minio') ? startMinio : onPath('weed') ? startSeaweed : undefined;
  if (!start) throw new Skipped('neither `minio` nor `weed` is on the PATH');
  const server = await start();
  const wire = await wireTo(server.url);
  const database = await found();
  const house = await startHouse({
    database,
    settings: {
      VANKHO_S3_URL: wire.url,
      VANKHO_S3_ACCESS_KEY: server.accessKey,
      VANKHO_S3_SECRET_KEY: server.secretKey,
    },
  });
  try {
    const clerk = await house.visit('clerk');
    const [kept] = await keep(clerk, ['khoatu']);
    if (!kept) throw new Error('nothing was kept');
    const through = patientOf(house, clerk, kept, wire, say);
    const illnesses: readonly Illness[] = [
      { name: 'store slow', begin: () => wire.slow(100), longest: 30, expected: [], often: rounds },
      { name: 'store reset', begin: () => wire.reset(), longest: 10, expected: away, often: rounds },
      { name: 'store away', begin: () => wire.cut('refused'), longest: 10, expected: away, often: rounds },
      // Only what lies behind the head of a reply: the bytes themselves.
      {
        name: 'store giving other bytes',
        begin: () => wire.lie(otherBody),
        longest: 10,
        expected: away,
        often: rounds,
      },
      { name: 'store silent', begin: () => wire.hold(), longest: 65, expected: away, often: 1 },
    ];
    const figures: Figure[] = [];
    for (const illness of illnesses) figures.push(...(await through(illness, away)));
    return figures;
  } finally {
    await house.close();
    await wire.close();
    await server.stop();
  }
}

/** The last byte of every reply that has a body and is no XML. */
function otherBody(bytes: Buffer): Buffer {
  const body = bytes.indexOf('\r\n\r\n');
  const isXml = bytes.includes('<?xml');
  if (isXml || body === bytes.length - 4) return bytes;
  const changed = Buffer.from(bytes);
  const last = changed.length - 1;
  changed[last] = (changed[last] ?? 0) ^ 1;
  return changed;
}
