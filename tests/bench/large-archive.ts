import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { searchLines } from '../../src/contract/search.ts';
import type { Question, SearchEngine } from '../../src/departments/search/ports.ts';
import { createMeilisearchEngine } from '../../src/platform/search-engine/meilisearch.ts';
import { createPostgresEngine } from '../../src/platform/search-engine/postgres.ts';
import { fillEngine, fillTables } from '../support/fill-tables.ts';
import {
  firstOf,
  generatedLetters,
  generatedOffice,
  generatedPlans,
  type GeneratedLetter,
} from '../support/generated-office.ts';
import { topics } from '../support/generated-words.ts';
import { installHouse, workDone, type InstalledHouse } from '../support/installed-house.ts';
import { startMeilisearch } from '../support/meilisearch-server.ts';
import { onPath } from '../support/s3-server.ts';
import { seeded } from '../support/seeded.ts';
import type { Visitor } from '../support/visitor.ts';
import { Skipped, type Figure, type Measure, type Run } from './runner.ts';
import { percentile, timed } from './timing.ts';

/* Lists and searches in an archive of 100,000 records, by people who may see all, much or little of it. */

const roles = ['clerk', 'leader', 'staff'] as const;

/** What people type, a kind after the other so that each weighs the same. */
function questions(run: Run, letters: readonly GeneratedLetter[]): string[] {
  const chance = seeded(run.seed + 30);
  const kinds: readonly (() => string)[] = [
    () => {
      const { codeNumber, codeNotation } = chance.one(letters);
      return `${codeNumber ?? ''}/${codeNotation ?? ''}`;
    },
    () => chance.one(letters).mark,
    () => chance.one(topics),
    () => chance.one(topics).normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd'),
    () => `"${chance.one(letters).issuer}"`,
    () => chance.one(letters).signerName,
    () => chance.one(['báo cáo', 'kế hoạch', 'đề nghị', 'công thương', 'năm 2025', 'bao c']),
    () => chance.one(letters).subject.split(' ').slice(1, 6).join(' '),
  ];
  return Array.from({ length: run.amount('questions', 160) }, (_, at) =>
    (kinds[at % kinds.length] ?? kinds[0] ?? String)(),
  );
}

/** The archive that these measures share, filled when it is not yet. */
export async function archive(run: Run): Promise<InstalledHouse> {
  const given = run.option('archive');
  const folder = given === undefined ? mkdtempSync(join(tmpdir(), 'vankho-archive-')) : resolve(given);
  mkdirSync(folder, { recursive: true });
  const office = generatedOffice(run.seed, 200);
  const house = await installHouse(office, {}, folder);
  const filled = join(folder, 'filled');
  if (existsSync(filled)) return house;
  const records = run.amount('records', 100_000);
  run.say(`writing ${String(records)} records`);
  const plans = generatedPlans(run.seed, office, records);
  await fillTables(generatedLetters(run.seed, records), { url: house.databaseUrl, say: run.say, plans });
  writeFileSync(filled, String(records));
  return house;
}

/** Asks the engine alone what the archive asks it for this person; answers how long that took. */
async function engineAlone(
  house: InstalledHouse,
  name: string,
  engine: SearchEngine,
): Promise<(words: string) => Promise<number>> {
  const { rows } = await house.owner().query<{ reader: string }>(
    `select 'person:' || p.id as reader from vankho.person p where p.login_name = $1
     union all select 'unit:' || a.unit_id from vankho.person p join vankho.appointment a on a.person_id = p.id where p.login_name = $1
     union all select 'desk:' || p.agency_id from vankho.person p where p.login_name = $1 union all select 'all'`,
    [name],
  );
  const question: Omit<Question, 'words'> = {
    ranks: [0, 1, 2],
    clearance: 2,
    readers: rows.map(({ reader }) => reader),
    filters: {},
    limit: 20,
    withFacets: true,
  };
  return (words) => timed(() => engine.find({ ...question, words }));
}

const ask = (person: Visitor, q: string): Promise<number> =>
  timed(() => person.ask(searchLines.search, { query: { q, limit: 20 } }));

