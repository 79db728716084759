import { createHash } from 'node:crypto';
import pg from 'pg';
import { entryOf } from '../../src/departments/search/store.ts';
import type { IndexEntry, SearchEngine } from '../../src/departments/search/ports.ts';
import { numberAndSymbol } from '../../src/departments/registry/index.ts';
import { opensToAll, readersFor } from '../../src/departments/classification/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import { createPostgresEngine } from '../../src/platform/search-engine/postgres.ts';
import type { Transaction } from '../../src/departments/dossiers/store.ts';
import { insertBody } from '../../src/departments/registry/store-correspondents.ts';
import { heldBook } from '../../src/departments/registry/store-registers.ts';
import type { Direction } from '../../src/contract/shapes.ts';
import { markDossiers, openPlans, placesFor, type Shelves } from './fill-dossiers.ts';
import { isCompany, textOf, type GeneratedLetter, type GeneratedPlan } from './generated-office.ts';

/**
 * An archive of many records for the benches, written straight into the tables: rows, ways in, labels, lines of the
 * books and places in the dossiers as the registry would have left them; plans, books, bodies and the index through the
 * product's own stores, reading (`entryOf`) and engine. What is not there: bytes in the vault, page pictures, the history
 * of each record's fields, and the log of how the letters came.
 */
export interface Filling {
  /** The database as its superuser. */
  readonly url: string;
  readonly say: (text: string) => void;
  /** The file plans of the letters' years. */
  readonly plans: readonly GeneratedPlan[];
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
  readonly officerId: string;
  readonly units: ReadonlyMap<string, string>;
  readonly shelves: Shelves;
  readonly books: Books;
  /** The body of each issuer. */
  readonly bodies: Map<string, string>;
}

/** Books by direction and year, with the last number of each. */
type Books = Map<string, { readonly id: string; last: number }>;

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
    const tx = writer(pool);
    const desk = await deskOf(pool, tx, filling.plans);
    const engine = createPostgresEngine({ pool, readerPool: () => pool });
    const rebuild = await withoutIndexes(pool, 'search_rank_');
    let filled = 0;
    for (const batch of batches(letters)) {
      await enterBooksAndBodies(tx, desk, batch);
      const ids = await insertBatch(pool, desk, batch);
      const entries = await entriesOf(pool, ids);
      await engine.write(entries);
      filled += batch.length;
      if (filled % 10_000 === 0) filling.say(`${filled.toLocaleString('en-US')} records`);
    }
    for (const { id, last } of desk.books.values())
      await pool.query("update vankho.register set last_number = $2 where id = $1 and kind = 'own'", [id, last]);
    await markDossiers(tx, desk.shelves);
    filling.say('indexes of the search tables');
    for (const sql of rebuild) await pool.query(sql);
    await pool.query('analyze');
    return filled;
  } finally {
    await pool.end();
  }
}

/** What the product's stores read and write through. */
function writer(pool: Pick<pg.Pool, 'query'>): Transaction {
  return {
    query: async <Row>(sql: string, parameters?: unknown[]): Promise<Row[]> =>
      (await pool.query(sql, parameters)).rows as Row[],
    get manager(): never {
      throw new Error('filling has no entities');
    },
  };
}

async function deskOf(pool: pg.Pool, tx: Transaction, plans: readonly GeneratedPlan[]): Promise<Desk> {
  const first = async (role: string): Promise<{ agencyId: string; id: string }> => {
    const { rows } = await pool.query<{ agencyId: string; id: string }>(
      `select p.agency_id as "agencyId", p.id from person p
       join role_assignment r on r.person_id = p.id where r.role = $1 order by p.id limit 1`,
      [role],
    );
    if (!rows[0]) throw new Error(`nobody is ${role} in this archive`);
    return rows[0];
  };
  const { agencyId, id: clerkId } = await first('clerk');
  const { id: officerId } = await first('records-officer');
  const units = await pool.query<{ id: string; symbol: string }>('select id, symbol from unit');
  return {
    agencyId,
    clerkId,
    officerId,
    units: new Map(units.rows.map(({ symbol, id }) => [symbol, id])),
    shelves: await openPlans(tx, { agencyId, officerId, clerkId }, plans),
    books: new Map(),
    bodies: new Map(),
  };
}

