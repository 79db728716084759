import { createHash } from 'node:crypto';
import { readingRoomLines } from '../../src/contract/reading-room.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import type { RefusalCode } from '../../src/kernel/refusal.ts';
import { systemLines } from '../../src/contract/system.ts';
import { sentences } from '../../src/platform/http/sentences.ts';
import { byLanes } from '../support/fill-by-door.ts';
import type { TestHouse } from '../support/house.ts';
import type { Wire } from '../support/wire.ts';
import { passerBy, type Answer, type Visitor } from '../support/visitor.ts';
import type { Figure } from '../bench/runner.ts';

/**
 * What people hear while a part of the house is ill. Every answer is the truth, or a refusal that was expected with its
 * sentence, or a cut connection in the middle of bytes; anything else is wrong, and so is waiting without end.
 */
export interface Kept {
  readonly recordId: string;
  readonly fileId: string;
  readonly text: string;
  /** Stands in no other text. */
  readonly word: string;
}

export type Deed = 'upload' | 'content' | 'part' | 'record' | 'search';

export interface Heard {
  readonly deed: Deed;
  readonly kind: 'right' | 'refused' | 'cut' | 'wrong';
  readonly seconds: number;
  readonly said: string;
}

const textOf = (word: string, sentencesLong: number): string =>
  `${word} ${'Về việc rà soát, sắp xếp hồ sơ, tài liệu của cơ quan theo quy định. '.repeat(sentencesLong)}`;

/** Uploads what the drill will ask for, and waits until it has been read. */
export async function keep(clerk: Visitor, words: readonly string[], sentencesLong = 40): Promise<Kept[]> {
  const kept = new Map<string, Kept>();
  await byLanes(words, 3, async (word) => {
    const text = textOf(word, sentencesLong);
    const { recordId, fileId } = await clerk.received(`${word}.txt`, text);
    kept.set(word, { recordId, fileId, text, word });
  });
  return words.flatMap((word) => kept.get(word) ?? []);
}

/** Everything a person does in a day, once, at the same time. `expected` are the refusals that are right now. */
export async function everyDeed(
  clerk: Visitor,
  kept: Kept,
  fresh: string,
  expected: readonly RefusalCode[],
  deeds: readonly Deed[] = ['upload', 'content', 'part', 'record', 'search'],
): Promise<Heard[]> {
  return Promise.all(deeds.map((deed) => heard(deed, expected, () => does[deed](clerk, kept, fresh))));
}

interface Done {
  readonly answer: Answer;
  /** Whether a success says what is true. */
  readonly isTrue: boolean;
}

const does: Readonly<Record<Deed, (clerk: Visitor, kept: Kept, fresh: string) => Promise<Done>>> = {
  async upload(clerk, _kept, fresh) {
    const text = textOf(fresh, 4);
    const answer = await clerk.upload(`${fresh}.txt`, text);
    return { answer, isTrue: answer.json?.sha256 === createHash('sha256').update(text).digest('hex') };
  },
  async content(clerk, { fileId, text }) {
    const answer = await clerk.call(readingRoomLines.content, { params: { fileId } });
    return { answer, isTrue: answer.text === text };
  },
  async part(clerk, { fileId, text }) {
    const bytes = Buffer.from(text);
    const answer = await clerk.call(readingRoomLines.content, {
      params: { fileId },
      headers: { range: `bytes=${String(bytes.length - 8)}-` },
    });
    return { answer, isTrue: answer.text === bytes.subarray(-8).toString() };
  },
  async record(clerk, { recordId, fileId }) {
    const answer = await clerk.call(registryLines.record, { params: { id: recordId } });
    return { answer, isTrue: answer.json?.files?.[0]?.id === fileId };
  },
  async search(clerk, { recordId, word }) {
    const answer = await clerk.call(searchLines.search, { query: { q: word } });
    const hits = (answer.json?.hits ?? []) as readonly { recordId: string }[];
    // A list by metadata, and said so, is an answer too.
    return { answer, isTrue: answer.json?.degraded === true || hits.some((hit) => hit.recordId === recordId) };
  },
};

