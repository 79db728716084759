import { createHash } from 'node:crypto';
import pg from 'pg';
import { entryOf } from '../../src/departments/search/store.ts';
import type { IndexEntry, SearchEngine } from '../../src/departments/search/ports.ts';
import { opensToAll, readersFor } from '../../src/departments/classification/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import { createPostgresEngine } from '../../src/platform/search-engine/postgres.ts';
import { textOf, type GeneratedLetter } from './generated-office.ts';

/**
 * An archive of many records for the benches, written straight into the tables: rows, ways in and labels as the
 * registry would have left them, the index through the product's own reading (`entryOf`) and its own engine. What is
 * not there: bytes in the vault, page pictures, and the log of how the letters came.
 */
export interface Filling {
  /** The database as its superuser. */
  readonly url: string;
  readonly say: (text: string) => void;
}

const batchOf = 500;

/** Days stay the text they are, as in the product's own connections. */
const dayType: number = pg.types.builtins.DATE;
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const usual = pg.types.getTypeParser as (oid: number, format?: string) => (value: string) => unknown;
    return oid === dayType ? (text: string) => text : usual(oid, format);
  },
};

/** Every record once more, into another engine. */
export async function fillEngine(url: string, engine: SearchEngine, say: (text: string) => void): Promise<void> {
  const pool = fillingPool(url);
  try {
    const rebuild = await withoutIndexes(pool, 'search_fresh_');
    const { rows } = await pool.query<{ id: string }>('select id from vankho.record order by id');
    for (let at = 0; at < rows.length; at += 1_000) {
      await engine.write(
        await entriesOf(
          pool,
          rows.slice(at, at + 1_000).map(({ id }) => id),
        ),
      );
      await engine.settled();
      if (at % 10_000 === 0) say(`${at.toLocaleString('en-US')} records`);
    }
    for (const sql of rebuild) await pool.query(sql);
    await pool.query('analyze');
  } finally {
    await pool.end();
  }
}

interface Desk {
  readonly agencyId: string;
  readonly clerkId: string;
  readonly units: ReadonlyMap<string, string>;
}

function fillingPool(url: string): pg.Pool {
  return new pg.Pool({
    connectionString: url,
    max: 4,
    types,
    // Filling need not outlast a power cut; the product's own connections keep their durable commits.
    options: '-c search_path=vankho,public -c synchronous_commit=off -c maintenance_work_mem=512MB',
  });
}

export async function fillTables(letters: Iterable<GeneratedLetter>, filling: Filling): Promise<number> {
  const pool = fillingPool(filling.url);
  try {
    const desk = await deskOf(pool);
    const engine = createPostgresEngine({ pool });
    const rebuild = await withoutIndexes(pool, 'search_rank_');
    const numbers = new Map<number, number>();
    let filled = 0;
    for (const batch of batches(letters)) {
      const ids = await insertBatch(pool, desk, batch, numbers);
      const entries = await entriesOf(pool, ids);
      await engine.write(entries);
      filled += batch.length;
      if (filled % 10_000 === 0) filling.say(`${filled.toLocaleString('en-US')} records`);
    }
    await keepNumbers(pool, numbers);
    filling.say('indexes of the search tables');
    for (const sql of rebuild) await pool.query(sql);
    await pool.query('analyze');
    return filled;
  } finally {
    await pool.end();
  }
}

async function deskOf(pool: pg.Pool): Promise<Desk> {
  const { rows } = await pool.query<{ agencyId: string; clerkId: string }>(
    `select p.agency_id as "agencyId", p.id as "clerkId" from person p
     join role_assignment r on r.person_id = p.id where r.role = 'clerk' order by p.id limit 1`,
  );
  const units = await pool.query<{ id: string; symbol: string }>('select id, symbol from unit');
  const first = rows[0];
  if (!first) throw new Error('this archive has no clerk');
  return { ...first, units: new Map(units.rows.map(({ symbol, id }) => [symbol, id])) };
}

/** A GIN index is built from a full table in a tenth of the time that its rows one by one take; it is the same index. */
async function withoutIndexes(pool: pg.Pool, shelf: string): Promise<string[]> {
  const { rows } = await pool.query<{ indexname: string; indexdef: string }>(
    `select indexname, indexdef from pg_indexes
     where schemaname = 'vankho' and starts_with(tablename, $1) and indexdef not like '%UNIQUE%'`,
    [shelf],
  );
  for (const { indexname } of rows) await pool.query(`drop index vankho.${indexname}`);
  return rows.map(({ indexdef }) => indexdef);
}

