import { runCommand, type Figure, type Measure } from '../bench/runner.ts';
import { kindOfMachine } from '../support/processes.ts';
import { databaseIll } from './database-ill.ts';
import { diskFullDatabase } from './disk-full-database.ts';
import { diskFull } from './disk-full.ts';
import { drillDatabase, type Ground } from './ground.ts';
import { indexIll } from './index-ill.ts';
import { killMeasures } from './killing.ts';
import { storeIll } from './store-ill.ts';
import { storeLying } from './store-lying.ts';

/**
 * `npm run drill`: the house is ended in the middle of its work, again and again, and each part of it falls ill; a
 * promise that is broken ends the command with 1.
 */
const illness = (name: string, drill: (ground: Ground) => Promise<Figure[]>): Measure => ({
  name,
  measure: (run) =>
    drill({ database: drillDatabase, seed: run.seed, rounds: run.amount('rounds', 10), say: (text) => run.say(text) }),
});

console.error(kindOfMachine());
await runCommand({
  title: 'drill',
  measures: [
    ...killMeasures,
    illness('database', databaseIll),
    illness('index', indexIll),
    illness('store', storeIll),
    illness('store-lying', storeLying),
    illness('disk-full', diskFull),
    illness('disk-full-database', diskFullDatabase),
  ],
  options: ['cycles', 'seconds', 'rounds'],
  strict: true,
});
