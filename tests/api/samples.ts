import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import type pg from 'pg';
import { eventually } from '../support/eventually.ts';
import type { TestHouse } from '../support/house.ts';
import type { Visitor } from '../support/visitor.ts';

/** What the tests of the counters send, and where they look besides the answer. */

/** A PDF with a text layer, one page for each text. */
export async function letter(...pages: readonly string[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  for (const words of pages) pdf.addPage().drawText(words, { font, size: 13, x: 60, y: 700 });
  return pdf.save();
}

export interface LogLine {
  readonly type: string;
  readonly outcome: string;
  readonly personId: string | null;
  readonly recordId: string | null;
  readonly rank: number | null;
  readonly address: string;
  readonly leaf: string;
}

/** The log itself, oldest first, as its owner reads it. */
export async function logOf(owner: pg.Pool, type?: string): Promise<LogLine[]> {
  const { rows } = await owner.query<LogLine>(
    `select type, outcome, person_id as "personId", record_id as "recordId", rank, address, leaf
     from vankho.audit_event where $1::text is null or type = $1 order by id`,
    [type ?? null],
  );
  return rows;
}

export async function countOf(owner: pg.Pool, table: string): Promise<number> {
  const { rows } = await owner.query<{ count: string }>(`select count(*) from vankho.${table}`);
  return Number(rows[0]?.count);
}

/** Every file under a folder of the house, with its path; none when the folder is not there. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Waits until nothing waits to be read or indexed. */
export async function settled(owner: pg.Pool): Promise<void> {
  await eventually(async () => {
    const { rows } = await owner.query<{ left: string }>('select count(*) as left from graphile_worker._private_jobs');
    return rows[0]?.left === '0';
  });
}

export interface BytesAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/** The bytes of an answer; rejects when the connection ended before the answer did. */
export async function bytesOf(
  house: TestHouse,
  person: Visitor,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<BytesAnswer> {
  const response = await fetch(`${house.base}${path}`, { headers: { cookie: person.cookie, ...headers } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}
