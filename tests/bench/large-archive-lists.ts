import { correspondentLines } from '../../src/contract/correspondents.ts';
import { dossierLines } from '../../src/contract/dossiers.ts';
import { registerLines } from '../../src/contract/registers.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { firstOf, generatedOffice } from '../support/generated-office.ts';
import type { InstalledHouse } from '../support/installed-house.ts';
import type { Visitor } from '../support/visitor.ts';
import { archive, left } from './large-archive.ts';
import type { Figure, Measure, Run } from './runner.ts';
import { percentile, timed } from './timing.ts';

/*
 * Lists that a desk turns over all day, in the same archive: the tree of a plan, dossiers and what stands in them, books,
 * correspondents. A list is paged to its end, so that the deepest page weighs as much as the first.
 */

const goal = 150;
const rounds = 12;

type Asking = () => AsyncGenerator<number>;

/** Every page of a list until its end, or as many as are given. */
async function* pages(
  ask: (after: { after?: string }) => Promise<{ readonly next: string | null }>,
  most = 400,
): AsyncGenerator<number> {
  let place: { after?: string } | undefined = {};
  for (let page = 0; place !== undefined && page < most; page += 1) {
    const asked: { after?: string } = place;
    const begun = performance.now();
    const { next } = await ask(asked);
    yield performance.now() - begun;
    place = next === null ? undefined : { after: next };
  }
}

async function* again(ask: () => Promise<unknown>, times = rounds): AsyncGenerator<number> {
  for (let time = 0; time < times; time += 1) yield await timed(ask);
}

interface Dossiers {
  readonly year: number;
  /** By how much stands in them, the fullest first. */
  readonly ids: readonly string[];
}

async function fullest(house: InstalledHouse): Promise<Dossiers> {
  const { rows } = await house.owner().query<{ id: string; year: number }>(
    `select d.id, d.year from vankho.dossier d join vankho.dossier_item i on i.dossier_id = d.id and i.removed_at is null
     where d.title_rank < 2 group by d.id order by count(*) desc, d.id`,
  );
  return { year: rows[0]?.year ?? 0, ids: rows.map(({ id }) => id) };
}

/** Lists that everybody has. */
function dossierLists(person: Visitor, { year, ids }: Dossiers): readonly (readonly [string, Asking])[] {
  const [largest = ''] = ids;
  const some = ids.filter((_, at) => at % Math.max(1, Math.floor(ids.length / 40)) === 0);
  return [
    ['plan of a year', () => again(() => person.ask(dossierLines.plan, { query: { year } }))],
    ['dossiers, every page', () => pages((query) => person.ask(dossierLines.dossiers, { query }))],
    [
      'dossiers by words',
      () => again(() => person.ask(dossierLines.dossiers, { query: { q: 'phoi hop kiem tra', state: 'open' } })),
    ],
    [
      'one dossier with its documents',
      async function* () {
        for (const id of some)
          yield await timed(async () => {
            // As the page does it: both at once. Not everybody knows every dossier; a refusal is an answer.
            await Promise.all(
              [dossierLines.dossier, dossierLines.items].map((line) => person.call(line, { params: { id } })),
            );
          });
      },
    ],
    ['largest dossier', () => again(() => person.call(dossierLines.dossier, { params: { id: largest } }))],
  ];
}

/** The clerk knows every dossier, and has the books and the bodies. */
async function deskLists(clerk: Visitor, { ids }: Dossiers): Promise<readonly (readonly [string, Asking])[]> {
  const [largest = ''] = ids;
  const params = { id: largest };
  const { rows: books } = await clerk.ask(registerLines.registers);
  const book = (direction: string): string =>
    [...books].sort((one, other) => other.entries - one.entries).find((row) => row.direction === direction)?.id ?? '';
  const entries = (direction: string) =>
    pages((query) => clerk.ask(registerLines.entries, { params: { id: book(direction) }, query }));
  return [
    [
      'documents of the largest dossier, every page',
      () => pages((query) => clerk.ask(dossierLines.items, { params, query })),
    ],
    ['books', () => again(() => clerk.ask(registerLines.registers))],
    ['book of arrivals, every page', () => entries('incoming')],
    ['book without numbers, every page', () => entries('outgoing')],
    ['correspondents, first page', () => again(() => clerk.ask(correspondentLines.correspondents))],
    ['correspondents, every page', () => pages((query) => clerk.ask(correspondentLines.correspondents, { query }))],
    [
      'correspondents by words',
      () => again(() => clerk.ask(correspondentLines.correspondents, { query: { q: 'tài chính' } })),
    ],
    ['suggestion of correspondents', () => again(() => clerk.ask(registryLines.suggestions))],
  ];
}

async function figures(run: Run, who: string, lists: readonly (readonly [string, Asking])[]): Promise<Figure[]> {
  const found: Figure[] = [];
  for (const [name, asking] of lists) {
    const times: number[] = [];
    for await (const time of asking()) times.push(time);
    run.say(`${who}, ${name}: ${String(times.length)} requests, longest ${Math.max(...times).toFixed(0)} ms`);
    for (const share of [50, 95])
      found.push({
        name: `${name}, ${who}, p${String(share)}`,
        value: percentile(times, share),
        unit: 'ms',
        goal: share === 95 ? goal : null,
        better: 'lower',
      });
  }
  return found;
}

/** The list as a file is made whole: no goal but to know what it takes. */
async function listFiles(person: Visitor, { ids }: Dossiers): Promise<Figure[]> {
  const found: Figure[] = [];
  for (const [name, id] of [
    ['largest dossier', ids[0]],
    ['dossier of the middle', ids[Math.floor(ids.length / 2)]],
  ] as const)
    for (const form of ['pdf', 'xlsx'] as const) {
      const times: number[] = [];
      for await (const time of again(
        () => person.ask(dossierLines.list, { params: { id: id ?? '' }, query: { form } }),
        5,
      ))
        times.push(time);
      const what = `document list as ${form.toUpperCase()}, ${name}`;
      found.push({ name: `${what}, p95`, value: percentile(times, 95), unit: 'ms', goal: null, better: 'lower' });
    }
  return found;
}

export const largeArchiveListMeasures: readonly Measure[] = [
  {
    name: 'large-archive-lists',
    async measure(run) {
      const house = await archive(run);
      try {
        const office = generatedOffice(run.seed, 200);
        const dossiers = await fullest(house);
        const clerk = await house.visit(firstOf(office, 'clerk'));
        const staff = await house.visit(firstOf(office, 'staff'));
        return [
          ...(await figures(run, 'clerk', [...dossierLists(clerk, dossiers), ...(await deskLists(clerk, dossiers))])),
          ...(await figures(run, 'staff', dossierLists(staff, dossiers))),
          ...(await listFiles(clerk, dossiers)),
        ];
      } finally {
        await left(run, house);
      }
    },
  },
];