const yearOf = ({ arrivalDate, issuedDate }: GeneratedLetter): number =>
  Number((arrivalDate ?? issuedDate).slice(0, 4));
const bookKey = (letter: GeneratedLetter): string => `${letter.direction} ${String(yearOf(letter))}`;

/** Books and bodies that these letters are the first of. Ministries and provinces stand on the list, with a code; companies were only met. */
async function enterBooksAndBodies(
  tx: Transaction,
  { agencyId, clerkId, books, bodies }: Desk,
  letters: readonly GeneratedLetter[],
): Promise<void> {
  for (const letter of letters) {
    const { issuer } = letter;
    const at = momentOf(letter);
    if (!books.has(bookKey(letter))) {
      const { id } = await heldBook(tx, agencyId, letter.direction satisfies Direction, yearOf(letter), at);
      books.set(bookKey(letter), { id, last: 0 });
    }
    if (bodies.has(issuer)) continue;
    const listed = !isCompany(issuer);
    const code = listed ? `G${String(bodies.size).padStart(2, '0')}` : null;
    bodies.set(issuer, await insertBody({ tx, agencyId, at, by: clerkId }, { name: issuer, code, listed }));
  }
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

async function insertBatch(pool: pg.Pool, desk: Desk, letters: readonly GeneratedLetter[]): Promise<string[]> {
  const rows = letters.map((letter) => rowOf(desk, letter));
  const into = (table: string, columns: string, list: readonly object[], values = columns): Promise<unknown> =>
    pool.query(
      `insert into vankho.${table} (${columns}) select ${values} from jsonb_populate_recordset(null::vankho.${table}, $1::jsonb)`,
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
  await into(
    'register_entry',
    'id, register_id, number, taken, number_text, record_id, entered_at, entered_by',
    rows.map(({ entry }) => entry),
  );
  const places = rows.flatMap((row) => row.places);
  await into(
    'dossier_item',
    'id, dossier_id, record_id, home, place, added_at, added_by',
    places.map(({ item }) => item),
  );
  await into(
    'dossier_change',
    'id, dossier_id, record_id, field, before, after, changed_at, changed_by, rank',
    places.map(({ change }) => change),
    "id, dossier_id, record_id, field, 'null', after, changed_at, changed_by, rank",
  );
  return rows.map(({ record }) => record.id);
}

/** Time-ordered ids come from the clock; a letter of last year gets its own moment of that day. */
function momentOf(letter: GeneratedLetter): Date {
  const at = new Date(`${letter.arrivalDate ?? letter.issuedDate}T02:00:00Z`);
  return new Date(at.getTime() + (Number(letter.id.slice(4)) % 28_800) * 1000);
}

function rowOf(desk: Desk, letter: GeneratedLetter) {
  const moment = momentOf(letter);
  const [id, fileId, contentId, representationId] = [newId(moment), newId(moment), newId(moment), newId(moment)];
  const book = desk.books.get(bookKey(letter));
  if (!book) throw new Error('a letter has no book');
  const number = letter.direction === 'incoming' ? (book.last += 1) : null;
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
      arrival_number: number,
      dossier_year: yearOf(letter),
      dossier_notation: letter.dossierNotation,
      correspondent_id: desk.bodies.get(letter.issuer) ?? null,
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
    entry: {
      id: newId(moment),
      register_id: book.id,
      number,
      taken: false,
      number_text: numberAndSymbol(letter.codeNumber, letter.codeNotation),
      record_id: id,
      entered_at: moment,
      entered_by: desk.clerkId,
    },
    places: placesFor(desk.shelves, desk, letter, { id, moment }),
  };
}

async function entriesOf(pool: pg.Pool, ids: readonly string[]): Promise<IndexEntry[]> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const tx = writer(client);
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
