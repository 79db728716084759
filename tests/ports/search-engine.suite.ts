import { countsContract } from './search-engine-counts.suite.ts';
import { orderContract } from './search-engine-order.suite.ts';
import type { EngineUnderTest } from './search-engine-shelf.ts';
import { standingContract } from './search-engine-standing.suite.ts';
import { wordsContract } from './search-engine-words.suite.ts';

/** The contract of the search port, sentence by sentence; every adapter runs it against a real engine. */
export function searchEngineContract(name: string, open: () => Promise<EngineUnderTest>): void {
  describe(`search engine contract: ${name}`, () => {
    let opened: EngineUnderTest | undefined;
    const under = (): EngineUnderTest => {
      if (opened === undefined) throw new Error('the engine is not open');
      return opened;
    };

    beforeAll(async () => {
      opened = await open();
      await opened.engine.provision();
    }, 120_000);

    afterAll(async () => {
      await opened?.close();
    });

    standingContract(under);
    wordsContract(under);
    orderContract(under);
    countsContract(under);
  });
}