function* batches(letters: Iterable<GeneratedLetter>): Generator<GeneratedLetter[]> {
  let batch: GeneratedLetter[] = [];
  for (const letter of letters) {
    batch.push(letter);
    if (batch.length === batchOf) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

async function insertBatch(
  pool: pg.Pool,
  desk: Desk,
  letters: readonly GeneratedLetter[],
  numbers: Map<number, number>,
): Promise<string[]> {
  const rows = letters.map((letter) => rowOf(desk, letter, numbers));
  const into = (table: string, columns: string, list: readonly object[]): Promise<unknown> =>
    pool.query(
      `insert into vankho.${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::vankho.${table}, $1::jsonb)`,
      [JSON.stringify(list)],
    );
  await into(
    'record',
    Object.keys(rows[0]?.record ?? {}).join(', '),
    rows.map(({ record }) => record),
  );
  await into(
    'record_label',
    'id, record_id, rank, set_at, set_by, reason',
    rows.map(({ label }) => label),
  );
  await into(
    'record_unit',
    'record_id, unit_id',
    rows.flatMap(({ units }) => units),
  );
  await into(
    'record_reader',
    'id, record_id, reader, valid_from, given_by, reason',
    rows.flatMap(({ readers }) => readers),
  );
  await into(
    'content_object',
    Object.keys(rows[0]?.content ?? {}).join(', '),
    rows.map(({ content }) => content),
  );
  await into(
    'representation',
    'id, record_id, kind, number, made_at',
    rows.map(({ representation }) => representation),
  );
  await into(
    'record_file',
    Object.keys(rows[0]?.file ?? {}).join(', '),
    rows.map(({ file }) => file),
  );
  await into(
    'page_text',
    'file_id, number, text, source',
    rows.map(({ page }) => page),
  );
  return rows.map(({ record }) => record.id);
}

function rowOf(desk: Desk, letter: GeneratedLetter, numbers: Map<number, number>) {
  const at = new Date(`${letter.arrivalDate ?? letter.issuedDate}T02:00:00Z`);
  // Time-ordered ids come from the clock; a letter of last year gets its own moment of that day.
  const moment = new Date(at.getTime() + (Number(letter.id.slice(4)) % 28_800) * 1000);
  const [id, fileId, contentId, representationId] = [newId(moment), newId(moment), newId(moment), newId(moment)];
  const year = moment.getUTCFullYear();
  const isIncoming = letter.direction === 'incoming';
  if (isIncoming) numbers.set(year, (numbers.get(year) ?? 0) + 1);
  const unitOf = (symbol: string): string | null => desk.units.get(symbol) ?? null;
  const supporting = letter.supportingUnitSymbols.flatMap((symbol) => unitOf(symbol) ?? []);
  const leadUnitId = unitOf(letter.leadUnitSymbol);
  const openToAll = opensToAll(letter.rank, letter.openToAll);
  const ways = readersFor({
    agencyId: desk.agencyId,
    uploaderId: desk.clerkId,
    leadUnitId,
    supportingUnitIds: supporting,
    openToAll,
  });
  const text = textOf(letter);
  return {
    record: {
      id,
      agency_id: desk.agencyId,
      state: 'declared',
      version: 2,
      rank: letter.rank,
      open_to_all: openToAll,
      lead_unit_id: leadUnitId,
      direction: letter.direction,
      document_type: letter.documentType,
      code_number: letter.codeNumber,
      code_notation: letter.codeNotation,
      issued_date: letter.issuedDate,
      issuer: letter.issuer,
      subject: letter.subject,
      signer_name: letter.signerName,
      recipients: letter.recipients,
      urgency: letter.urgency,
      due_date: letter.dueDate,
      arrival_date: letter.arrivalDate,
      arrival_number: isIncoming ? (numbers.get(year) ?? null) : null,
      received_at: moment,
      received_by: desk.clerkId,
      registered_at: moment,
      registered_by: desk.clerkId,
    },
    label: {
      id: newId(moment),
      record_id: id,
      rank: letter.rank,
      set_at: moment,
      set_by: desk.clerkId,
      reason: 'registered',
    },
    units: supporting.map((unit) => ({ record_id: id, unit_id: unit })),
    readers: ways.map((reader) => ({
      id: newId(moment),
      record_id: id,
      reader,
      valid_from: moment.toISOString().slice(0, 10),
      given_by: desk.clerkId,
      reason: 'registered',
    })),
    content: {
      id: contentId,
      area: 'vault',
      sha256: `\\x${createHash('sha256').update(text).digest('hex')}`,
      sha512: `\\x${createHash('sha512').update(text).digest('hex')}`,
      size: text.length,
      media_type: 'application/pdf',
      format: 'pdf',
      stored_at: moment,
      vaulted_at: moment,
    },
    representation: { id: representationId, record_id: id, kind: 'original', number: 1, made_at: moment },
    file: {
      id: fileId,
      record_id: id,
      representation_id: representationId,
      content_id: contentId,
      ordinal: 1,
      role: 'main',
      name: letter.fileName,
      stage: 'ready',
      text_unit: 'page',
      pages: 1,
      received_at: moment,
    },
    page: { file_id: fileId, number: 1, text, source: 'layer' },
  };
}

async function entriesOf(pool: pg.Pool, ids: readonly string[]): Promise<IndexEntry[]> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const tx = {
      query: async <Row>(sql: string, parameters?: unknown[]): Promise<Row[]> =>
        (await client.query(sql, parameters)).rows as Row[],
    };
    const entries: IndexEntry[] = [];
    for (const id of ids) {
      const entry = await entryOf(tx, id, new Date().toISOString().slice(0, 10));
      if (entry) entries.push(entry);
    }
    await client.query('commit');
    return entries;
  } finally {
    client.release();
  }
}

/** The books: an entry for each number that was given, and the last of each year. */
async function keepNumbers(pool: pg.Pool, numbers: ReadonlyMap<number, number>): Promise<void> {
  for (const [year, last] of numbers) {
    await pool.query(
      `insert into vankho.register (id, agency_id, direction, year, kind, last_number)
       select $1, id, 'incoming', $2, 'own', $3 from vankho.agency`,
      [newId(), year, last],
    );
  }
  await pool.query(
    `insert into vankho.register_entry (id, register_id, number, number_text, record_id, entered_at, entered_by)
     select gen_random_uuid(), g.id, r.arrival_number, r.code_number || '/' || r.code_notation, r.id, r.registered_at, r.registered_by
     from vankho.record r join vankho.register g on g.direction = r.direction and g.year = extract(year from r.arrival_date)
     where r.arrival_number is not null`,
  );
}
