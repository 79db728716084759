import { setImmediate as immediate } from 'node:timers/promises';
import { searchLines } from '../../src/contract/search.ts';
import { byLanes, drawn, uploaded } from '../support/fill-by-door.ts';
import { eventually } from '../support/eventually.ts';
import { firstOf, generatedLetters, generatedOffice, type GeneratedLetter } from '../support/generated-office.ts';
import { installHouse, workDone, type InstalledHouse } from '../support/installed-house.ts';
import { startMeilisearch } from '../support/meilisearch-server.ts';
import { megabytesOf, peakMegabytes } from '../support/processes.ts';
import { onPath, startMinio } from '../support/s3-server.ts';
import type { Visitor } from '../support/visitor.ts';
import { Skipped, type Figure, type Measure, type Run } from './runner.ts';
import { percentile, timed } from './timing.ts';

/* What it costs to bring documents in, on an empty archive that was installed as an office installs it. */

const pages = 3;
const people = 24;

async function withHouse<T>(
  run: Run,
  settings: Readonly<Record<string, string>>,
  work: (house: InstalledHouse, clerk: Visitor) => Promise<T>,
): Promise<T> {
  const office = generatedOffice(run.seed, people);
  const house = await installHouse(office, settings);
  try {
    return await work(house, await house.visit(firstOf(office, 'clerk')));
  } finally {
    await house.close();
  }
}

async function found(clerk: Visitor, letter: GeneratedLetter): Promise<void> {
  await eventually(async () => {
    const { hits } = await clerk.ask(searchLines.search, { query: { q: letter.mark } });
    return hits.length > 0;
  });
}

async function uploadToFound(run: Run, clerk: Visitor): Promise<number[]> {
  const letters = [...generatedLetters(run.seed + 10, run.amount('uploads', 40), { pages })];
  const times: number[] = [];
  for (const [index, letter] of letters.entries()) {
    const bytes = await drawn(letter);
    const time = await timed(async () => {
      // The name is the only place besides the text where the mark could be found.
      await uploaded(clerk, `${String(index)}.pdf`, bytes);
      await found(clerk, letter);
    });
    // The first letter starts the reading child.
    if (index > 0) times.push(time);
  }
  return times;
}

const foundFigures = (engine: string, times: readonly number[]): Figure[] => [
  { name: `upload to found, ${engine}, p50`, value: percentile(times, 50), unit: 'ms', goal: null, better: 'lower' },
  { name: `upload to found, ${engine}, p95`, value: percentile(times, 95), unit: 'ms', goal: 1_000, better: 'lower' },
];

export const intakeMeasures: readonly Measure[] = [
  {
    name: 'upload-to-found-postgres',
    measure: (run) =>
      withHouse(run, {}, async (_house, clerk) => foundFigures('Postgres', await uploadToFound(run, clerk))),
  },
  {
    name: 'upload-to-found-meilisearch',
    async measure(run) {
      if (!onPath('meilisearch')) throw new Skipped('no program meilisearch on PATH');
      const server = await startMeilisearch();
      try {
        const settings = { VANKHO_MEILISEARCH_URL: server.url, VANKHO_MEILISEARCH_KEY: server.key };
        return await withHouse(run, settings, async (_house, clerk) =>
          foundFigures('Meilisearch', await uploadToFound(run, clerk)),
        );
      } finally {
        await server.stop();
      }
    },
  },
  {
    name: 'memory-full-mode',
    async measure(run) {
      for (const program of ['meilisearch', 'minio'])
        if (!onPath(program)) throw new Skipped(`no program ${program} on PATH`);
      const [index, store] = [await startMeilisearch(), await startMinio()];
      try {
        const settings = {
          VANKHO_MEILISEARCH_URL: index.url,
          VANKHO_MEILISEARCH_KEY: index.key,
          VANKHO_S3_URL: store.url,
          VANKHO_S3_ACCESS_KEY: store.accessKey,
          VANKHO_S3_SECRET_KEY: store.secretKey,
        };
        return await withHouse(run, settings, async (house, clerk) => {
          const figures = (when: string, goal: number | null): Figure[] => {
            const parts = [
              ['the house and PostgreSQL', megabytesOf(house.pid, house.databasePid)],
              ['MinIO', megabytesOf(store.pid)],
              ['Meilisearch', megabytesOf(index.pid)],
            ] as const;
            const what = `memory of the stack with MinIO and Meilisearch ${when}`;
            const figure = (name: string, value: number, promised: number | null): Figure => {
              return { name, value, unit: 'MB', goal: promised, better: 'lower' };
            };
            const whole = parts.reduce((sum, [, value]) => sum + value, 0);
            return [figure(what, whole, goal), ...parts.map(([part, value]) => figure(`- ${part}`, value, null))];
          };
          const atRest = figures('at rest', 400);
          await uploadToFound(run, clerk);
          await workDone(house);
          return [...atRest, ...figures('after 40 letters', null)];
        });
      } finally {
        await index.stop();
        await store.stop();
      }
    },
  },
  {
    name: 'documents-a-minute',
    measure: (run) =>
      withHouse(run, {}, async (house, clerk) => {
        const atRest = megabytesOf(house.pid, house.databasePid);
        const count = run.amount('documents', 300);
        run.say(`drawing ${String(count)} letters`);
        const pile: (readonly [string, Uint8Array])[] = [];
        for (const letter of generatedLetters(run.seed + 20, count, { pages }))
          pile.push([letter.fileName, await drawn(letter)]);
        // The house has hung up meanwhile; who drew without a pause has not heard of it yet.
        await immediate();
        let acknowledged = 0;
        let working = 0;
        const time = await timed(async () => {
          acknowledged = await timed(() =>
            byLanes(pile, 6, async ([name, bytes]) => {
              await uploaded(clerk, name, bytes);
            }),
          );
          working = megabytesOf(house.pid, house.databasePid);
          await workDone(house);
        });
        const aMinute = (milliseconds: number): number => (count / milliseconds) * 60_000;
        const figure = (
          name: string,
          value: number,
          unit: string,
          goal: number | null,
          better: 'lower' | 'higher',
        ) => ({
          name,
          value,
          unit,
          goal,
          better,
        });
        return [
          figure('documents a minute: received, read, in the vault, indexed', aMinute(time), '/min', 1_200, 'higher'),
          figure('documents a minute: acknowledged', aMinute(acknowledged), '/min', null, 'higher'),
          figure('memory of the whole stack at rest, embedded', atRest, 'MB', 400, 'lower'),
          figure('memory of the whole stack while 6 upload', working, 'MB', null, 'lower'),
          figure('peak of the process while 6 upload', peakMegabytes(house.pid), 'MB', null, 'lower'),
        ];
      }),
  },
];
