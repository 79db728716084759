import type { RecordFile, RecordView } from '../../contract/registry.ts';
import { recordFieldNames } from '../../contract/registry.ts';
import type { Direction } from '../../contract/shapes.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Rank } from '../../kernel/labels.ts';
import { decide, knowableCondition, loadSubject } from '../classification/index.ts';

interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

const column = (name: string) => name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
const fieldColumns = recordFieldNames.map((name) => `'${name}', r.${column(name)}`).join(', ');

type Row = Omit<RecordView, 'may' | 'files' | 'receivedAt' | 'registeredAt'> & {
  receivedAt: Date;
  registeredAt: Date | null;
  files: (Omit<RecordFile, 'receivedAt'> & { receivedAt: string })[];
};

const person = (
  alias: string,
) => `case when ${alias}.id is null then null else jsonb_build_object('id', ${alias}.id, 'fullName', ${alias}.full_name, 'unit', (
  select u.name from appointment a join unit u on u.id = a.unit_id where a.person_id = ${alias}.id order by (a.valid_until is null) desc, a.valid_from desc, a.id limit 1)) end`;

/** A record as this person may see it; `undefined` when it is missing or not theirs to know, which are the same. */
export async function recordView(door: Door, actor: Actor, id: string, today: string): Promise<RecordView | undefined> {
  const rule = knowableCondition(actor, today, 'r', 2);
  const rows = await door.query<Row>(
    `select r.id, r.state, r.rank, r.version, jsonb_build_object(${fieldColumns}) as fields, r.arrival_number as "arrivalNumber",
       (select jsonb_build_object('year', g.year, 'direction', g.direction, 'kind', g.kind) from register_entry e join register g on g.id = e.register_id
        where e.record_id = r.id order by e.entered_at desc, e.id desc limit 1) as register,
       (select jsonb_build_object('id', u.id, 'symbol', u.symbol, 'name', u.name) from unit u where u.id = r.lead_unit_id) as "leadUnit",
       coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'symbol', u.symbol, 'name', u.name) order by u.name, u.id)
         from record_unit ru join unit u on u.id = ru.unit_id where ru.record_id = r.id), '[]'::jsonb) as "supportingUnits",
       r.open_to_all as "openToAll", r.received_at as "receivedAt", ${person('rb')} as "receivedBy", r.registered_at as "registeredAt", ${person('gb')} as "registeredBy",
       coalesce((select jsonb_agg(jsonb_build_object(
         'id', f.id, 'role', f.role, 'name', f.name, 'mediaType', c.media_type, 'format', c.format, 'size', c.size,
         'sha256', encode(c.sha256, 'hex'), 'sha512', encode(c.sha512, 'hex'), 'receivedAt', f.received_at, 'stage', f.stage, 'pages', f.pages,
         'pagesRead', (select count(*) from page_text t where t.file_id = f.id and t.source <> 'waiting'),
         'problem', f.problem, 'damaged', c.damaged_at is not null) order by f.ordinal)
         from record_file f join content_object c on c.id = f.content_id where f.record_id = r.id), '[]'::jsonb) as files
     from record r left join person rb on rb.id = r.received_by left join person gb on gb.id = r.registered_by
     where r.id = $1 and ${rule.sql}`,
    [id, ...rule.parameters],
  );
  const row = rows[0];
  const subject = row && (await loadSubject(door, id));
  if (!row || !subject) return undefined;
  const may = (action: 'register' | 'correct' | 'download' | 'history') =>
    decide(actor, action, subject, today).allowed;
  return {
    ...row,
    receivedAt: row.receivedAt.toISOString(),
    registeredAt: row.registeredAt?.toISOString() ?? null,
    files: row.files.map((file) => ({ ...file, receivedAt: new Date(file.receivedAt).toISOString() })),
    may: { register: may('register'), correct: may('correct'), download: may('download'), history: may('history') },
  };
}

export async function fieldHistory(door: Door, actor: Actor, id: string, today: string) {
  const rule = knowableCondition(actor, today, 'r', 2);
  const rows = await door.query<{
    at: Date;
    by: { id: string; fullName: string; unit: string | null } | null;
    field: string;
    before: unknown;
    after: unknown;
    reason: string | null;
  }>(
    `select c.changed_at as at, ${person('p')} as by, c.field, c.before, c.after, c.reason
     from field_change c join record r on r.id = c.record_id left join person p on p.id = c.changed_by
     where c.record_id = $1 and ${rule.sql} order by c.changed_at desc, c.id desc limit 1000`,
    [id, ...rule.parameters],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export async function rankOf(door: Door, actor: Actor, id: string, today: string): Promise<Rank | undefined> {
  const rule = knowableCondition(actor, today, 'r', 2);
  const rows = await door.query<{ rank: Rank }>(`select r.rank from record r where r.id = $1 and ${rule.sql}`, [
    id,
    ...rule.parameters,
  ]);
  return rows[0]?.rank;
}

/** The number that the next registration would be given, if nobody comes between. */
export async function nextNumber(
  door: Door,
  agencyId: string,
  direction: Direction,
  year: number,
): Promise<{ year: number; number: number | null; kind: 'own' | 'external' }> {
  const rows = await door.query<{ kind: 'own' | 'external'; next: number }>(
    "select kind, last_number + 1 as next from register where agency_id = $1 and direction = $2 and year = $3 and series = 'main'",
    [agencyId, direction, year],
  );
  const kind = rows[0]?.kind ?? (direction === 'incoming' ? 'own' : 'external');
  return { year, kind, number: kind === 'own' ? (rows[0]?.next ?? 1) : null };
}

/** Issuing bodies this person has seen on records, most used first. */
export async function knownIssuers(door: Door, actor: Actor, today: string): Promise<string[]> {
  const rule = knowableCondition(actor, today, 'r', 1);
  const rows = await door.query<{ issuer: string }>(
    `select r.issuer from (select r.* from record r where r.issuer is not null and ${rule.sql} order by r.received_at desc, r.id desc limit 5000) r
     group by r.issuer order by count(*) desc, r.issuer limit 200`,
    rule.parameters,
  );
  return rows.map((row) => row.issuer);
}
