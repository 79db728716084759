import type { TrayItem } from '../../contract/intake.ts';
import type { Actor } from '../../kernel/actor.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import { knowableCondition, knowableParameters } from '../classification/index.ts';
import { guessFromFileName, numbersWithoutFile } from '../registry/index.ts';

interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

type Row = Omit<TrayItem, 'receivedAt' | 'guess'> & { readonly receivedAt: Date };

/** What waits at the desk, oldest last; a place in the list is the moment and id of its last row. */
export async function trayPage(
  door: Door,
  actor: Actor,
  today: string,
  asked: { readonly state: 'waiting' | 'all'; readonly after?: string | undefined; readonly limit: number },
): Promise<{ rows: TrayItem[]; next: string | null }> {
  const rule = knowableCondition(actor, today, 'r', 1);
  const [at, id] = placeOf(asked.after);
  const hole = (offset: number) => `$${String(knowableParameters + offset)}`;
  const rows = await door.query<Row>(
    `select r.id as "recordId", f.id as "fileId", f.name as "fileName", r.subject, c.size::float8 as size, c.format, r.state, f.stage, f.pages,
       (select count(*)::integer from page_text t where t.file_id = f.id and t.source <> 'waiting') as "pagesRead",
       f.problem, f.received_at as "receivedAt", r.arrival_number as "arrivalNumber", r.received_by = ${hole(2)} as mine
     from record r join record_file f on f.record_id = r.id join content_object c on c.id = f.content_id
     where ${rule.sql} and ${asked.state === 'waiting' ? "r.state = 'draft'" : 'true'}
       and (${hole(3)}::timestamptz is null or (f.received_at, f.id) < (${hole(3)}, ${hole(4)}::uuid))
     order by f.received_at desc, f.id desc limit ${hole(1)}`,
    [...rule.parameters, asked.limit, actor.personId, at, id],
  );
  const last = rows.at(-1);
  const guesses = rows.map((row) =>
    row.state === 'draft' ? guessFromFileName(row.fileName, Number(vietnamDay(row.receivedAt).slice(0, 4))) : null,
  );
  const waits = await numbersWithoutFile(
    door,
    actor,
    today,
    guesses.filter((guess) => guess !== null),
  );
  const guessOf = (at: number) => {
    const guess = guesses[at] ?? null;
    return guess && waits.has(`${String(guess.number)} ${String(guess.year)}`) ? guess : null;
  };
  return {
    rows: rows.map((row, at) => ({ ...row, receivedAt: row.receivedAt.toISOString(), guess: guessOf(at) })),
    next: rows.length === asked.limit && last ? `${last.receivedAt.toISOString()} ${last.fileId}` : null,
  };
}

function placeOf(after: string | undefined): [string | null, string | null] {
  const parts = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([0-9a-f-]{36})$/u.exec(after ?? '');
  return [parts?.[1] ?? null, parts?.[2] ?? null];
}

export interface DeskCounts {
  readonly waiting: number;
  readonly processing: number;
  readonly failed: number;
  readonly registeredToday: number;
  readonly overdue: number;
}

/** The desk's numbers today; `overdue`: registered, with a deadline (thời hạn giải quyết) that has passed. */
export async function deskCounts(door: Door, actor: Actor, today: string): Promise<DeskCounts> {
  const rule = knowableCondition(actor, today, 'r', 1);
  const day = `$${String(knowableParameters)}::date`;
  const rows = await door.query<DeskCounts>(
    `select
       (count(*) filter (where r.state = 'draft'))::integer as waiting,
       (count(*) filter (where r.state = 'draft' and exists (
         select 1 from record_file f where f.record_id = r.id and f.stage in ('received', 'checked', 'vaulted', 'recognising'))))::integer as processing,
       (count(*) filter (where r.state = 'draft' and exists (
         select 1 from record_file f where f.record_id = r.id and f.stage in ('failed', 'kept-unread'))))::integer as failed,
       (count(*) filter (where (r.registered_at at time zone 'Asia/Ho_Chi_Minh')::date = ${day}))::integer as "registeredToday",
       (count(*) filter (where r.state = 'declared' and r.due_date < ${day}))::integer as overdue
     from record r where ${rule.sql}`,
    rule.parameters,
  );
  return rows[0] ?? { waiting: 0, processing: 0, failed: 0, registeredToday: 0, overdue: 0 };
}
