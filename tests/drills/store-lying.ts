import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readingRoomLines } from '../../src/contract/reading-room.ts';
import { registryLines } from '../../src/contract/registry.ts';
import type { Figure } from '../bench/runner.ts';
import { startHouse } from '../support/house.ts';
import { seeded } from '../support/seeded.ts';
import { everyDeed, keep, type Kept } from './answers.ts';
import type { Ground } from './ground.ts';

/**
 * A disk that gives other bytes than it was given. One bit of each object is turned over, at a place that the seed
 * chooses, before or after the object has been read; then it is asked for whole, in parts and from its end.
 */
export async function storeLying({ database: found, seed, rounds, say }: Ground): Promise<Figure[]> {
  const house = await startHouse({ database: await found() });
  try {
    const chance = seeded(seed);
    const clerk = await house.visit('clerk');
    const words = Array.from({ length: 4 * rounds }, (_, at) => `khoadoi${String(at)}`);
    const [healthy, ...files] = await keep(clerk, words, 12_000);
    if (!healthy) throw new Error('nothing was kept');
    let wrongBytes = 0;
    let notFlagged = 0;
    let notTold = 0;
    for (const [at, file] of files.entries()) {
      // Every second one has been read before it turns: what was right once is not believed.
      if (at % 2 === 0) wrongBytes += (await givenWrong(house.base, clerk.cookie, file, [undefined, '0-99'])).length;
      const size = Buffer.byteLength(file.text);
      const place = await contentPath(house, file.fileId);
      const turned = chance.whole(0, size - 1);
      turnOver(place, turned, chance.whole(0, 7));
      const parts = [undefined, `${String(turned)}-${String(turned)}`, `-${String(size - turned)}`, '0-99'];
      const wrong = await givenWrong(house.base, clerk.cookie, file, parts);
      if (wrong.length > 0) say(`store lying: ${file.word}, byte ${String(turned)}: ${wrong.join(', ')}`);
      wrongBytes += wrong.length;
      const { files: said } = await clerk.ask(registryLines.record, { params: { id: file.recordId } });
      if (said[0]?.damaged !== true) notFlagged += 1;
      const { rows } = await house.database
        .owner()
        .query("select 1 from vankho.audit_event where record_id = $1 and type = 'content.damaged'", [file.recordId]);
      if (rows.length === 0) notTold += 1;
    }
    const others = (await everyDeed(clerk, healthy, 'lành', [])).filter(({ kind }) => kind !== 'right');
    const none = (name: string, value: number): Figure => ({
      name: `store lying: ${name}`,
      value,
      unit: '',
      goal: 0,
      better: 'lower',
    });
    return [
      { name: 'store lying: files with one bit turned', value: files.length, unit: '', goal: null, better: 'higher' },
      none('answers that gave other bytes than those that came', wrongBytes),
      none('damaged files that their record does not show', notFlagged),
      none('damaged files that the log does not name', notTold),
      none('answers about other files that were not right', others.length),
    ];
  } finally {
    await house.close();
  }
}

async function contentPath(house: Awaited<ReturnType<typeof startHouse>>, fileId: string): Promise<string> {
  const { rows } = await house.database
    .owner()
    .query<{ id: string }>('select content_id::text as id from vankho.record_file where id = $1', [fileId]);
  const vault = join(house.folder, 'objects', 'vault');
  const found = readdirSync(vault, { recursive: true }).find((name) => String(name).endsWith(rows[0]?.id ?? '-'));
  return join(vault, String(found));
}

function turnOver(path: string, at: number, bit: number): void {
  const { mode } = statSync(path);
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  chmodSync(path, 0o600);
  writeFileSync(path, bytes);
  chmodSync(path, mode);
}

/** Asks for each part and reads as far as it comes: every byte that arrives must be the one that was sent in. */
async function givenWrong(
  base: string,
  cookie: string,
  { fileId, text }: Kept,
  ranges: readonly (string | undefined)[],
): Promise<string[]> {
  const bytes = Buffer.from(text);
  const wrong: string[] = [];
  for (const range of ranges) {
    const response = await fetch(`${base}${readingRoomLines.content.path.replace(':fileId', fileId)}`, {
      headers: { cookie, ...(range === undefined ? {} : { range: `bytes=${range}` }) },
    }).catch(() => undefined);
    // Cut before the first byte.
    if (!response) continue;
    if (response.status >= 300) {
      await response.arrayBuffer();
      continue;
    }
    const start = Number(/^bytes (\d+)-/u.exec(response.headers.get('content-range') ?? '')?.[1] ?? 0);
    const came: Buffer[] = [];
    try {
      for await (const piece of response.body ?? []) came.push(Buffer.from(piece));
    } catch {
      // Cut: what came before it is looked at all the same.
    }
    const all = Buffer.concat(came);
    if (!all.equals(bytes.subarray(start, start + all.length))) wrong.push(range ?? 'whole');
  }
  return wrong;
}
