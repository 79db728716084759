import type { IndexEntry, Question, SearchEngine } from '../../src/departments/search/ports.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Rank } from '../../src/kernel/labels.ts';

/**
 * The contract of the search port, sentence by sentence; every adapter runs it against a real engine. Each test
 * writes under a reader of its own, so that tests share one engine without seeing each other's records.
 */
export interface EngineUnderTest {
  readonly engine: SearchEngine;
  /** A second process on the same index. */
  another(): SearchEngine;
  /** The same adapter pointed at a port where nobody listens. */
  unreachable(): SearchEngine;
  close(): Promise<void>;
}

let made = 0;

export interface Shelf {
  readonly reader: string;
  entry(given?: Partial<Omit<IndexEntry, 'facets'>> & { readonly facets?: Partial<IndexEntry['facets']> }): IndexEntry;
  ask(words: string, given?: Partial<Question>): Question;
}

/** Records and questions of one test, which share a reader that no other test uses. */
export function shelf(): Shelf {
  made += 1;
  const reader = `unit:${newId()}`;
  let received = Date.UTC(2024, 0, 1) + made * 1_000_000;
  return {
    reader,
    entry: (given = {}) => {
      received += 1_000;
      return {
        recordId: newId(),
        rank: 1,
        version: 1,
        readers: [reader],
        numberAndSymbol: null,
        arrivalNumber: null,
        subject: 'Trích yếu',
        issuer: null,
        signer: null,
        fileNames: [],
        text: [],
        receivedAt: new Date(received),
        ...given,
        facets: {
          documentType: 'cong-van',
          issuer: null,
          unit: null,
          direction: 'incoming',
          urgency: 'normal',
          state: 'registered',
          year: 2024,
          issuedDate: '2024-05-01',
          ...given.facets,
        },
      };
    },
    ask: (words, given = {}) => ({
      words,
      ranks: [0, 1, 2],
      clearance: 5,
      readers: [reader],
      filters: {},
      limit: 20,
      withFacets: false,
      ...given,
    }),
  };
}

/** What every part of the contract does with the engine it is given; asked for late, when the engine is there. */
export function handles(under: () => EngineUnderTest) {
  const engine = (): SearchEngine => under().engine;
  return {
    write: async (...entries: IndexEntry[]): Promise<void> => {
      await engine().write(entries);
      await engine().settled();
    },
    found: async (question: Question): Promise<readonly string[]> => (await engine().find(question)).recordIds,
    standing: async (rank: Rank): Promise<Map<string, number>> => {
      const all = new Map<string, number>();
      for await (const { recordId, version } of engine().inventory(rank)) {
        expect(all.has(recordId)).toBe(false);
        all.set(recordId, version);
      }
      return all;
    },
  };
}

export const ids = (...entries: IndexEntry[]): string[] => entries.map(({ recordId }) => recordId);
