import pg from 'pg';
import type { Found, Question, SearchEngine } from '../../src/departments/search/ports.ts';
import { newId } from '../../src/kernel/ids.ts';
import { createPostgresEngine } from '../../src/platform/search-engine/postgres.ts';
import { searchDatabase } from '../support/search-database.ts';
import { searchEngineContract } from './search-engine.suite.ts';

searchEngineContract('postgres', async () => {
  const database = await searchDatabase();
  const gone = new pg.Pool({ host: '127.0.0.1', port: 1, connectionTimeoutMillis: 2_000 });
  return {
    engine: createPostgresEngine(database),
    another: () => createPostgresEngine(database),
    unreachable: () => createPostgresEngine({ pool: gone, readerPool: () => gone }),
    close: async () => {
      await gone.end();
      await database.close();
    },
  };
});

describe('more records than are counted', () => {
  const readers = [`unit:${newId()}`];
  const question: Question = {
    words: '',
    ranks: [0, 1, 2],
    clearance: 2,
    readers,
    filters: {},
    limit: 20,
    withFacets: true,
  };
  const many = 10_020;
  let database: Awaited<ReturnType<typeof searchDatabase>>;
  let engine: SearchEngine;

  beforeAll(async () => {
    database = await searchDatabase();
    engine = createPostgresEngine(database);
    const columns = `record_id, version, readers, number_keys, head, words, direction, urgency, state, received_at`;
    const [near, far] = [`'ban':1B 'hanh':2B`, `'ban':1B 'hanh':9B`];
    // In one of three the words stand side by side; 20 of another rank are older than all others.
    await database.pool.query(
      `insert into vankho.search_rank_1 (${columns})
       select gen_random_uuid(), 1, $1::text[], '{}', '', (case when n % 3 = 0 then $3 else $4 end)::tsvector,
         'incoming', 'normal', 'declared', timestamptz '2024-01-01' + n * interval '1 minute' from generate_series(1, $2) as n`,
      [readers, many, near, far],
    );
    await database.pool.query(
      `insert into vankho.search_rank_0 (${columns})
       select gen_random_uuid(), 1, $1::text[], '{}', '', $2::tsvector, 'outgoing', 'normal', 'declared', timestamptz '2020-01-01'
       from generate_series(1, 20)`,
      [readers, near],
    );
    await database.pool.query(
      `insert into vankho.search_rank_2 (${columns})
       values (gen_random_uuid(), 1, $1::text[], '{}', '', $2::tsvector, 'outgoing', 'normal', 'declared', timestamptz '2019-01-01')`,
      [readers, `'hanh':1B 'ban':2B`],
    );
  });
  afterAll(() => database.close());

  test.each(['', 'ban hanh '])('%j: the newest are counted, and each page says that there are more', async (words) => {
    const first = await engine.find({ ...question, words });
    expect(first.total).toEqual({ count: 10_000, atLeast: true });
    expect(first.facets?.direction).toEqual([{ value: 'incoming', count: 10_000 }]);
    const second = await engine.find({ ...question, words, withFacets: false, after: first.next ?? '' });
    expect(second.total).toEqual(first.total);
    const narrower = await engine.find({ ...question, words, filters: { include: { direction: ['outgoing'] } } });
    expect(narrower.total).toEqual({ count: 21, atLeast: false });
    expect(narrower.facets?.direction[0]).toEqual({ value: 'incoming', count: 10_000 });
  });

  test('where words stand is looked at in the newest 5,000 that have them', async () => {
    const found = await engine.find({ ...question, words: '"ban hanh"' });
    expect(found.total.atLeast).toBe(true);
    expect(Math.abs(found.total.count - 5_000 / 3)).toBeLessThan(1);
    const few = await engine.find({ ...question, words: '"ban hanh"', ranks: [0] });
    expect(few.total).toEqual({ count: 20, atLeast: false });
  });

  test.each([
    ['"hanh ban"', 1],
    ['"ban ban"', 0],
  ])('%s: what is shown is all there is, and the total says so', async (words, count) => {
    const { recordIds, total } = await engine.find({ ...question, words });
    expect(recordIds).toHaveLength(count);
    expect(total).toEqual({ count, atLeast: false });
  });

  test('every hit of a phrase is given, also those that were not counted', async () => {
    const seen = new Set<string>();
    let after: string | null = null;
    do {
      const page: Found = await engine.find({
        ...question,
        words: '"ban hanh"',
        limit: 1_000,
        withFacets: false,
        ...(after === null ? {} : { after }),
      });
      for (const id of page.recordIds) seen.add(id);
      after = page.next;
    } while (after !== null);
    expect(seen.size).toBe(many / 3 + 20);
  });
});