async function searchFigures(
  run: Run,
  house: InstalledHouse,
  name: 'Postgres' | 'Meilisearch',
  engine: SearchEngine,
): Promise<Figure[]> {
  const goal = name === 'Postgres' ? 150 : 50;
  const office = generatedOffice(run.seed, 200);
  const asked = questions(run, [...generatedLetters(run.seed, 3_000)]);
  const all: number[] = [];
  const figures: Figure[] = [];
  const clerk: number[] = [];
  const alone: number[] = [];
  const extra: number[] = [];
  const asksAlone = await engineAlone(house, firstOf(office, 'clerk'), engine);
  for (const role of roles) {
    const person = await house.visit(firstOf(office, role));
    for (const q of asked.slice(0, 10)) await ask(person, q);
    const times: number[] = [];
    for (const q of asked) {
      times.push(await ask(person, q));
      if (role !== 'clerk') continue;
      // Asked once, the question is warm for both.
      const time = await asksAlone(q);
      alone.push(time);
      extra.push((await ask(person, q)) - time);
    }
    all.push(...times);
    if (role === 'clerk') clerk.push(...times);
    figures.push({
      name: `search, ${name}, ${role}, p95`,
      value: percentile(times, 95),
      unit: 'ms',
      goal: null,
      better: 'lower',
    });
  }
  const slowest = asked.map((q, at) => ({ q, time: clerk[at] ?? 0 })).sort((one, other) => other.time - one.time);
  run.say(
    `slowest for the clerk: ${slowest
      .slice(0, 6)
      .map(({ q, time }) => `${q} ${time.toFixed(0)} ms`)
      .join('; ')}`,
  );
  return [
    { name: `search, ${name}, p50`, value: percentile(all, 50), unit: 'ms', goal: null, better: 'lower' },
    { name: `search, ${name}, p95`, value: percentile(all, 95), unit: 'ms', goal, better: 'lower' },
    ...figures,
    {
      name: `search, ${name}, engine alone, p95`,
      value: percentile(alone, 95),
      unit: 'ms',
      goal: null,
      better: 'lower',
    },
    {
      name: `search, ${name}, more than the engine alone, p50`,
      value: percentile(extra, 50),
      unit: 'ms',
      goal: null,
      better: 'lower',
    },
    {
      name: `search, ${name}, more than the engine alone, p95`,
      value: percentile(extra, 95),
      unit: 'ms',
      goal: name === 'Meilisearch' ? 15 : null,
      better: 'lower',
    },
  ];
}

const listSeconds = 40;

/** Pages of the whole list one after the other, every twentieth of them once more with its counts. */
async function listFigures(run: Run, house: InstalledHouse, name: string): Promise<Figure[]> {
  const office = generatedOffice(run.seed, 200);
  const times: number[] = [];
  let depth = 0;
  for (const role of ['clerk', 'staff'] as const) {
    const person = await house.visit(firstOf(office, role));
    const until = performance.now() + (listSeconds * 1000) / 2;
    let after: string | null = '';
    for (let page = 0; after !== null && performance.now() < until; page += 1) {
      const place: { after?: string } = after === '' ? {} : { after };
      const counted = page % 20 === 0;
      if (counted) times.push(await timed(() => person.ask(searchLines.search, { query: { ...place, limit: 50 } })));
      const { next, hits } = await person.ask(searchLines.search, { query: { ...place, limit: 50, facets: 'no' } });
      after = next;
      if (role === 'clerk') depth += hits.length;
    }
  }
  return [
    { name: `list with counts, ${name}, p50`, value: percentile(times, 50), unit: 'ms', goal: null, better: 'lower' },
    { name: `list with counts, ${name}, p95`, value: percentile(times, 95), unit: 'ms', goal: 150, better: 'lower' },
    { name: `list, ${name}, deepest row reached`, value: depth, unit: 'rows', goal: null, better: 'higher' },
  ];
}

async function withPool<T>(house: InstalledHouse, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const options = '-c search_path=vankho,public';
  const pool = new pg.Pool({ connectionString: house.databaseUrl, max: 4, options }).on('error', () => undefined);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** An archive that somebody named stays for the next run. */
export const left = (run: Run, house: InstalledHouse): Promise<void> =>
  run.option('archive') === undefined ? house.close() : house.stop();

export const largeArchiveMeasures: readonly Measure[] = [
  {
    name: 'large-archive',
    async measure(run) {
      const house = await archive(run);
      const pool = new pg.Pool({
        connectionString: house.databaseUrl,
        max: 4,
        options: '-c search_path=vankho,public',
      });
      try {
        const figures = await searchFigures(
          run,
          house,
          'Postgres',
          createPostgresEngine({ pool, readerPool: () => pool }),
        );
        return [...figures, ...(await listFigures(run, house, 'Postgres'))];
      } finally {
        await pool.end();
        await left(run, house);
      }
    },
  },
  {
    name: 'large-archive-meilisearch',
    async measure(run) {
      if (!onPath('meilisearch')) throw new Skipped('no program meilisearch on PATH');
      const server = await startMeilisearch();
      const house = await archive(run);
      try {
        run.say('filling Meilisearch');
        const { url, key } = server;
        await withPool(house, async (pool) => {
          const engine = createMeilisearchEngine({ pool, readerPool: () => pool, url, key });
          await engine.provision();
          await fillEngine(house.databaseUrl, engine, run.say);
          await engine.close();
        });
        await house.restart({ VANKHO_MEILISEARCH_URL: url, VANKHO_MEILISEARCH_KEY: key });
        await workDone(house);
        // The database began again with the house, on another port.
        return await withPool(house, async (pool) => {
          const engine = createMeilisearchEngine({ pool, readerPool: () => pool, url, key });
          const figures = await searchFigures(run, house, 'Meilisearch', engine);
          await engine.close();
          return [...figures, ...(await listFigures(run, house, 'Meilisearch'))];
        });
      } finally {
        await left(run, house);
        await server.stop();
      }
    },
  },
];
