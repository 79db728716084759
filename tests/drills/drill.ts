import { runCommand } from '../bench/runner.ts';
import { kindOfMachine } from '../support/processes.ts';
import { killMeasures } from './killing.ts';

/** `npm run drill`: the house is ended in the middle of its work, again and again; a promise that is broken ends it with 1. */
console.error(kindOfMachine());
await runCommand({ title: 'drill', measures: killMeasures, options: ['cycles', 'seconds'], strict: true });
