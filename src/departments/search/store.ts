import type { Rank } from '../../kernel/labels.ts';
import { readersStandingNow } from '../classification/index.ts';
import { bodyName, isReplaced, numberAndSymbol } from '../registry/index.ts';
import type { IndexEntry } from './ports.ts';

interface Connection {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

interface Row {
  readonly version: string;
  readonly rank: Rank;
  readonly state: string;
  readonly codeNumber: string | null;
  readonly codeNotation: string | null;
  readonly arrivalNumber: number | null;
  readonly subject: string;
  readonly issuer: string | null;
  /** The name that the issuing body bears today: one body is one facet, however it was written. */
  readonly body: string | null;
  readonly signer: string | null;
  readonly documentType: string | null;
  readonly unit: string | null;
  readonly direction: string;
  readonly urgency: string;
  readonly issuedDate: string | null;
  readonly movedAt: Date;
  readonly fileNames: string[];
  readonly text: string[];
}

/** The newest version and the attachments: what a version has replaced is kept and read, and no longer searched. */
const files = 'from record_file f join representation v on v.id = f.representation_id';
const current = `where f.record_id = r.id and not ${isReplaced('f', 'v')}`;
const currentFiles = `${files} ${current}`;
const currentText = `${files} join page_text t on t.file_id = f.id ${current}`;
const readingOrder = "f.role = 'attachment', f.ordinal";

/**
 * What of a record may stand in an index, read under a lock so that of two readings the later one has the higher
 * version. `undefined` when nothing may: a frozen or joined record, or none.
 */
export async function entryOf(tx: Connection, recordId: string, today: string): Promise<IndexEntry | undefined> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [recordId]);
  const rows = await tx.query<Row>(
    `select nextval('search_version')::text as version, r.rank, r.state, r.code_number as "codeNumber", r.code_notation as "codeNotation",
       r.arrival_number as "arrivalNumber", r.subject, r.issuer, ${bodyName('r')} as body, r.signer_name as signer, r.document_type as "documentType",
       r.lead_unit_id::text as unit, r.direction, r.urgency, r.issued_date as "issuedDate",
       coalesce(r.registered_at, r.received_at) as "movedAt",
       array(select f.name ${currentFiles} order by ${readingOrder}) as "fileNames",
       array(select t.text ${currentText} order by ${readingOrder}, t.number) as text
     from record r where r.id = $1 and r.state not in ('frozen', 'joined')`,
    [recordId],
  );
  const row = rows[0];
  if (!row) return undefined;
  return {
    recordId,
    rank: row.rank,
    version: Number(row.version),
    readers: await readersStandingNow(tx, recordId, today),
    numberAndSymbol: numberAndSymbol(row.codeNumber, row.codeNotation),
    arrivalNumber: row.arrivalNumber,
    subject: row.subject,
    issuer: row.issuer,
    signer: row.signer,
    fileNames: row.fileNames,
    text: row.text,
    facets: {
      documentType: row.documentType,
      issuer: row.body,
      unit: row.unit,
      direction: row.direction,
      urgency: row.urgency,
      state: row.state,
      year: row.issuedDate === null ? null : Number(row.issuedDate.slice(0, 4)),
      issuedDate: row.issuedDate,
    },
    receivedAt: row.movedAt,
  };
}

const step = 1_000;

/** Every record of a rank that should stand in its index, in the order of their ids, a thousand at a time. */
export async function* recordsOfRank(
  inTransaction: <T>(work: (tx: Connection) => Promise<T>) => Promise<T>,
  rank: Rank,
): AsyncGenerator<readonly string[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const from = after;
    const rows = await inTransaction((tx) =>
      tx.query<{ id: string }>(
        `select id::text as id from record where rank = $1 and state not in ('frozen', 'joined') and id > $2::uuid order by id limit ${String(step)}`,
        [rank, from],
      ),
    );
    if (rows.length > 0) yield rows.map((row) => row.id);
    const last = rows.at(-1);
    if (last === undefined || rows.length < step) return;
    after = last.id;
  }
}