async function heard(deed: Deed, expected: readonly RefusalCode[], work: () => Promise<Done>): Promise<Heard> {
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  try {
    const { answer, isTrue } = await work();
    if (answer.status < 300)
      return { deed, kind: isTrue ? 'right' : 'wrong', seconds: seconds(), said: answer.text.slice(0, 120) };
    const code = expected.find((one) => one === answer.json?.code);
    const kind = code !== undefined && answer.json?.detail === sentences[code].vi ? 'refused' : 'wrong';
    return { deed, kind, seconds: seconds(), said: `${String(answer.status)} ${answer.text.slice(0, 200)}` };
  } catch (cause) {
    // Of bytes that are on their way a cut is the honest end; of everything else it is none.
    const kind = deed === 'content' || deed === 'part' ? 'cut' : 'wrong';
    return { deed, kind, seconds: seconds(), said: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** All is as it was: every deed is right, and every part of the house says that it is up. Answers the seconds it took. */
export async function wellAgain(house: TestHouse, clerk: Visitor, kept: Kept, fresh: string): Promise<number> {
  const begun = performance.now();
  let last: readonly Heard[] = [];
  for (let round = 0; performance.now() - begun < 60_000; round += 1) {
    const ready = await passerBy(house.base).call(systemLines.ready);
    last = await everyDeed(clerk, kept, `${fresh}r${String(round)}`, []);
    if (ready.status === 200 && last.every(({ kind }) => kind === 'right')) return (performance.now() - begun) / 1000;
  }
  throw new Error(`not well again within a minute: ${JSON.stringify(last)}`);
}

export interface Illness {
  readonly name: string;
  readonly begin: () => Promise<void> | void;
  /** Seconds that nobody may wait longer than. */
  readonly longest: number;
  /** Refusals that are right while it lasts. */
  readonly expected: readonly RefusalCode[];
  readonly often: number;
}

/** Everybody's day, into the illness and through it, and how it is when the wire is joined again. */
export function patientOf(
  house: TestHouse,
  clerk: Visitor,
  kept: Kept,
  wire: Wire,
  say: (text: string) => void,
): (illness: Illness, underWay: readonly RefusalCode[]) => Promise<Figure[]> {
  return async ({ name, begin, longest, expected, often }, underWay) => {
    const word = name.replaceAll(' ', '');
    const all: Heard[] = [];
    // Those that were under way when it began, and those that come into it.
    const under = everyDeed(clerk, kept, `${word}d`, underWay);
    await begin();
    all.push(...(await under));
    for (let round = 0; round < often; round += 1)
      all.push(...(await everyDeed(clerk, kept, `${word}x${String(round)}`, expected)));
    await wire.join();
    return figuresOf(name, all, longest, await wellAgain(house, clerk, kept, `${word}w`), say);
  };
}

/** The figures of every illness. */
function figuresOf(
  name: string,
  all: readonly Heard[],
  longest: number,
  back: number,
  say: (text: string) => void,
): Figure[] {
  const wrong = all.filter(({ kind }) => kind === 'wrong');
  if (wrong.length > 0) say(`${name}: ${JSON.stringify(wrong.slice(0, 5))}`);
  return [
    { name: `${name}: answers`, value: all.length, unit: '', goal: null, better: 'higher' },
    {
      name: `${name}: neither true nor refused with their sentence`,
      value: wrong.length,
      unit: '',
      goal: 0,
      better: 'lower',
    },
    {
      name: `${name}: longest wait`,
      value: Math.max(...all.map(({ seconds }) => seconds)),
      unit: 's',
      goal: longest,
      better: 'lower',
    },
    { name: `${name}: well again, without a restart, after`, value: back, unit: 's', goal: 10, better: 'lower' },
  ];
}
