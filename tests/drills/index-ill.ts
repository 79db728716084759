import type { Figure } from '../bench/runner.ts';
import { startHouse } from '../support/house.ts';
import { startLyingServer, type Lie } from '../support/lying-server.ts';
import { wireTo } from '../support/wire.ts';
import { everyDeed, keep, type Heard } from './answers.ts';
import type { Ground } from './ground.ts';

const lies: readonly Lie[] = ['fault', 'page', 'nonsense', 'half', 'empty'];

/**
 * A search server that faults, answers with something else, or takes questions and says nothing. Search lists by
 * metadata and says so; uploads do not even become slower, because nobody waits for an index.
 */
export async function indexIll({ database: found, rounds, say }: Ground): Promise<Figure[]> {
  const database = await found();
  const server = await startLyingServer();
  const wire = await wireTo(server.url);
  const house = await startHouse({ database, settings: { VANKHO_MEILISEARCH_URL: wire.url } });
  try {
    const clerk = await house.visit('clerk');
    const [kept] = await keep(clerk, ['khoamucluc']);
    if (!kept) throw new Error('nothing was kept');
    const all: Heard[] = [];
    for (const lie of lies) {
      server.lies(lie);
      for (let round = 0; round < rounds; round += 1)
        all.push(...(await everyDeed(clerk, kept, `dối${lie}${String(round)}`, [])));
    }
    wire.hold();
    const silent: Heard[] = [];
    const searching = everyDeed(clerk, kept, '', [], ['search']);
    for (let round = 0; round < 5 * rounds; round += 1)
      silent.push(
        ...(await everyDeed(clerk, kept, `lặng${String(round)}`, [], ['upload', 'content', 'part', 'record'])),
      );
    const slowest = Math.max(...silent.filter(({ deed }) => deed === 'upload').map(({ seconds }) => seconds));
    const [search] = await searching;
    all.push(...silent, ...(search ? [search] : []));
    const wrong = all.filter(({ kind }) => kind !== 'right');
    if (wrong.length > 0) say(`index ill: ${JSON.stringify(wrong.slice(0, 5))}`);
    const figure = (name: string, value: number, unit: string, goal: number | null): Figure => ({
      name: `index ill: ${name}`,
      value,
      unit,
      goal,
      better: goal === null ? 'higher' : 'lower',
    });
    return [
      figure('answers', all.length, '', null),
      figure('not right', wrong.length, '', 0),
      figure('longest wait for a search', search?.seconds ?? Number.NaN, 's', 20),
      figure('slowest upload while it says nothing', slowest, 's', 2),
    ];
  } finally {
    await house.close();
    await wire.close();
    await server.close();
  }
}
