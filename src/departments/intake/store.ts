import type { FileStage } from '../../contract/shapes.ts';
import type { Rank } from '../../kernel/labels.ts';
import type { FilePlace } from '../registry/index.ts';
import type { Received, Stored } from '../strongroom/index.ts';
import type { FileFormat, Reading, RecognisedPage } from './ports.ts';

export interface Connection {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export interface NewFile {
  readonly id: string;
  readonly recordId: string;
  readonly place: FilePlace;
  readonly name: string;
  readonly received: Received;
  readonly mediaType: string;
  readonly format: FileFormat;
  readonly at: Date;
}

/** The row that makes bytes in quarantine a file of the archive: from its commit on they are never lost. */
export async function insertFile(tx: Connection, file: NewFile): Promise<void> {
  const { received } = file;
  await tx.query(
    `with content as (
       insert into content_object (id, area, sha256, sha512, size, media_type, format, stored_at)
       values ($1, 'quarantine', $2, $3, $4, $5, $6, $7)
     )
     insert into record_file (id, record_id, representation_id, content_id, ordinal, role, name, stage, received_at)
     select $8, $9, $10, $1, 1 + coalesce(max(ordinal), 0), $11, $12, 'received', $7 from record_file where record_id = $9`,
    [
      received.key,
      received.sha256,
      received.sha512,
      received.size,
      file.mediaType,
      file.format,
      file.at,
      file.id,
      file.recordId,
      file.place.versionId,
      file.place.role,
      file.name,
    ],
  );
}

export interface FileRow extends Stored {
  readonly fileId: string;
  readonly recordId: string;
  readonly rank: Rank;
  readonly format: FileFormat;
  readonly stage: FileStage;
  readonly damaged: boolean;
  /** Pages that wait for OCR. */
  readonly waiting: number;
}

const fileColumns = `f.id as "fileId", f.record_id as "recordId", r.rank, c.format, f.stage, c.id, c.area, c.size::float8 as size,
  c.sha256, c.damaged_at is not null as damaged,
  (select count(*)::integer from page_text t where t.file_id = f.id and t.source = 'waiting') as waiting`;
const fileTables = 'record_file f join record r on r.id = f.record_id join content_object c on c.id = f.content_id';

export async function fileById(connection: Connection, fileId: string): Promise<FileRow | undefined> {
  const rows = await connection.query<FileRow>(`select ${fileColumns} from ${fileTables} where f.id = $1`, [fileId]);
  return rows[0];
}

/** The file, held until the transaction ends. */
export async function lockFile(tx: Connection, fileId: string): Promise<FileRow | undefined> {
  await tx.query('select 1 from record_file where id = $1 for update', [fileId]);
  return fileById(tx, fileId);
}

export async function keepReading(tx: Connection, fileId: string, reading: Reading): Promise<void> {
  const pages = reading.pages;
  await tx.query(
    `insert into page_text (file_id, number, text, source)
     select $1, * from unnest($2::integer[], $3::text[], $4::text[])
     on conflict (file_id, number) do update set text = excluded.text, source = excluded.source, confidence = null, words = null`,
    [
      fileId,
      pages.map((page) => page.number),
      // PostgreSQL keeps no U+0000; a broken text layer may hold one.
      pages.map((page) => page.text.replaceAll('\u0000', '')),
      pages.map((page) => (page.needsOcr ? 'waiting' : 'layer')),
    ],
  );
  await tx.query('update record_file set text_unit = $2, pages = $3, problem = $4, stage = $5 where id = $1', [
    fileId,
    reading.unit,
    reading.unit === 'page' ? pages.length : null,
    reading.problem ?? null,
    'checked',
  ]);
}

export async function waitingPages(connection: Connection, fileId: string): Promise<number[]> {
  const rows = await connection.query<{ number: number }>(
    "select number from page_text where file_id = $1 and source = 'waiting' order by number",
    [fileId],
  );
  return rows.map((row) => row.number);
}

/** Keeps what OCR read of a page; answers how many pages of the file still wait. */
export async function keepRecognised(
  tx: Connection,
  fileId: string,
  page: number,
  read: RecognisedPage | undefined,
): Promise<number> {
  await tx.query(
    `update page_text set text = case when $3::text is null then text else $3 end, source = 'ocr', confidence = $4, words = $5::jsonb
     where file_id = $1 and number = $2 and source = 'waiting'`,
    [
      fileId,
      page,
      read?.text.replaceAll('\u0000', '') ?? null,
      read?.confidence ?? 0,
      JSON.stringify(read?.words ?? []),
    ],
  );
  return (await waitingPages(tx, fileId)).length;
}

/** Nothing is left to read. `kept-unread` is an end too: the file is kept and found by what a person says of it. */
export async function finish(tx: Connection, fileId: string): Promise<void> {
  await tx.query(
    `update record_file set stage = case
       when exists (select 1 from page_text where file_id = $1 and text ~ '\\S') then 'ready' else 'kept-unread' end
     where id = $1`,
    [fileId],
  );
}

export async function setStage(tx: Connection, fileId: string, stage: FileStage, problem?: string): Promise<void> {
  await tx.query('update record_file set stage = $2, problem = coalesce($3, problem) where id = $1', [
    fileId,
    stage,
    problem ?? null,
  ]);
}

export async function setVaulted(tx: Connection, contentId: string, at: Date): Promise<void> {
  await tx.query("update content_object set area = 'vault', vaulted_at = $2 where id = $1 and area = 'quarantine'", [
    contentId,
    at,
  ]);
}

export async function setDamaged(tx: Connection, contentId: string, at: Date): Promise<void> {
  await tx.query('update content_object set damaged_at = coalesce(damaged_at, $2) where id = $1', [contentId, at]);
}

/** Of these keys, those whose bytes belong in quarantine. */
export async function knownInQuarantine(connection: Connection, keys: readonly string[]): Promise<Set<string>> {
  const rows = await connection.query<{ id: string }>(
    "select id::text as id from content_object where id = any($1::uuid[]) and area = 'quarantine'",
    [keys],
  );
  return new Set(rows.map((row) => row.id));
}
