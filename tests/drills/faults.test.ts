import { held, type Figure } from '../bench/runner.ts';
import { testDatabase } from '../support/database.ts';
import { whyNoSmallDisk } from '../support/small-disk.ts';
import { databaseIll } from './database-ill.ts';
import { diskFullDatabase } from './disk-full-database.ts';
import { diskFull } from './disk-full.ts';
import type { Ground } from './ground.ts';
import { indexIll } from './index-ill.ts';
import { storeLying } from './store-lying.ts';

/** The drills of `npm run drill` once more, small: a part of the house is slow, away, full or lies. */

const ground: Ground = {
  database: () => testDatabase(),
  seed: 11,
  rounds: 1,
  say: (text) => console.error(text),
};
const broken = (figures: readonly Figure[]) => figures.filter((figure) => held(figure) === false);

test('PostgreSQL slow, silent, reset, away and lying', async () => {
  expect(broken(await databaseIll(ground))).toEqual([]);
}, 120_000);

test('a store that gives other bytes than it was given', async () => {
  expect(broken(await storeLying(ground))).toEqual([]);
}, 120_000);

test('a search server that lies and one that says nothing', async () => {
  expect(broken(await indexIll(ground))).toEqual([]);
}, 120_000);

const whyNot = whyNoSmallDisk();
if (whyNot !== undefined) console.warn(`SKIPPED: the full disk: ${whyNot}`);
(whyNot === undefined ? test : test.skip)(
  'a full disk',
  async () => {
    expect(broken(await diskFull(ground))).toEqual([]);
  },
  120_000,
);
(whyNot === undefined ? test : test.skip)(
  'a full disk under the files and the database',
  async () => {
    expect(broken(await diskFullDatabase({ ...ground, rounds: 1 }))).toEqual([]);
  },
  120_000,
);
