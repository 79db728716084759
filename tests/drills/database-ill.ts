import type { Figure } from '../bench/runner.ts';
import { startHouse } from '../support/house.ts';
import { seeded } from '../support/seeded.ts';
import { wireTo } from '../support/wire.ts';
import { keep, patientOf, type Illness } from './answers.ts';
import type { Ground } from './ground.ts';

const away = ['database-unavailable', 'log-unavailable'] as const;

/**
 * PostgreSQL behind a wire: slow, holding its breath, cut off, reset in the middle of a word, and saying what no
 * PostgreSQL says. (A byte changed inside a row cannot be noticed without TLS; docs/PERFORMANCE.md says so.)
 */
export async function databaseIll({ database: found, seed, rounds, say }: Ground): Promise<Figure[]> {
  const database = await found();
  const wire = await wireTo(database.ownerUrl);
  const house = await startHouse({
    database,
    settings: { VANKHO_DATABASE_URL: wire.url, VANKHO_STATEMENT_SECONDS: '2' },
  });
  try {
    const chance = seeded(seed);
    const clerk = await house.visit('clerk');
    const [kept] = await keep(clerk, ['khoabenh']);
    if (!kept) throw new Error('nothing was kept');
    const through = patientOf(house, clerk, kept, wire, say);
    const other = () => wire.lie((bytes) => Buffer.alloc(bytes.length, chance.whole(128, 255)));
    const illnesses: readonly Illness[] = [
      // Slow is not ill: nothing may be refused.
      { name: 'database slow', begin: () => wire.slow(5), longest: 10, expected: [], often: rounds },
      { name: 'database silent', begin: () => wire.hold(), longest: 20, expected: away, often: 1 },
      { name: 'database reset', begin: () => wire.reset(), longest: 10, expected: away, often: rounds },
      { name: 'database away', begin: () => wire.cut('refused'), longest: 10, expected: away, often: rounds },
      { name: 'database lying', begin: other, longest: 20, expected: away, often: rounds },
    ];
    const figures: Figure[] = [];
    for (const illness of illnesses) figures.push(...(await through(illness, away)));
    return figures;
  } finally {
    await house.close();
    await wire.close();
  }
}
