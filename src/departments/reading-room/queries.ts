import type { Actor } from '../../kernel/actor.ts';
import type { Rank } from '../../kernel/labels.ts';
import { decide, knowableCondition, subjectColumn, type Subject } from '../classification/index.ts';
import type { FileFormat } from '../intake/index.ts';
import type { Stored } from '../strongroom/index.ts';
import type { CopyEntry } from './rules.ts';

export interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export interface Readable extends Stored {
  readonly fileId: string;
  readonly recordId: string;
  readonly rank: Rank;
  readonly name: string;
  readonly mediaType: string;
  readonly format: FileFormat;
  readonly textUnit: 'page' | 'paragraph' | null;
  readonly damaged: boolean;
  /** Number of the version it belongs to. */
  readonly version: number;
  /** Whether this person may have the bytes that came in, beside what was asked. */
  readonly mayHaveOriginal: boolean;
}

/** A file of a record this person may read (or download) today; `undefined` when it is missing or not theirs. */
export async function readableFile(
  door: Door,
  actor: Actor,
  action: 'read' | 'download',
  fileId: string,
  today: string,
): Promise<Readable | undefined> {
  const rule = knowableCondition(actor, today, 'r', 2);
  const rows = await door.query<Omit<Readable, 'mayHaveOriginal'> & { subject: Subject }>(
    `select ${subjectColumn('r')} as subject, f.id as "fileId", f.record_id as "recordId", r.rank, f.name, f.text_unit as "textUnit", c.id, c.area, c.size::float8 as size,
       c.sha256, c.media_type as "mediaType", c.format, c.damaged_at is not null as damaged, v.number as version
     from record_file f join record r on r.id = f.record_id join content_object c on c.id = f.content_id
       join representation v on v.id = f.representation_id
     where f.id = $1 and ${rule.sql}`,
    [fileId, ...rule.parameters],
  );
  if (!rows[0]) return undefined;
  const { subject, ...file } = rows[0];
  return decide(actor, action, subject, today).allowed
    ? { ...file, mayHaveOriginal: decide(actor, 'original', subject, today).allowed }
    : undefined;
}

/** The unit a person belongs to today, the first of several; the agency when there is none. */
export async function unitNameOf(door: Door, actor: Actor, today: string): Promise<string> {
  const rows = await door.query<{ name: string }>(
    `select coalesce((select u.name from appointment a join unit u on u.id = a.unit_id where a.person_id = $1
         and a.valid_from <= $3::date and (a.valid_until is null or $3::date < a.valid_until) order by a.valid_from, a.id limit 1),
       (select name from agency where id = $2)) as name`,
    [actor.personId, actor.agencyId, today],
  );
  return rows[0]?.name ?? '';
}

export interface KeptCopy extends CopyEntry {
  readonly sha256: Buffer | null;
  readonly size: number | null;
  readonly pages: number | null;
  readonly problem: string | null;
}

const copyColumns = `k.id, k.agency_id as "agencyId", k.year, k.rank, k.number, k.record_id as "recordId", k.file_id as "fileId", k.version,
  k.file_name as "fileName", k.purpose, k.person_id as "personId", k.person_name as "personName", k.unit_name as "unitName",
  k.made_at as at, k.tool, k.font, o.sha256, o.size::float8 as size, o.pages, o.problem`;

export async function keptCopy(door: Door, actor: Actor, copyId: string): Promise<KeptCopy | undefined> {
  const rows = await door.query<KeptCopy>(
    `select ${copyColumns} from copy k left join copy_outcome o on o.copy_id = k.id
     where k.id = $1 and k.agency_id = $2 and k.rank <= $3`,
    [copyId, actor.agencyId, actor.clearance],
  );
  return rows[0];
}

/**
 * The register, newest first. Whoever watches sees each copy, as the log does, and never a title; whoever
 * keeps the records sees the copies of those they may know, with their titles.
 */
export async function copyRows(
  door: Door,
  actor: Actor,
  today: string,
  filters: { readonly recordId?: string | undefined; readonly personId?: string | undefined },
  limit: number,
  after: string | undefined,
): Promise<{ rows: (KeptCopy & { reference: string | null; subject: string | null })[]; next: string | null }> {
  const rule = knowableCondition(actor, today, 'r', 1);
  const watches = actor.permissions.has('audit.read');
  const parameters: unknown[] = [...rule.parameters];
  const hole = (value: unknown): string => `$${String(parameters.push(value))}`;
  const where = [
    `k.agency_id = ${hole(actor.agencyId)}`,
    // The rule holds the level too; who watches sees that there was a copy, as the log says it.
    ...(watches ? [] : [`k.rank <= ${hole(actor.clearance)}`, rule.sql]),
    ...(filters.recordId === undefined ? [] : [`k.record_id = ${hole(filters.recordId)}`]),
    ...(filters.personId === undefined ? [] : [`k.person_id = ${hole(filters.personId)}`]),
    ...(after === undefined
      ? []
      : [`(k.made_at, k.id) < (select made_at, id from copy where id = ${hole(after)} and agency_id = $1)`]),
  ];
  const rows = await door.query<KeptCopy & { reference: string | null; subject: string | null }>(
    `select ${copyColumns}, coalesce(nullif(concat_ws('/', r.code_number, r.code_notation), ''), r.arrival_number::text) as reference,
       case when ${rule.sql} and ${hole(!watches)} then r.subject end as subject
     from copy k join record r on r.id = k.record_id left join copy_outcome o on o.copy_id = k.id
     where ${where.join(' and ')} order by k.made_at desc, k.id desc limit ${hole(limit + 1)}`,
    parameters,
  );
  const given = rows.slice(0, limit);
  return { rows: given, next: rows.length > limit ? (given.at(-1)?.id ?? null) : null };
}

export async function textOf(door: Door, fileId: string, from: number, limit: number) {
  return door.query<{ number: number; text: string; source: 'layer' | 'ocr'; confidence: number | null }>(
    `select number, text, source, confidence from page_text
     where file_id = $1 and number >= $2 and source <> 'waiting' order by number limit $3`,
    [fileId, from, limit],
  );
}
