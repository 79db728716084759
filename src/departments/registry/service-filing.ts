import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Requester } from '../../kernel/event.ts';
import type { AuditLog } from '../audit/index.ts';
import { recordCorrected } from './events.ts';
import { changesBetween } from './rules.ts';
import { fieldsOf } from './service.ts';
import { keepChanges, lockRecord, updateRecord, type Transaction } from './store.ts';

export type Filing = ReturnType<typeof createFiling>;

/** Where a record is filed stands in its fields too (FileCode of Phụ lục VI); the dossiers say it, the registry writes it. */
export function createFiling(ports: {
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly changed: (tx: Transaction, recordId: string) => Promise<void>;
}) {
  const { audit, clock } = ports;

  /**
   * Writes the code of its home into a record, or takes it away, in the transaction of the move. The ordinal goes: a place
   * among all documents would tell whoever reads this one how many stand before it that they may not know. Why it was moved is said in the dossier, which not everybody who reads this record may know.
   */
  async function setDossier(
    tx: Transaction,
    who: Requester,
    actor: Actor,
    recordId: string,
    code: { readonly year: number; readonly notation: string } | null,
  ): Promise<void> {
    const row = await lockRecord(tx, recordId);
    if (!row) throw new Error('a record that stands in a dossier is not there');
    const changes = changesBetween(fieldsOf(row), {
      dossierYear: code?.year ?? null,
      dossierNotation: code?.notation ?? null,
      dossierOrdinal: null,
    });
    if (changes.length === 0) return;
    await keepChanges(tx, changes, { recordId, at: clock.now(), by: actor.personId, reason: null });
    const set = Object.fromEntries(changes.map(({ field, after }) => [field, after]));
    await updateRecord(tx, recordId, { ...set, version: row.version + 1 });
    const fields = changes.map(({ field }) => field);
    await audit.tell(tx, who, recordCorrected(recordId, row.rank, fields));
    await ports.changed(tx, recordId);
  }

  return { setDossier };
}
