import type { RecordFields } from '../../contract/registry.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { bookFor, numberAndSymbol } from './rules.ts';
import { numberFor } from './rules-registers.ts';
import { heldBook, insertEntry, nextOf, type Book } from './store-registers.ts';
import type { Transaction } from './store.ts';

export interface Entered {
  readonly book: Book;
  readonly number: number | null;
  readonly taken: boolean;
}

/**
 * Enters a record in its book, in the transaction that registers it. A number of ours is allocated here and nowhere else;
 * the number of another system is taken as it is, once.
 */
export async function enter(
  tx: Transaction,
  entry: {
    readonly recordId: string;
    readonly agencyId: string;
    readonly fields: RecordFields;
    readonly takenNumber: number | null;
    readonly at: Date;
    readonly by: string;
  },
): Promise<Entered> {
  const { direction, year } = bookFor(entry.fields, vietnamDay(entry.at));
  const book = await heldBook(tx, entry.agencyId, direction, year, entry.at);
  const decision = numberFor(direction, book, entry.takenNumber);
  if (decision.number === 'refused') {
    if (decision.why === 'incoming-only')
      throw new Refusal('bad-request', {}, [{ path: 'takenNumber', problem: 'incoming-only' }]);
    throw new Refusal(decision.why, { start: book.startNumber });
  }
  const taken = decision.number === 'taken';
  const number = decision.number === 'next' ? await nextOf(tx, book.id) : taken ? decision.taken : null;
  const entered = await insertEntry(tx, book.id, {
    recordId: entry.recordId,
    number,
    taken,
    numberText: numberAndSymbol(entry.fields.codeNumber, entry.fields.codeNotation),
    at: entry.at,
    by: entry.by,
  });
  if (!entered) throw new Refusal('number-taken', { number: number ?? '—', year });
  return { book, number, taken };
}
