import type { Direction } from '../../contract/shapes.ts';
import { newId } from '../../kernel/ids.ts';
import { bookBeforeSetUp, type BookContent, type BookSetting } from './rules-registers.ts';

interface Connection {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export interface Book extends BookSetting {
  readonly id: string;
  readonly direction: Direction;
  readonly year: number;
}

const columns = 'id, direction, year, kind, start_number as "startNumber", other_system as "otherSystem"';

/** How the book of that year would be, set up or not. */
export async function bookAsItIs(
  connection: Connection,
  agencyId: string,
  direction: Direction,
  year: number,
): Promise<BookSetting & { readonly lastNumber: number }> {
  const rows = await connection.query<BookSetting & { year: number; lastNumber: number }>(
    `select ${columns}, last_number as "lastNumber" from register
     where agency_id = $1 and direction = $2 and series = 'main' and year <= $3 order by year desc limit 1`,
    [agencyId, direction, year],
  );
  const newest = rows[0];
  if (newest?.year === year) return newest;
  const setting = bookBeforeSetUp(direction, newest);
  return { ...setting, lastNumber: setting.startNumber - 1 };
}

/** The book of that year, made when the year's first document comes, and held until the transaction ends. */
export async function heldBook(
  tx: Connection,
  agencyId: string,
  direction: Direction,
  year: number,
  at: Date,
): Promise<Book> {
  const find = (): Promise<Book[]> =>
    tx.query<Book>(
      `select ${columns} from register where agency_id = $1 and direction = $2 and year = $3 and series = 'main' for update`,
      [agencyId, direction, year],
    );
  const standing = (await find())[0];
  if (standing) return standing;
  const setting = await bookAsItIs(tx, agencyId, direction, year);
  await insertBook(tx, { agencyId, direction, year, setting, at, by: null });
  const made = (await find())[0];
  if (!made) throw new Error('the register that was just made is not there');
  return made;
}

/** Answers the id, or nothing when there is such a book already. */
export async function insertBook(
  tx: Connection,
  book: {
    readonly agencyId: string;
    readonly direction: Direction;
    readonly year: number;
    readonly setting: BookSetting;
    readonly at: Date;
    /** Whoever set it up; a year that began by itself has nobody. */
    readonly by: string | null;
  },
): Promise<string | undefined> {
  const { kind, startNumber, otherSystem } = book.setting;
  const rows = await tx.query<{ id: string }>(
    `insert into register (id, agency_id, direction, year, kind, start_number, last_number, other_system, set_up_at, set_up_by)
     values ($1, $2, $3, $4, $5, $6, $6 - 1, $7, case when $9::uuid is null then null else $8::timestamptz end, $9)
     on conflict (agency_id, direction, series, year) do nothing returning id`,
    [newId(book.at), book.agencyId, book.direction, book.year, kind, startNumber, otherSystem, book.at, book.by],
  );
  return rows[0]?.id;
}

export async function heldBookById(tx: Connection, agencyId: string, id: string): Promise<Book | undefined> {
  const rows = await tx.query<Book>(
    `select ${columns} from register where id = $1 and agency_id = $2 and series = 'main' for update`,
    [id, agencyId],
  );
  return rows[0];
}

export async function contentOf(tx: Connection, bookId: string): Promise<BookContent> {
  const rows = await tx.query<BookContent>(
    `select exists (select 1 from register_entry where register_id = $1 and number is not null and not taken) as allocated,
       (select max(number) from register_entry where register_id = $1 and taken) as "highestTaken"`,
    [bookId],
  );
  return rows[0] ?? { allocated: false, highestTaken: null };
}

export async function changeBook(
  tx: Connection,
  book: Book,
  setting: BookSetting,
  about: { readonly at: Date; readonly by: string; readonly reason: string },
): Promise<void> {
  const { kind, startNumber, otherSystem } = book;
  await tx.query(
    `insert into register_change (id, register_id, before, after, changed_at, changed_by, reason)
     values ($1, $2, $3::jsonb, $4::jsonb, $5, $6, $7)`,
    [
      newId(about.at),
      book.id,
      JSON.stringify({ kind, startNumber, otherSystem }),
      JSON.stringify(setting),
      about.at,
      about.by,
      about.reason,
    ],
  );
  await tx.query(
    'update register set kind = $2, start_number = $3, last_number = $3 - 1, other_system = $4 where id = $1',
    [book.id, setting.kind, setting.startNumber, setting.otherSystem],
  );
}

/** The year of the book in which a record has a number, given here or taken. */
export async function yearOfNumber(tx: Connection, recordId: string): Promise<number | undefined> {
  const rows = await tx.query<{ year: number }>(
    `select g.year from register_entry e join register g on g.id = e.register_id
     where e.record_id = $1 and e.number is not null and e.voided_at is null`,
    [recordId],
  );
  return rows[0]?.year;
}

/**
 * The next number, in the caller's transaction: the row stays locked until it commits, so that a number given up is
 * given again and none is skipped (Nghị định 30/2020, Điều 22(2)).
 */
export async function nextOf(tx: Connection, bookId: string): Promise<number> {
  const rows = await tx.query<{ number: number }>(
    'update register set last_number = last_number + 1 where id = $1 returning last_number as number',
    [bookId],
  );
  const number = rows[0]?.number;
  if (number === undefined) throw new Error('the register is not there');
  return number;
}

/** Enters a record; answers false when its number stands in the book already. */
export async function insertEntry(
  tx: Connection,
  bookId: string,
  entry: {
    readonly recordId: string;
    readonly number: number | null;
    readonly taken: boolean;
    readonly numberText: string | null;
    readonly at: Date;
    readonly by: string;
  },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into register_entry (id, register_id, number, taken, number_text, record_id, entered_at, entered_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (register_id, number) do nothing returning id`,
    [newId(entry.at), bookId, entry.number, entry.taken, entry.numberText, entry.recordId, entry.at, entry.by],
  );
  return rows.length > 0;
}
