import { createHash } from 'node:crypto';
import { dossierLines } from '../../src/contract/dossiers.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { drawn, planByDoor, unitIds } from '../support/fill-by-door.ts';
import { eventually } from '../support/eventually.ts';
import {
  firstOf,
  generatedLetters,
  generatedOffice,
  generatedPlan,
  type GeneratedPlan,
} from '../support/generated-office.ts';
import { installHouse, type InstalledHouse } from '../support/installed-house.ts';
import { scanned } from '../support/scan.ts';
import { seeded, type Chance } from '../support/seeded.ts';
import type { Visitor } from '../support/visitor.ts';
import type { Measure, Run } from '../bench/runner.ts';
import { brokenPromises, type Promised } from './promises.ts';

/**
 * kill -9 of the house, of its PostgreSQL, or of both, at a moment that the seed chooses, while clerks upload,
 * register into dossiers and move from one to another. What was acknowledged is written down here and asked for at the end; of what was not acknowledged
 * nothing is expected, only that it left no half of itself.
 */

const lanes = 3;
const fewDossiers = 8;

interface Book {
  readonly promised: Map<string, Promised>;
  made: number;
  moved: number;
  unknown: number;
}

interface Dossier {
  readonly id: string;
  readonly year: number;
  readonly notation: string;
}

/** Uploads, registers and moves until the connection dies or the cycle ends. */
async function work(
  clerk: Visitor,
  { leadUnitId, dossiers }: { readonly leadUnitId: string | null; readonly dossiers: readonly Dossier[] },
  book: Book,
  chance: Chance,
  isOver: () => boolean,
): Promise<void> {
  const mine: string[] = [];
  while (!isOver()) {
    book.made += 1;
    const word = `khoa${book.made.toString(36)}x${String(chance.whole(100_000, 999_999))}`;
    // Of several sizes, so that death comes in different places.
    const filler = 'văn bản '.repeat(chance.whole(1, 1 << chance.whole(0, 14)));
    const text = `${word} ${filler}`;
    const answer = await clerk.upload(`${word}.txt`, text).catch(() => undefined);
    if (answer?.status !== 201) {
      book.unknown += 1;
      if (answer === undefined) return;
      continue;
    }
    const recordId = String(answer.json.recordId);
    const sha256 = createHash('sha256').update(text).digest('hex');
    if (answer.json.sha256 !== sha256) throw new Error('a receipt names other bytes than those that were sent');
    const promised = { recordId, fileId: String(answer.json.fileId), sha256, word, number: undefined, homes: [] };
    book.promised.set(recordId, promised);
    const home = chance.one(dossiers);
    const registered = await clerk
      .call(registryLines.register, {
        params: { id: recordId },
        body: {
          fields: {
            direction: 'incoming',
            issuer: 'Bộ Tài chính',
            subject: `V/v đôn đốc ${word}`,
            dossierYear: home.year,
            dossierNotation: home.notation,
          },
          rank: chance.percent(30) ? 0 : 1,
          leadUnitId,
          supportingUnitIds: [],
          openToAll: false,
          version: 1,
        },
      })
      .catch(() => undefined);
    if (registered?.status === 201) {
      book.promised.set(recordId, { ...promised, number: Number(registered.json.arrivalNumber), homes: [home.id] });
      mine.push(recordId);
    } else book.unknown += 1;
    if (registered === undefined) return;
    if (mine.length > 0 && chance.percent(60) && !(await moved(clerk, chance.one(mine), chance.one(dossiers).id, book)))
      return;
  }
}

/** From its home into another; until that is acknowledged it may stand in either. False when nobody answers. */
async function moved(clerk: Visitor, recordId: string, into: string, book: Book): Promise<boolean> {
  const before = book.promised.get(recordId);
  if (!before) throw new Error('what is moved was never acknowledged');
  book.promised.set(recordId, { ...before, homes: [...before.homes, into] });
  const answer = await clerk
    .call(dossierLines.put, {
      params: { id: into },
      body: { recordIds: [recordId], as: 'home', reason: 'Thuộc hồ sơ này' },
    })
    .catch(() => undefined);
  if (answer?.status === 200) {
    book.promised.set(recordId, { ...before, homes: [into] });
    book.moved += 1;
  } else book.unknown += 1;
  return answer !== undefined;
}

