import type { Direction } from '../../contract/shapes.ts';
import type { ReleaseGround } from '../../contract/secrecy.ts';
import { newId } from '../../kernel/ids.ts';
import type { Cause } from './rules.ts';

export interface Connection {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export async function insertWithholding(
  tx: Connection,
  row: {
    readonly recordId: string;
    readonly agencyId: string;
    readonly from: 'draft' | 'declared';
    readonly cause: Cause;
    readonly note: string | null;
    readonly at: Date;
    readonly by: string | null;
  },
): Promise<void> {
  await tx.query(
    `insert into withholding (id, record_id, agency_id, from_state, cause, note, withheld_at, withheld_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [newId(row.at), row.recordId, row.agencyId, row.from, row.cause, row.note, row.at, row.by],
  );
}

/** The record a file belongs to, unless somebody has settled since it came that what a machine reads in it is no secret. */
export async function recordOfUnsettledFile(connection: Connection, fileId: string): Promise<string | undefined> {
  const rows = await connection.query<{ id: string }>(
    `select f.record_id as id from record_file f where f.id = $1 and not exists (
       select 1 from withholding w where w.record_id = f.record_id and w.released_at >= f.received_at)`,
    [fileId],
  );
  return rows[0]?.id;
}

/** What stands under a number of the agency's book. */
export async function recordUnderNumber(
  tx: Connection,
  agencyId: string,
  { direction, year, number }: { readonly direction: Direction; readonly year: number; readonly number: number },
): Promise<string | undefined> {
  const rows = await tx.query<{ id: string }>(
    `select e.record_id as id from register_entry e join register g on g.id = e.register_id
     where g.agency_id = $1 and g.direction = $2 and g.series = 'main' and g.year = $3 and e.number = $4 and e.voided_at is null`,
    [agencyId, direction, year, number],
  );
  return rows[0]?.id;
}

export interface Standing {
  readonly id: string;
  readonly recordId: string;
  readonly from: 'draft' | 'declared';
}

/** What is still withheld, by its own id. */
export async function standingWithholding(tx: Connection, agencyId: string, id: string): Promise<Standing | undefined> {
  const rows = await tx.query<Standing>(
    `select id, record_id as "recordId", from_state as "from" from withholding
     where id = $2 and agency_id = $1 and released_at is null`,
    [agencyId, id],
  );
  return rows[0];
}

/** Answers its id, or nothing when one waits already. */
export async function askRelease(
  tx: Connection,
  asked: {
    readonly withholdingId: string;
    readonly ground: ReleaseGround;
    readonly decision: string;
    readonly reason: string;
    readonly at: Date;
    readonly by: string;
  },
): Promise<string | undefined> {
  const rows = await tx.query<{ id: string }>(
    `insert into withholding_release (id, withholding_id, ground, decision, reason, asked_by, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
    [newId(asked.at), asked.withholdingId, asked.ground, asked.decision, asked.reason, asked.by, asked.at],
  );
  return rows[0]?.id;
}

export interface WaitingRelease extends Standing {
  readonly askedBy: string;
  readonly ground: ReleaseGround;
}

/** One that waits, as it stands under the lock of its record, which whoever asks holds. */
export async function waitingRelease(
  tx: Connection,
  agencyId: string,
  releaseId: string,
): Promise<WaitingRelease | undefined> {
  const rows = await tx.query<WaitingRelease>(
    `select w.id, w.record_id as "recordId", w.from_state as "from", a.asked_by as "askedBy", a.ground
     from withholding_release a join withholding w on w.id = a.withholding_id
     where a.id = $2 and w.agency_id = $1 and a.decided_at is null and w.released_at is null`,
    [agencyId, releaseId],
  );
  return rows[0];
}

export async function closeRelease(
  tx: Connection,
  id: string,
  decided: { readonly by: string; readonly at: Date; readonly confirmed: boolean; readonly reason: string },
): Promise<void> {
  await tx.query(
    `update withholding_release set decided_by = $2, decided_at = $3, confirmed = $4, decision_reason = $5 where id = $1`,
    [id, decided.by, decided.at, decided.confirmed, decided.reason === '' ? null : decided.reason],
  );
}

export async function endWithholding(tx: Connection, id: string, at: Date): Promise<void> {
  await tx.query('update withholding set released_at = $2 where id = $1', [id, at]);
}

/** The objects of a record, whose local copies go. */
export async function contentsOf(connection: Connection, recordId: string): Promise<string[]> {
  const rows = await connection.query<{ id: string }>(
    'select content_id::text as id from record_file where record_id = $1',
    [recordId],
  );
  return rows.map((row) => row.id);
}
