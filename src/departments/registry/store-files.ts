import { newId } from '../../kernel/ids.ts';

interface Connection {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

/** The newest version of a record; `undefined` while it has no file. */
export async function newestVersion(
  tx: Connection,
  recordId: string,
): Promise<{ readonly id: string; readonly number: number } | undefined> {
  const rows = await tx.query<{ id: string; number: number }>(
    'select id, number from representation where record_id = $1 order by number desc limit 1',
    [recordId],
  );
  return rows[0];
}

export async function insertVersion(
  tx: Connection,
  version: {
    readonly recordId: string;
    readonly kind: 'original' | 'scan' | 'rescan';
    readonly number: number;
    readonly note: string | null;
    readonly at: Date;
    readonly by: string;
  },
): Promise<string> {
  const id = newId(version.at);
  await tx.query(
    'insert into representation (id, record_id, kind, number, note, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7)',
    [id, version.recordId, version.kind, version.number, version.note, version.at, version.by],
  );
  return id;
}

/** Whether a file, in its representation, is the main file of a version that a newer one has replaced. */
export const isReplaced = (file: string, version: string): string =>
  `(${file}.role = 'main' and exists (select 1 from representation newer where newer.record_id = ${version}.record_id and newer.number > ${version}.number))`;

/** The files of a record in order, one of them its main one, held: a reading that is under way ends first, and the next finds the new record. */
export async function heldFiles(
  tx: Connection,
  recordId: string,
): Promise<{ readonly id: string; readonly role: 'main' | 'attachment'; readonly name: string }[]> {
  await tx.query('select 1 from record_file where record_id = $1 order by id for update', [recordId]);
  return tx.query(
    `select f.id, case when f.role = 'main' and not ${isReplaced('f', 'v')} then 'main' else 'attachment' end as role, f.name
     from record_file f join representation v on v.id = f.representation_id where f.record_id = $1 order by f.ordinal`,
    [recordId],
  );
}

/** Points a file to another record; its bytes, its text and its jobs stay as they are. */
export async function moveFile(
  tx: Connection,
  fileId: string,
  to: { readonly recordId: string; readonly versionId: string; readonly role: 'main' | 'attachment' },
): Promise<void> {
  await tx.query(
    `update record_file set record_id = $2, representation_id = $3, role = $4,
       ordinal = (select 1 + coalesce(max(ordinal), 0) from record_file where record_id = $2)
     where id = $1`,
    [fileId, to.recordId, to.versionId, to.role],
  );
}
