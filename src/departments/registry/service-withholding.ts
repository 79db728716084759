import type { Rank } from '../../kernel/labels.ts';
import { lockRecord, updateRecord, type Transaction } from './store.ts';

/** Takes a record out of everybody's sight, in the caller's transaction; `undefined` when it is so already or is none. */
export async function withhold(
  tx: Transaction,
  id: string,
): Promise<{ readonly agencyId: string; readonly rank: Rank; readonly from: 'draft' | 'declared' } | undefined> {
  const row = await lockRecord(tx, id);
  if (!row || (row.state !== 'draft' && row.state !== 'declared')) return undefined;
  await updateRecord(tx, id, { state: 'frozen', version: row.version + 1 });
  return { agencyId: row.agencyId, rank: row.rank, from: row.state };
}

/** Sets what it is from now on; its label, number and files were never touched. Answers its rank. */
export async function giveBack(tx: Transaction, id: string, to: 'draft' | 'declared' | 'frozen'): Promise<Rank> {
  const row = await lockRecord(tx, id);
  if (!row) throw new Error('a record that is withheld is not there');
  if (row.state === 'frozen' && to !== 'frozen') await updateRecord(tx, id, { state: to, version: row.version + 1 });
  return row.rank;
}
