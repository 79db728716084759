import type { CopyEntry } from './rules.ts';

interface Connection {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

/** Takes the next number of its series and stands under it; without its transaction neither happens. */
export async function enterCopy(connection: Connection, entry: Omit<CopyEntry, 'number'>): Promise<CopyEntry> {
  const rows = await connection.query<{ number: number }>(
    `with next as (
       insert into copy_series (agency_id, year, rank, last_number) values ($2, $3, $4, 1)
       on conflict (agency_id, year, rank) do update set last_number = copy_series.last_number + 1 returning last_number
     )
     insert into copy (id, agency_id, year, rank, number, record_id, file_id, version, file_name, purpose, person_id,
       person_name, unit_name, made_at, tool, font)
     select $1, $2, $3, $4, next.last_number, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 from next returning number`,
    [
      entry.id,
      entry.agencyId,
      entry.year,
      entry.rank,
      entry.recordId,
      entry.fileId,
      entry.version,
      entry.fileName,
      entry.purpose,
      entry.personId,
      entry.personName,
      entry.unitName,
      entry.at,
      entry.tool,
      entry.font,
    ],
  );
  return { ...entry, number: rows[0]?.number ?? 0 };
}

export async function enterOutcome(
  connection: Connection,
  copyId: string,
  outcome: { readonly sha256: Buffer; readonly size: number; readonly pages: number } | { readonly problem: string },
  at: Date,
): Promise<void> {
  const made = 'sha256' in outcome ? outcome : undefined;
  await connection.query(
    `insert into copy_outcome (copy_id, sha256, size, pages, problem, known_at) values ($1, $2, $3, $4, $5, $6)`,
    [
      copyId,
      made?.sha256 ?? null,
      made?.size ?? null,
      made?.pages ?? null,
      'problem' in outcome ? outcome.problem : null,
      at,
    ],
  );
}
