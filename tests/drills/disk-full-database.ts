import { createHash, randomBytes } from 'node:crypto';
import { registryLines } from '../../src/contract/registry.ts';
import type { RefusalCode } from '../../src/kernel/refusal.ts';
import { sentences } from '../../src/platform/http/sentences.ts';
import { Skipped, type Figure } from '../bench/runner.ts';
import { eventually } from '../support/eventually.ts';
import { firstOf, generatedOffice } from '../support/generated-office.ts';
import { installHouse } from '../support/installed-house.ts';
import { smallDisk, whyNoSmallDisk } from '../support/small-disk.ts';
import type { Answer, Visitor } from '../support/visitor.ts';
import type { Ground } from './ground.ts';
import { brokenPromises, type Promised } from './promises.ts';

/** What may be said while neither the files nor the database find room. */
const expected: readonly RefusalCode[] = ['store-full', 'store-unavailable', 'database-unavailable'];

interface Book {
  readonly promised: Promised[];
  refused: number;
  readonly wrong: string[];
}

/**
 * A bare machine whose only disk is full to the last byte: the files and PostgreSQL's own data and journal with them.
 * What was acknowledged before and meanwhile is there afterwards, and with room everything goes on without a restart.
 */
export async function diskFullDatabase({
  seed,
  rounds,
  say,
}: Pick<Ground, 'seed' | 'rounds' | 'say'>): Promise<Figure[]> {
  const why = whyNoSmallDisk();
  if (why !== undefined) throw new Skipped(why);
  const disk = smallDisk(256);
  const office = generatedOffice(seed, 24);
  const house = await installHouse(office, {}, disk.folder);
  try {
    const name = firstOf(office, 'clerk');
    const clerk = await house.visit(name);
    const { pid } = house;
    const book: Book = { promised: [], refused: 0, wrong: [] };
    await work(clerk, book, 4, 100_000);
    disk.brimmed();
    const corrections = await correctAgain(clerk, book, 60 * rounds);
    for (let round = 0; round < rounds; round += 1) await work(clerk, book, 2, 200_000);
    say(`the whole disk full: ${String(book.refused)} refused, ${book.wrong.join('; ')}`);
    disk.freed();
    const begun = performance.now();
    const before = book.promised.length;
    await eventually(async () => {
      await work(clerk, book, 1, 1_000);
      return book.promised.length > before && book.promised.at(-1)?.number !== undefined;
    }, 60_000);
    const back = (performance.now() - begun) / 1000;
    const none = (what: string, value: number): Figure => ({
      name: `the whole disk full: ${what}`,
      value,
      unit: '',
      goal: 0,
      better: 'lower',
    });
    const broken = await brokenPromises(house, await house.visit(name), book.promised, say);
    return [
      { ...none('operations refused with their sentence', book.refused), goal: 1, better: 'higher' },
      none('operations answered otherwise', book.wrong.length),
      none('the last acknowledged correction lost', await corrections.lost()),
      none('restarts of the house', house.pid === pid ? 0 : 1),
      { ...none('well again, without a restart, after', back), unit: 's', goal: 30 },
      ...broken.map((figure) => ({ ...figure, name: `the whole disk full: ${figure.name}` })),
    ];
  } finally {
    await house.stop();
    disk.away();
  }
}

/** Twenty thousand signs that do not compress, over and over: more than the 16 MB of journal that PostgreSQL has laid out. */
async function correctAgain(clerk: Visitor, book: Book, times: number): Promise<{ lost: () => Promise<number> }> {
  const [first] = book.promised;
  if (!first) throw new Error('nothing was kept');
  const params = { id: first.recordId };
  let { version, fields } = await clerk.ask(registryLines.record, { params });
  let trace = fields.trace;
  for (let time = 0; time < times; time += 1) {
    const next = randomBytes(9_900).toString('hex');
    const body = { fields: { trace: next }, version, reason: 'Ghi lại' };
    const corrected = await heard(book, () => clerk.call(registryLines.correct, { params, body }), 200);
    if (corrected) [trace, version] = [next, Number(corrected.json.version)];
  }
  return {
    async lost() {
      ({ fields } = await clerk.ask(registryLines.record, { params }));
      return fields.trace === trace ? 0 : 1;
    },
  };
}

/** Uploads and registers; writes down what was acknowledged, and what was neither that nor a refusal that is right now. */
async function work(clerk: Visitor, book: Book, letters: number, bytes: number): Promise<void> {
  for (let at = 0; at < letters; at += 1) {
    const word = `khoa${randomBytes(6).toString('hex')}`;
    // What does not compress: the journal has to take it.
    const text = `${word} ${randomBytes(bytes / 2)
      .toString('hex')
      .replaceAll(/(.{12})/gu, '$1 ')}`;
    const received = await heard(book, () => clerk.upload(`${word}.txt`, text), 201);
    if (!received) continue;
    const { recordId, fileId } = received.json as { recordId: string; fileId: string };
    const sha256 = createHash('sha256').update(text).digest('hex');
    const promised = { recordId, fileId, sha256, word, homes: [] };
    const registered = await heard(
      book,
      () =>
        clerk.call(registryLines.register, {
          params: { id: recordId },
          body: {
            fields: { direction: 'incoming', issuer: 'Bộ Tài chính', subject: `V/v đôn đốc ${word}` },
            rank: 1,
            leadUnitId: null,
            supportingUnitIds: [],
            openToAll: false,
            version: 1,
          },
        }),
      201,
    );
    book.promised.push({ ...promised, number: registered ? Number(registered.json.arrivalNumber) : undefined });
  }
}

async function heard(book: Book, ask: () => Promise<Answer>, done: number): Promise<Answer | undefined> {
  const answer = await ask().catch((cause: unknown) => String(cause));
  if (typeof answer === 'string') book.wrong.push(`cut: ${answer}`);
  else if (answer.status === done) return answer;
  else if (expected.some((code) => sentences[code].vi === answer.json?.detail)) book.refused += 1;
  else book.wrong.push(`${String(answer.status)} ${answer.text.slice(0, 200)}`);
  return undefined;
}
