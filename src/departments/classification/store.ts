import type { Rank } from '../../kernel/labels.ts';
import { newId } from '../../kernel/ids.ts';
import type { Subject } from './rules.ts';

interface Connection {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

/** What the rule needs to know of a record; `undefined` when there is none. */
export async function loadSubject(connection: Connection, recordId: string): Promise<Subject | undefined> {
  const rows = await connection.query<{
    agency_id: string;
    rank: Rank;
    state: Subject['state'];
    readers: Subject['readers'];
  }>(
    `select r.agency_id, r.rank, r.state, coalesce((
       select jsonb_agg(jsonb_build_object('reader', way.reader, 'validFrom', way.valid_from, 'validUntil', way.valid_until))
       from record_reader way where way.record_id = r.id), '[]'::jsonb) as readers
     from record r where r.id = $1`,
    [recordId],
  );
  const row = rows[0];
  return row && { agencyId: row.agency_id, rank: row.rank, state: row.state, readers: row.readers };
}

/**
 * Sets the label and the ways in of a record, in the caller's transaction. Ways that are no longer open are closed as
 * of today, new ones are added; the label's history gains a row only when the rank changed.
 */
export async function labelRecord(
  connection: Connection,
  label: {
    readonly recordId: string;
    readonly rank: Rank;
    readonly readers: readonly string[];
    readonly by: string | null;
    readonly at: Date;
    readonly today: string;
    readonly reason: string;
  },
): Promise<void> {
  await connection.query(
    `insert into record_label (id, record_id, rank, set_at, set_by, reason)
     select $1::uuid, $2::uuid, $3::smallint, $4::timestamptz, $5::uuid, $6::text
     where $3::smallint is distinct from (select rank from record_label where record_id = $2 order by set_at desc, id desc limit 1)`,
    [newId(label.at), label.recordId, label.rank, label.at, label.by, label.reason],
  );
  await connection.query(
    `update record_reader set valid_until = greatest(valid_from, $3::date)
     where record_id = $1 and valid_until is null and reader <> all($2::text[])`,
    [label.recordId, label.readers, label.today],
  );
  const open = await connection.query<{ reader: string }>(
    'select reader from record_reader where record_id = $1 and valid_until is null',
    [label.recordId],
  );
  const standing = new Set(open.map((row) => row.reader));
  for (const reader of label.readers.filter((way) => !standing.has(way))) {
    await connection.query(
      'insert into record_reader (id, record_id, reader, valid_from, given_by, reason) values ($1, $2, $3, $4, $5, $6)',
      [newId(label.at), label.recordId, reader, label.today, label.by, label.reason],
    );
  }
}

/** The ways in that are open today, as an index keeps them. */
export async function readersStandingNow(connection: Connection, recordId: string, today: string): Promise<string[]> {
  const rows = await connection.query<{ reader: string }>(
    `select distinct reader from record_reader
     where record_id = $1 and valid_from <= $2::date and (valid_until is null or $2::date < valid_until) order by reader`,
    [recordId, today],
  );
  return rows.map((row) => row.reader);
}
