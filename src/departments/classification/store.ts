import type { Rank } from '../../kernel/labels.ts';
import { newId } from '../../kernel/ids.ts';
import type { Subject } from './rules.ts';

interface Connection {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

/** What the rule needs to know of the record under `alias`, as one column whose value is a `Subject`. */
export const subjectColumn = (alias: string): string =>
  `jsonb_build_object('agencyId', ${alias}.agency_id, 'rank', ${alias}.rank, 'state', ${alias}.state, 'readers', coalesce((
     select jsonb_agg(jsonb_build_object('reader', way.reader, 'validFrom', way.valid_from, 'validUntil', way.valid_until))
     from record_reader way where way.record_id = ${alias}.id), '[]'::jsonb))`;

/** What the rule needs to know of a record; `undefined` when there is none. */
export async function loadSubject(connection: Connection, recordId: string): Promise<Subject | undefined> {
  const rows = await connection.query<{ subject: Subject }>(
    `select ${subjectColumn('r')} as subject from record r where r.id = $1`,
    [recordId],
  );
  return rows[0]?.subject;
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
    `with label as (
       insert into record_label (id, record_id, rank, set_at, set_by, reason)
       select $1::uuid, $2::uuid, $3::smallint, $4::timestamptz, $5::uuid, $6::text
       where $3::smallint is distinct from (select rank from record_label where record_id = $2 order by set_at desc, id desc limit 1)
     ), closed as (
       update record_reader set valid_until = greatest(valid_from, $7::date)
       where record_id = $2 and valid_until is null and reader <> all($8::text[])
     )
     insert into record_reader (id, record_id, reader, valid_from, given_by, reason)
     select way.id, $2, way.reader, $7, $5, $6 from unnest($9::uuid[], $8::text[]) as way (id, reader)
     where not exists (
       select 1 from record_reader there where there.record_id = $2 and there.reader = way.reader and there.valid_until is null)`,
    [
      newId(label.at),
      label.recordId,
      label.rank,
      label.at,
      label.by,
      label.reason,
      label.today,
      label.readers,
      label.readers.map(() => newId(label.at)),
    ],
  );
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
