import type { Rank } from '../../kernel/labels.ts';
import { newId } from '../../kernel/ids.ts';
import type { Transaction, Writing } from './store.ts';

export interface StoredHeading {
  readonly id: string;
  readonly planId: string;
  readonly parentId: string | null;
  readonly numeral: string;
  readonly title: string;
  readonly year: number;
}

const headingColumns =
  'h.id, h.plan_id as "planId", h.parent_id as "parentId", h.numeral, h.title, p.year from plan_heading h join file_plan p on p.id = h.plan_id';

export async function headingById(tx: Transaction, agencyId: string, id: string): Promise<StoredHeading | undefined> {
  const rows = await tx.query<StoredHeading>(
    `select ${headingColumns} where h.id = $2 and p.agency_id = $1 and h.removed_at is null`,
    [agencyId, id],
  );
  return rows[0];
}

export function headingsOfPlan(tx: Transaction, agencyId: string, year: number): Promise<StoredHeading[]> {
  return tx.query<StoredHeading>(
    `select ${headingColumns} where p.agency_id = $1 and p.year = $2 and h.removed_at is null order by h.parent_id nulls first, h.ordinal`,
    [agencyId, year],
  );
}

/** The plan of the year, made when its first heading comes. */
export async function planFor({ tx, at, by }: Writing, agencyId: string, year: number): Promise<string> {
  await tx.query(
    'insert into file_plan (id, agency_id, year, made_at, made_by) values ($1, $2, $3, $4, $5) on conflict (agency_id, year) do nothing',
    [newId(at), agencyId, year, at, by],
  );
  const rows = await tx.query<{ id: string }>('select id from file_plan where agency_id = $1 and year = $2', [
    agencyId,
    year,
  ]);
  const row = rows[0];
  if (!row) throw new Error('the file plan that was just made is not there');
  return row.id;
}

/** A row more only when it is another document than the one that holds. */
export async function setPlanDocument({ tx, at, by }: Writing, planId: string, document: string): Promise<void> {
  await tx.query(
    `insert into plan_document (id, plan_id, document, set_at, set_by) select $1::uuid, $2::uuid, $3::text, $4::timestamptz, $5::uuid
     where $3::text is distinct from (select document from plan_document where plan_id = $2 order by set_at desc, id desc limit 1)`,
    [newId(at), planId, document, at, by],
  );
}

export async function insertHeading(
  { tx, at, by }: Writing,
  heading: {
    readonly planId: string;
    readonly parentId: string | null;
    readonly ordinal: number;
    readonly numeral: string;
    readonly title: string;
  },
): Promise<string> {
  const id = newId(at);
  await tx.query(
    'insert into plan_heading (id, plan_id, parent_id, ordinal, numeral, title, added_at, added_by) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [id, heading.planId, heading.parentId, heading.ordinal, heading.numeral, heading.title, at, by],
  );
  return id;
}

/** A new title, or none for a heading that goes; what it was called is kept. */
export async function changeHeading(
  { tx, at, by }: Writing,
  heading: StoredHeading,
  after: string | null,
  reason: string,
): Promise<void> {
  await tx.query(
    `insert into plan_heading_change (id, heading_id, before, after, changed_at, changed_by, reason)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(at), heading.id, heading.title, after, at, by, reason],
  );
  if (after === null)
    await tx.query('update plan_heading set removed_at = $2, removed_by = $3 where id = $1', [heading.id, at, by]);
  else await tx.query('update plan_heading set title = $2 where id = $1', [heading.id, after]);
}

/** Whether a dossier or a smaller heading stands under it, known to who asks or not. */
export async function headingHolds(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.query<{ holds: boolean }>(
    `select exists (select 1 from dossier where heading_id = $1)
       or exists (select 1 from plan_heading where parent_id = $1 and removed_at is null) as holds`,
    [id],
  );
  return rows[0]?.holds ?? false;
}

/** Units that stand today and who works here, as a table names them. */
export async function namesOf(
  tx: Transaction,
  agencyId: string,
  day: string,
): Promise<{ units: Map<string, string>; people: Map<string, { id: string; clearance: Rank }> }> {
  const units = await tx.query<{ id: string; symbol: string }>(
    `select id, symbol from unit where agency_id = $1 and valid_from <= $2::date and (valid_until is null or $2::date < valid_until)`,
    [agencyId, day],
  );
  const people = await tx.query<{ id: string; name: string; clearance: Rank }>(
    `select p.id, p.login_name as name, coalesce((select max(c.rank) from clearance c where c.person_id = p.id
       and c.valid_from <= $2::date and (c.valid_until is null or $2::date < c.valid_until)), 0) as clearance
     from person p where p.agency_id = $1 and exists (select 1 from role_assignment a where a.person_id = p.id
       and a.valid_from <= $2::date and (a.valid_until is null or $2::date < a.valid_until))`,
    [agencyId, day],
  );
  return {
    units: new Map(units.map(({ id, symbol }) => [symbol, id])),
    people: new Map(people.map(({ name, ...rest }) => [name, rest])),
  };
}
