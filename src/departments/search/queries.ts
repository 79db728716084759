import type { Hit, SearchQuery } from '../../contract/search.ts';
import type { Actor } from '../../kernel/actor.ts';
import { knowableCondition } from '../classification/index.ts';
import { bodyName, isReplaced } from '../registry/index.ts';

export interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export type FoundRow = Omit<Hit, 'subject' | 'line' | 'receivedAt' | 'numberAndSymbol'> & {
  readonly subject: string;
  readonly codeNumber: string | null;
  readonly codeNotation: string | null;
  readonly receivedAt: Date;
};

const columns = `r.id as "recordId", r.state, r.rank, r.code_number as "codeNumber", r.code_notation as "codeNotation",
  r.arrival_number as "arrivalNumber", r.document_type as "documentType", r.issuer, r.issued_date as "issuedDate", r.direction, r.urgency,
  (select u.name from unit u where u.id = r.lead_unit_id) as "leadUnit", r.subject, coalesce(r.registered_at, r.received_at) as "receivedAt"`;

/** The records of these hits that this person may know today, in the order asked: an index may be late, Postgres is not. */
export async function knowableRecords(
  door: Door,
  actor: Actor,
  ids: readonly string[],
  today: string,
): Promise<FoundRow[]> {
  const rule = knowableCondition(actor, today, 'r', 2);
  return door.query<FoundRow>(
    `select ${columns} from record r where r.id = any($1::uuid[]) and ${rule.sql} order by array_position($1::uuid[], r.id)`,
    [ids, ...rule.parameters],
  );
}

export interface PageText {
  readonly recordId: string;
  readonly fileId: string;
  readonly unit: 'page' | 'paragraph';
  readonly number: number;
  readonly text: string;
}

/** Pages read for one hit's line: more would cost the search its second. */
const pagesForLine = 400;

/** Text of records that `knowableRecords` has let through, in reading order. */
export async function pageTexts(door: Door, ids: readonly string[]): Promise<PageText[]> {
  return door.query<PageText>(
    `select f.record_id as "recordId", f.id as "fileId", coalesce(f.text_unit, 'page') as unit, t.number, t.text
     from unnest($1::uuid[]) asked(id) cross join lateral (
       select f.*, row_number() over (order by f.role = 'attachment', f.ordinal) as place
       from record_file f join representation v on v.id = f.representation_id where f.record_id = asked.id and not ${isReplaced('f', 'v')}) f
     join lateral (select t.number, t.text from page_text t where t.file_id = f.id and t.text <> '' order by t.number limit ${String(pagesForLine)}) t on true
     order by f.record_id, f.place, t.number`,
    [ids],
  );
}

/** A list by metadata, for when the index is down: words must all stand in number, subject, issuer or signer. */
export async function listByMetadata(
  door: Door,
  actor: Actor,
  today: string,
  words: readonly string[],
  query: SearchQuery,
): Promise<{ ids: string[]; next: string | null }> {
  const rule = knowableCondition(actor, today, 'r', 1);
  const parameters: unknown[] = [...rule.parameters];
  const add = (value: unknown): string => `$${String(parameters.push(value))}`;
  const terms = words.map(
    (word) =>
      `concat_ws(' ', r.code_number || '/' || r.code_notation, r.arrival_number, r.subject, r.issuer, r.signer_name) ilike ${add(`%${word.replace(/[\\%_]/gu, '\\$&')}%`)}`,
  );
  if (query.direction) terms.push(`r.direction = any(${add(query.direction)}::text[])`);
  if (query.urgency) terms.push(`r.urgency = any(${add(query.urgency)}::text[])`);
  if (query.type) terms.push(`r.document_type = any(${add(query.type)}::text[])`);
  if (query.notType) terms.push(`r.document_type is distinct from all(${add(query.notType)}::text[])`);
  if (query.issuer) terms.push(`${bodyName('r')} = any(${add(query.issuer)}::text[])`);
  if (query.notIssuer) terms.push(`(r.issuer is null or ${bodyName('r')} <> all(${add(query.notIssuer)}::text[]))`);
  if (query.unit) terms.push(`r.lead_unit_id::text = any(${add(query.unit)}::text[])`);
  if (query.notUnit)
    terms.push(`(r.lead_unit_id is null or r.lead_unit_id::text <> all(${add(query.notUnit)}::text[]))`);
  if (query.rank) terms.push(`r.rank = any(${add(query.rank)}::smallint[])`);
  if (query.year) terms.push(`extract(year from r.issued_date)::text = any(${add(query.year)}::text[])`);
  if (query.from !== undefined) terms.push(`r.issued_date >= ${add(query.from)}::date`);
  if (query.until !== undefined) terms.push(`r.issued_date <= ${add(query.until)}::date`);
  const place = /^m (\d{4}-\d\d-\d\dT[\d:.]+Z) ([0-9a-f-]{36})$/u.exec(query.after ?? '');
  if (place)
    terms.push(
      `(coalesce(r.registered_at, r.received_at), r.id) < (${add(place[1])}::timestamptz, ${add(place[2])}::uuid)`,
    );
  const rows = await door.query<{ id: string; at: Date }>(
    `select r.id::text as id, coalesce(r.registered_at, r.received_at) as at from record r
     where ${[rule.sql, ...terms].join(' and ')} order by 2 desc, r.id desc limit ${String(query.limit)}`,
    parameters,
  );
  const last = rows.at(-1);
  return {
    ids: rows.map((row) => row.id),
    next: rows.length === query.limit && last ? `m ${last.at.toISOString()} ${last.id}` : null,
  };
}

/** Names of the units that facets count by id. */
export async function unitNames(door: Door, actor: Actor, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await door.query<{ id: string; name: string }>(
    'select id::text as id, name from unit where agency_id = $1 and id::text = any($2::text[])',
    [actor.agencyId, ids],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}
