import type { RecordFile, RecordVersion, RecordView } from '../../contract/registry.ts';
import { recordFieldNames } from '../../contract/registry.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Rank } from '../../kernel/labels.ts';
import { isReplaced } from './store-files.ts';
import { decide, knowableCondition, subjectColumn, type RecordAction, type Subject } from '../classification/index.ts';

interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

const column = (name: string) => name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
const fieldColumns = recordFieldNames.map((name) => `'${name}', r.${column(name)}`).join(', ');

type Row = Omit<RecordView, 'may' | 'files' | 'versions' | 'receivedAt' | 'registeredAt'> & {
  receivedAt: Date;
  registeredAt: Date | null;
  files: RecordFile[];
  versions: RecordVersion[];
};

export const personRef = (
  alias: string,
) => `case when ${alias}.id is null then null else jsonb_build_object('id', ${alias}.id, 'fullName', ${alias}.full_name, 'unit', (
  select u.name from appointment a join unit u on u.id = a.unit_id where a.person_id = ${alias}.id order by (a.valid_until is null) desc, a.valid_from desc, a.id limit 1)) end`;

/** A record as this person may see it; `undefined` when it is missing or not theirs to know, which are the same. */
export async function recordView(door: Door, actor: Actor, id: string, today: string): Promise<RecordView | undefined> {
  const rule = knowableCondition(actor, today, 'r', 2);
  const rows = await door.query<Row & { subject: Subject }>(
    `select ${subjectColumn('r')} as subject, r.id, r.state, r.rank, r.version, jsonb_build_object(${fieldColumns}) as fields, r.arrival_number as "arrivalNumber",
       (select jsonb_build_object('year', g.year, 'direction', g.direction, 'kind', g.kind) from register_entry e join register g on g.id = e.register_id
        where e.record_id = r.id order by e.entered_at desc, e.id desc limit 1) as register,
       (select jsonb_build_object('id', u.id, 'symbol', u.symbol, 'name', u.name) from unit u where u.id = r.lead_unit_id) as "leadUnit",
       coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'symbol', u.symbol, 'name', u.name) order by u.name, u.id)
         from record_unit ru join unit u on u.id = ru.unit_id where ru.record_id = r.id), '[]'::jsonb) as "supportingUnits",
       r.open_to_all as "openToAll", r.received_at as "receivedAt", ${personRef('rb')} as "receivedBy", r.registered_at as "registeredAt", ${personRef('gb')} as "registeredBy",
       coalesce((select jsonb_agg(jsonb_build_object(
         'id', f.id, 'role', f.role, 'name', f.name, 'mediaType', c.media_type, 'format', c.format, 'size', c.size,
         'sha256', encode(c.sha256, 'hex'), 'sha512', encode(c.sha512, 'hex'), 'receivedAt', f.received_at, 'stage', f.stage, 'pages', f.pages,
         'pagesRead', (select count(*) from page_text t where t.file_id = f.id and t.source <> 'waiting'),
         'problem', f.problem, 'damaged', c.damaged_at is not null, 'version', v.number)
           order by ${isReplaced('f', 'v')}, f.role = 'attachment', case when f.role = 'main' then v.number end desc, f.ordinal)
         from record_file f join representation v on v.id = f.representation_id join content_object c on c.id = f.content_id
         where f.record_id = r.id), '[]'::jsonb) as files,
       coalesce((select jsonb_agg(jsonb_build_object('number', v.number, 'kind', v.kind, 'note', v.note, 'addedAt', v.made_at, 'addedBy', ${personRef('vb')})
           order by v.number desc)
         from representation v left join person vb on vb.id = v.made_by where v.record_id = r.id), '[]'::jsonb) as versions
     from record r left join person rb on rb.id = r.received_by left join person gb on gb.id = r.registered_by
     where r.id = $1 and ${rule.sql}`,
    [id, ...rule.parameters],
  );
  if (!rows[0]) return undefined;
  const { subject, ...row } = rows[0];
  const may = (action: RecordAction) => decide(actor, action, subject, today).allowed;
  return {
    ...row,
    receivedAt: row.receivedAt.toISOString(),
    registeredAt: row.registeredAt?.toISOString() ?? null,
    files: row.files.map((file) => ({ ...file, receivedAt: new Date(file.receivedAt).toISOString() })),
    versions: row.versions.map((version) => ({ ...version, addedAt: new Date(version.addedAt).toISOString() })),
    may: {
      register: may('register'),
      correct: may('correct'),
      download: may('download'),
      original: may('original'),
      history: may('history'),
      addFile: may('add-file'),
    },
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
    `select c.changed_at as at, ${personRef('p')} as by, c.field, c.before, c.after, c.reason
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