/** A plan of one unit's dossiers: few, so that those who fill them meet. */
async function dossiersOf(officer: Visitor, { year, rows }: GeneratedPlan): Promise<Dossier[]> {
  await planByDoor(officer, { year, rows: rows.slice(0, 1 + fewDossiers) });
  const { dossiers } = await officer.ask(dossierLines.plan, { query: { year } });
  return dossiers;
}

/** The house answers again, and so does its database; a session outlives both. */
async function standing(house: InstalledHouse, clerk: Visitor): Promise<number> {
  const begun = performance.now();
  await eventually(async () => {
    const answer = await fetch(`${house.url}/readyz`);
    return answer.status === 200;
  }, 60_000);
  await eventually(async () => (await clerk.call(registryLines.suggestions)).status === 200, 60_000);
  return performance.now() - begun;
}

async function cycles(run: Run, house: InstalledHouse, name: string, book: Book, dossiers: readonly Dossier[]) {
  const chance = seeded(run.seed);
  const wanted = run.amount('cycles', 1_000_000);
  // Without a number: what fits beside the other steps of a build.
  const until = performance.now() + 1000 * run.amount('seconds', run.option('cycles') === undefined ? 60 : 3_600);
  const killed = { house: 0, database: 0, both: 0 };
  let slowest = 0;
  let done = 0;
  for (; done < wanted && performance.now() < until; done += 1) {
    const clerk = await house.visit(name);
    const units = await unitIds(clerk);
    const which = chance.percent(55) ? 'house' : chance.percent(60) ? 'database' : 'both';
    let over = false;
    const working = Array.from({ length: lanes }, (_, lane) =>
      // Chance of its own: how far a clerk comes must not move the next kill.
      work(
        clerk,
        { leadUnitId: units.get('VP') ?? null, dossiers },
        book,
        seeded(run.seed + 1_000 * done + lane + 1),
        () => over,
      ),
    );
    await house.killAfter(chance.whole(20, 1_400), which);
    over = true;
    await Promise.all(working);
    killed[which] += 1;
    const begun = performance.now();
    if (which !== 'database') await house.restart();
    await standing(house, await eventually(() => house.visit(name), 60_000));
    slowest = Math.max(slowest, performance.now() - begun);
    if (done % 20 === 19) run.say(`${String(done + 1)} cycles, ${String(book.promised.size)} documents acknowledged`);
  }
  return { done, killed, slowest };
}

export const killMeasures: readonly Measure[] = [
  {
    name: 'kill',
    async measure(run) {
      const office = generatedOffice(run.seed, 24);
      const name = firstOf(office, 'clerk');
      const house = await installHouse(office);
      try {
        const book: Book = { promised: new Map(), made: 0, moved: 0, unknown: 0 };
        const officer = await house.visit(firstOf(office, 'records-officer'));
        const dossiers = await dossiersOf(officer, generatedPlan(run.seed, office));
        const [letter] = [...generatedLetters(run.seed, 1)];
        if (!letter) throw new Error('no letter was made');
        const scan = await scanned(await drawn(letter));
        const clerk = await house.visit(name);
        const answer = await clerk.upload('bản quét.pdf', scan);
        if (answer.status !== 201) throw new Error(`the scan was not received: ${answer.text}`);
        book.promised.set(String(answer.json.recordId), {
          recordId: String(answer.json.recordId),
          fileId: String(answer.json.fileId),
          sha256: createHash('sha256').update(scan).digest('hex'),
          // What OCR must have read at the end, whatever ended it on the way.
          word: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
          number: undefined,
          homes: [],
        });
        const { done, killed, slowest } = await cycles(run, house, name, book, dossiers);
        run.say('checking what was promised');
        const broken = await brokenPromises(house, await house.visit(name), [...book.promised.values()], run.say);
        const count = (what: string, value: number) => ({
          name: what,
          value,
          unit: '',
          goal: null,
          better: 'higher' as const,
        });
        const registered = [...book.promised.values()].filter(({ number }) => number !== undefined).length;
        return [
          count('cycles', done),
          count('kills of the house', killed.house),
          count('kills of PostgreSQL', killed.database),
          count('kills of both', killed.both),
          count('uploads acknowledged', book.promised.size),
          count('registrations acknowledged', registered),
          count('moves between dossiers acknowledged', book.moved),
          count('operations without an answer', book.unknown),
          { name: 'slowest way back to serving', value: slowest / 1000, unit: 's', goal: 10, better: 'lower' as const },
          ...broken,
        ];
      } finally {
        await house.close();
      }
    },
  },
];
