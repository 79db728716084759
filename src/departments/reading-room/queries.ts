import type { Actor } from '../../kernel/actor.ts';
import type { Rank } from '../../kernel/labels.ts';
import { decide, knowableCondition, subjectColumn, type Subject } from '../classification/index.ts';
import type { FileFormat } from '../intake/index.ts';
import type { Stored } from '../strongroom/index.ts';

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
  const rows = await door.query<Readable & { subject: Subject }>(
    `select ${subjectColumn('r')} as subject, f.id as "fileId", f.record_id as "recordId", r.rank, f.name, f.text_unit as "textUnit", c.id, c.area, c.size::float8 as size,
       c.sha256, c.media_type as "mediaType", c.format, c.damaged_at is not null as damaged
     from record_file f join record r on r.id = f.record_id join content_object c on c.id = f.content_id
     where f.id = $1 and ${rule.sql}`,
    [fileId, ...rule.parameters],
  );
  if (!rows[0]) return undefined;
  const { subject, ...file } = rows[0];
  return decide(actor, action, subject, today).allowed ? file : undefined;
}

export async function textOf(door: Door, fileId: string, from: number, limit: number) {
  return door.query<{ number: number; text: string; source: 'layer' | 'ocr'; confidence: number | null }>(
    `select number, text, source, confidence from page_text
     where file_id = $1 and number >= $2 and source <> 'waiting' order by number limit $3`,
    [fileId, from, limit],
  );
}
