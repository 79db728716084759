import type { ReplyOf } from '../../contract/line.ts';
import type { RegisterChange, RegisterEntry, RegisterRow } from '../../contract/registers.ts';
import type { registryLines } from '../../contract/registry.ts';
import type { Direction } from '../../contract/shapes.ts';
import type { Actor } from '../../kernel/actor.ts';
import { knowableCondition, knowableParameters } from '../classification/index.ts';
import { personRef } from './queries.ts';
import { numberAndSymbol } from './rules.ts';
import { bookAsItIs } from './store-registers.ts';

interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

/** The books of the agency, newest year first, with the lines this person may know; or the one named. */
export async function registerRows(door: Door, actor: Actor, today: string, id?: string): Promise<RegisterRow[]> {
  const rule = knowableCondition(actor, today, 'r', 1);
  const named = `$${String(knowableParameters + 1)}::uuid`;
  // Counted in one pass: a count of its own for each book took four times as long at 100,000 records.
  const rows = await door.query<RegisterRow & { allocated: boolean }>(
    `with counted as (
       select e.register_id as id, count(*)::integer as lines from register_entry e join record r on r.id = e.record_id
       where (${named} is null or e.register_id = ${named}) and ${rule.sql} group by e.register_id)
     select g.id, g.direction, g.year, g.kind, g.start_number as "startNumber", g.other_system as "otherSystem",
       case when g.kind = 'external' then whole.highest when g.last_number >= g.start_number then g.last_number end as "lastNumber",
       coalesce(counted.lines, 0) as entries, whole.allocated
     from register g left join counted on counted.id = g.id cross join lateral register_standing(g.id) whole
     where g.agency_id = $1 and g.series = 'main' and (${named} is null or g.id = ${named})
     order by g.year desc, array_position(array['incoming', 'outgoing', 'internal'], g.direction)`,
    [...rule.parameters, id ?? null],
  );
  return rows.map(({ allocated, ...row }) => ({ ...row, mayChange: !allocated }));
}

type EntryRow = Omit<RegisterEntry, 'numberAndSymbol' | 'enteredAt'> & {
  readonly id: string;
  readonly codeNumber: string | null;
  readonly codeNotation: string | null;
  readonly enteredAt: Date;
};

const entryColumns = `e.id, e.record_id as "recordId", e.number, e.taken, r.state, r.rank, r.arrival_date as "arrivalDate", r.issuer,
  r.code_number as "codeNumber", r.code_notation as "codeNotation", r.issued_date as "issuedDate", r.document_type as "documentType",
  r.subject, r.signer_name as "signerName", r.recipients, (select u.name from unit u where u.id = r.lead_unit_id) as "leadUnit",
  e.entered_at as "enteredAt", ${personRef('p')} as "enteredBy",
  not exists (select 1 from record_file f where f.record_id = r.id) as "withoutFile"`;
const entryTables = `register_entry e join register g on g.id = e.register_id join record r on r.id = e.record_id
  left join person p on p.id = e.entered_by`;

function entryOf({ id: _, codeNumber, codeNotation, enteredAt, ...row }: EntryRow): RegisterEntry {
  return {
    ...row,
    numberAndSymbol: numberAndSymbol(codeNumber, codeNotation),
    enteredAt: enteredAt.toISOString(),
  };
}

/** Lines of a book that this person may know, newest number first; a book without numbers, newest line first. */
export async function entriesPage(
  door: Door,
  actor: Actor,
  today: string,
  registerId: string,
  asked: { readonly after?: string | undefined; readonly limit: number },
): Promise<{ rows: RegisterEntry[]; next: string | null }> {
  const rule = knowableCondition(actor, today, 'r', 1);
  const hole = (offset: number) => `$${String(knowableParameters + offset)}`;
  const [, number, enteredAt, id] =
    /^(\d{1,9}|-) (\d{4}-\d\d-\d\dT[\d:.]+Z) ([0-9a-f-]{36})$/u.exec(asked.after ?? '') ?? [];
  // Lines without a number stand after those with one, as if theirs were nought, in the order of their entry; a number stands
  // in a book once. One comparison for both would be planned as if nothing were left.
  const [beyond, place]: [string, unknown[]] =
    number === undefined
      ? ['true', []]
      : number === '-'
        ? [
            `coalesce(e.number, 0) = 0 and (e.entered_at, e.id) < (${hole(3)}::timestamptz, ${hole(4)}::uuid)`,
            [enteredAt, id],
          ]
        : [`coalesce(e.number, 0) < ${hole(3)}::integer`, [Number(number)]];
  const rows = await door.query<EntryRow>(
    `select ${entryColumns} from ${entryTables} where e.register_id = ${hole(1)} and ${rule.sql} and ${beyond}
     order by coalesce(e.number, 0) desc, e.entered_at desc, e.id desc limit ${hole(2)}`,
    [...rule.parameters, registerId, asked.limit, ...place],
  );
  const last = rows.at(-1);
  return {
    rows: rows.map(entryOf),
    next:
      rows.length === asked.limit && last
        ? `${last.number === null ? '-' : String(last.number)} ${last.enteredAt.toISOString()} ${last.id}`
        : null,
  };
}

