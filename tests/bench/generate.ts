import { randomInt } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fillByDoor, planByDoor } from '../support/fill-by-door.ts';
import { fillTables } from '../support/fill-tables.ts';
import { firstOf, generatedLetters, generatedOffice, generatedPlans } from '../support/generated-office.ts';
import { installHouse, workDone } from '../support/installed-house.ts';

/**
 * `npm run generate`: an archive of a made-up office in a folder of its own, to be looked at with
 * `VANKHO_DATA=FOLDER npm start`. By the front door (`--way door`, the default) every letter is drawn, uploaded and
 * registered into the dossier it names; `--way tables` writes 100,000 records in minutes, without their bytes.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'var/generated' },
    letters: { type: 'string', default: '300' },
    people: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    way: { type: 'string', default: 'door' },
  },
});
const folder = resolve(values.data);
const [letters, people, seed] = [Number(values.letters), Number(values.people), Number(values.seed)];
if (![letters, people, seed].every(Number.isSafeInteger) || people < 20)
  throw new Error('--letters, --people (20 or more) and --seed take whole numbers');
if (values.way !== 'door' && values.way !== 'tables') throw new Error('--way is door or tables');

await mkdir(folder, { recursive: true });
if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty`);
console.log(`${String(letters)} letters, ${String(people)} people, --seed ${String(seed)}, into ${folder}`);
const office = generatedOffice(seed, people);
const house = await installHouse(office, {}, folder);
try {
  const pile = generatedLetters(seed, letters);
  const plans = generatedPlans(seed, office, letters);
  if (values.way === 'tables')
    await fillTables(pile, { url: house.databaseUrl, say: (text) => console.log(text), plans });
  else {
    const officer = await house.visit(firstOf(office, 'records-officer'));
    for (const plan of plans) await planByDoor(officer, plan);
    await fillByDoor(await house.visit(firstOf(office, 'clerk')), pile);
  }
  await workDone(house, 600_000);
} finally {
  await house.stop();
}
console.log(`Passwords are in ${join(folder, 'people.json')}. Look at it: VANKHO_DATA=${values.data} npm start`);
