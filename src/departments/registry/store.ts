import type { EntityManager } from 'typeorm';
import { newId } from '../../kernel/ids.ts';
import type { Change } from './rules.ts';
import { RecordSchema, type RecordRow } from './schema.ts';

export interface Transaction {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  readonly manager: EntityManager;
}

/** The record, held until the transaction ends: two clerks take turns. */
export function lockRecord(tx: Transaction, id: string): Promise<RecordRow | null> {
  return tx.manager.findOne(RecordSchema, { where: { id }, lock: { mode: 'pessimistic_write' } });
}

export async function insertRecord(tx: Transaction, row: RecordRow): Promise<void> {
  await tx.manager.createQueryBuilder().insert().into(RecordSchema).values(row).updateEntity(false).execute();
}

export async function updateRecord(tx: Transaction, id: string, set: Partial<RecordRow>): Promise<void> {
  await tx.manager.update(RecordSchema, { id }, set);
}

export async function supportingUnits(tx: Transaction, recordId: string): Promise<string[]> {
  const rows = await tx.query<{ unit_id: string }>(
    'select unit_id from record_unit where record_id = $1 order by unit_id',
    [recordId],
  );
  return rows.map((row) => row.unit_id);
}

/** Sets the units that support the record, and answers those that did before. */
export async function setSupportingUnits(
  tx: Transaction,
  recordId: string,
  unitIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ before: string[] }>(
    `with gone as (delete from record_unit where record_id = $1 and unit_id <> all($2::uuid[])),
       come as (insert into record_unit (record_id, unit_id) select $1, unnest($2::uuid[]) on conflict do nothing)
     select array(select unit_id::text from record_unit where record_id = $1 order by unit_id) as before`,
    [recordId, unitIds],
  );
  return rows[0]?.before ?? [];
}

/** Units named must be of this agency and stand today; answers those that are not or do not. */
export async function strangeUnits(
  tx: Transaction,
  agencyId: string,
  unitIds: readonly string[],
  today: string,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select asked.id::text as id from unnest($2::uuid[]) asked(id) where not exists (
       select 1 from unit u where u.id = asked.id and u.agency_id = $1
         and u.valid_from <= $3::date and (u.valid_until is null or $3::date < u.valid_until))`,
    [agencyId, unitIds, today],
  );
  return rows.map((row) => row.id);
}

export async function keepChanges(
  tx: Transaction,
  changes: readonly Change[],
  about: { recordId: string; at: Date; by: string | null; reason: string | null },
): Promise<void> {
  await tx.query(
    `insert into field_change (id, record_id, field, before, after, changed_at, changed_by, reason)
     select change.id, $1, change.field, change.before::jsonb, change.after::jsonb, $2, $3, $4
     from unnest($5::uuid[], $6::text[], $7::text[], $8::text[]) as change (id, field, before, after)`,
    [
      about.recordId,
      about.at,
      about.by,
      about.reason,
      changes.map(() => newId(about.at)),
      changes.map((change) => change.field),
      changes.map((change) => JSON.stringify(change.before ?? null)),
      changes.map((change) => JSON.stringify(change.after ?? null)),
    ],
  );
}