const gapsAtMost = 200;

/** Spans of numbers that nobody has entered: computed from every line, so that a hidden one never shows as a gap. */
export async function gapsOf(door: Door, registerId: string): Promise<{ from: number; until: number }[]> {
  return door.query(`select "from", until from register_gaps($1, ${String(gapsAtMost)})`, [registerId]);
}

/** The document of an arrival number; nothing alike when there is none and when it is not this person's to know. */
export async function entryByNumber(
  door: Door,
  actor: Actor,
  today: string,
  asked: { readonly year: number; readonly number: number },
): Promise<RegisterEntry | undefined> {
  const rule = knowableCondition(actor, today, 'r', 3);
  const rows = await door.query<EntryRow>(
    `select ${entryColumns} from ${entryTables} where g.direction = 'incoming' and g.series = 'main' and g.year = $1 and e.number = $2
       and g.agency_id = r.agency_id and ${rule.sql}`,
    [asked.year, asked.number, ...rule.parameters],
  );
  return rows[0] && entryOf(rows[0]);
}

/** Of these numbers, as "number year", those of documents without a file that this person may know. */
export async function numbersWithoutFile(
  door: Door,
  actor: Actor,
  today: string,
  asked: readonly { readonly number: number; readonly year: number }[],
): Promise<ReadonlySet<string>> {
  if (asked.length === 0) return new Set();
  const rule = knowableCondition(actor, today, 'r', 3);
  const rows = await door.query<{ number: number; year: number }>(
    `select e.number, g.year from unnest($1::integer[], $2::integer[]) asked(number, year)
     join register g on g.year = asked.year and g.direction = 'incoming' and g.series = 'main'
     join register_entry e on e.register_id = g.id and e.number = asked.number
     join record r on r.id = e.record_id and r.agency_id = g.agency_id
     where r.state = 'declared' and not exists (select 1 from record_file f where f.record_id = r.id) and ${rule.sql}`,
    [asked.map((one) => one.number), asked.map((one) => one.year), ...rule.parameters],
  );
  return new Set(rows.map((row) => `${String(row.number)} ${String(row.year)}`));
}

/** How a book of the agency was set before, who changed that and why; nothing when there is no such book. */
export async function registerHistory(door: Door, agencyId: string, id: string): Promise<RegisterChange[] | undefined> {
  const books = await door.query("select 1 from register where id = $1 and agency_id = $2 and series = 'main'", [
    id,
    agencyId,
  ]);
  if (books.length === 0) return undefined;
  const rows = await door.query<Omit<RegisterChange, 'at'> & { at: Date }>(
    `select c.changed_at as at, ${personRef('p')} as by, c.before, c.after, c.reason
     from register_change c left join person p on p.id = c.changed_by
     where c.register_id = $1 order by c.changed_at desc, c.id desc limit 1000`,
    [id],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** The number that the next registration would be given, if nobody comes between. */
export async function nextNumber(
  door: Door,
  agencyId: string,
  direction: Direction,
  year: number,
): Promise<ReplyOf<(typeof registryLines)['nextNumber']>> {
  const { kind, startNumber, otherSystem, lastNumber } = await bookAsItIs(door, agencyId, direction, year);
  return { year, kind, startNumber, otherSystem, number: kind === 'own' ? lastNumber + 1 : null };
}
