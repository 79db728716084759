import type { DossierItem, DossierRow, DossierState } from '../../contract/dossiers.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Rank } from '../../kernel/labels.ts';
import {
  knowableCondition,
  knowableDossierCondition,
  knowableDossierParameters,
  knowableParameters,
} from '../classification/index.ts';
import { retentionOf } from './rules.ts';
import type { ItemFacts } from './rules-checks.ts';

export interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export const person = (alias: string): string =>
  `case when ${alias}.id is null then null else jsonb_build_object('id', ${alias}.id, 'fullName', ${alias}.full_name, 'unit', (
  select u.name from appointment a join unit u on u.id = a.unit_id where a.person_id = ${alias}.id order by (a.valid_until is null) desc, a.valid_from desc, a.id limit 1)) end`;

/**
 * Every reading of dossiers for a person begins with both rules: `$1`-`$4` the one of records, `$5`-`$9` the one of
 * dossiers. A document that this person may not know is in no count, no sum, no mark and no ordinal.
 */
export interface Sight {
  readonly records: string;
  readonly dossiers: string;
  /** Of a dossier `b`, that a page begins after. */
  readonly beginning: string;
  /** Of a change `c` of the dossier `d`: what was said while its title bore a higher label stays under that label. */
  readonly changes: string;
  readonly parameters: unknown[];
  /** The n-th parameter after those of the rules, from 1. */
  readonly hole: (offset: number) => string;
}

export function sightOf(actor: Actor, today: string): Sight {
  const records = knowableCondition(actor, today, 'r', 1);
  const dossiers = knowableDossierCondition(actor, 'd', knowableParameters + 1);
  return {
    records: records.sql,
    dossiers: dossiers.sql,
    beginning: knowableDossierCondition(actor, 'b', knowableParameters + 1).sql,
    changes: knowableDossierCondition(actor, 'd', knowableParameters + 1, 'c.rank').sql,
    parameters: [...records.parameters, ...dossiers.parameters],
    hole: (offset) => `$${String(knowableParameters + knowableDossierParameters + offset)}`,
  };
}

/** Places of documents that stand today and that the person may know, as `i` and `r`. */
export const standingItems = (sight: Sight): string =>
  `dossier_item i join record r on r.id = i.record_id and i.removed_at is null and ${sight.records}`;

/** Of the dossier that is asked for, as `hole(1)`, when the person may know it. */
const inside = (sight: Sight): string =>
  `i.dossier_id = ${sight.hole(1)} and exists (select 1 from dossier d where d.id = i.dossier_id and ${sight.dossiers})`;

const numberAndSymbol = "nullif(concat_ws('/', nullif(r.code_number, ''), nullif(r.code_notation, '')), '')";

/** Pages of a record: as registered, else as its newest main file has them. */
const pagesOf = `coalesce(r.page_amount, (select f.pages from record_file f join representation v on v.id = f.representation_id
  where f.record_id = r.id and f.role = 'main' order by v.number desc limit 1))`;

const rowColumns = `d.id, d.year, d.notation, d.title, d.title_rank as "titleRank",
  greatest(d.title_rank, seen.rank) as rank, d.state, d.heading_id as "headingId", ${person('o')} as owner,
  case when u.id is null then null else jsonb_build_object('id', u.id, 'symbol', u.symbol, 'name', u.name) end as unit,
  d.retention, d.start_date as "startDate", d.end_date as "endDate", coalesce(seen.records, 0)::integer as records`;

const rowSource = (
  sight: Sight,
  sums = '',
): string => `dossier d left join person o on o.id = d.owner_id left join unit u on u.id = d.unit_id
  left join lateral (select count(*) as records, max(r.rank) as rank${sums} from ${standingItems(sight)}
    where i.dossier_id = d.id) seen on true`;

type Kept = Omit<DossierRow, 'retention'> & { readonly retention: string | null };
const rowOf = <Row extends { readonly retention: string | null }>(row: Row) => ({
  ...row,
  retention: retentionOf(row.retention),
});

export interface DossierDetail extends DossierRow {
  readonly agencyId: string;
  readonly unitId: string | null;
  readonly ownerId: string | null;
  readonly retentionBasis: string | null;
  readonly language: string | null;
  readonly note: string | null;
  readonly plan: { readonly year: number; readonly document: string | null } | null;
  readonly openedAt: Date | null;
  readonly openedBy: DossierRow['owner'];
  readonly closedAt: Date | null;
  readonly closedBy: DossierRow['owner'];
  readonly closingNote: string | null;
  readonly confirmed: readonly string[];
  readonly pages: number;
  readonly version: number;
}

export async function dossierDetail(door: Door, sight: Sight, id: string): Promise<DossierDetail | undefined> {
  const rows = await door.query<Omit<DossierDetail, 'retention'> & { retention: string | null }>(
    `select ${rowColumns}, d.agency_id as "agencyId", d.unit_id as "unitId", d.owner_id as "ownerId",
       d.retention_basis as "retentionBasis", d.language, d.note, d.opened_at as "openedAt", ${person('ob')} as "openedBy",
       d.closed_at as "closedAt", ${person('cb')} as "closedBy", d.closing_note as "closingNote", d.confirmed, d.version,
       (select jsonb_build_object('year', p.year, 'document', (select pd.document from plan_document pd where pd.plan_id = p.id
         order by pd.set_at desc, pd.id desc limit 1)) from file_plan p where p.id = d.plan_id) as plan,
       coalesce(seen.pages, 0)::integer as pages
     from ${rowSource(sight, `, sum(${pagesOf}) as pages`)} left join person ob on ob.id = d.opened_by left join person cb on cb.id = d.closed_by
     where d.id = ${sight.hole(1)} and ${sight.dossiers}`,
    [...sight.parameters, id],
  );
  return rows[0] && rowOf(rows[0]);
}

/** What the checks look at, of the documents this person may know. */
export async function itemFacts(door: Door, sight: Sight, id: string): Promise<ItemFacts[]> {
  return door.query<ItemFacts>(
    `select row_number() over (order by i.place, i.id)::integer as ordinal, i.home, r.state,
       r.subject <> '' and r.issued_date is not null and coalesce(r.document_type, '') <> ''
         and (r.direction <> 'incoming' or coalesce(r.issuer, '') <> '') as complete,
       coalesce(files.hashes, '{}') as hashes,
       case when r.code_number is null then null else lower(concat_ws('|', r.code_number, r.code_notation, r.issuer, r.issued_date)) end as identity,
       files.file is null as "paperOnly", coalesce(r.paper_kind = 'paper', files.file is null) as paper, i.sheet_from is not null as sheets
     from ${standingItems(sight)} left join lateral (
       select min(f.id::text) as file, array_agg(encode(c.sha256, 'hex')) filter (where f.role = 'main') as hashes
       from record_file f join content_object c on c.id = f.content_id where f.record_id = r.id) files on true
     where ${inside(sight)} order by ordinal`,
    [...sight.parameters, id],
  );
}

interface Asked {
  readonly after?: string | undefined;
  readonly limit: number;
}

/**
 * Documents in their order. `after` is the document that the page before ended with: a place in the order would tell how
 * many stand between.
 */
export async function itemList(door: Door, sight: Sight, id: string, asked: Asked): Promise<DossierItem[]> {
  // Numbered in one pass over ids alone; what a page shows is read for that page.
  const rows = await door.query<Omit<DossierItem, 'addedAt'> & { addedAt: Date }>(
    `with numbered as materialized (
       select i.id, i.record_id, row_number() over (order by i.place, i.id)::integer as ordinal
       from ${standingItems(sight)} where ${inside(sight)}),
     page as materialized (
       select id, ordinal from numbered
       where ordinal > coalesce((select before.ordinal from numbered before where before.record_id = ${sight.hole(2)}), 0)
       order by ordinal limit ${sight.hole(3)})
     select i.record_id as "recordId", page.ordinal, i.home, r.state, r.rank,
       r.direction, ${numberAndSymbol} as "numberAndSymbol",
       r.arrival_number as "arrivalNumber", r.issued_date as "issuedDate", r.document_type as "documentType", r.subject, r.issuer,
       case when i.sheet_from is null then null else jsonb_build_object('from', i.sheet_from, 'to', i.sheet_to) end as sheets,
       ${pagesOf} as pages, not exists (select 1 from record_file f where f.record_id = r.id) as "paperOnly",
       i.note, i.added_at as "addedAt"
     from page join dossier_item i on i.id = page.id join record r on r.id = i.record_id order by page.ordinal`,
    [...sight.parameters, id, asked.after ?? null, asked.limit],
  );
  return rows.map(({ addedAt, ...row }) => ({ ...row, addedAt: addedAt.toISOString() }));
}

/**
 * Rows of dossiers under a further condition, whose parameters begin at `hole(1)`. The dossiers are chosen first, and
 * what stands in them is counted for those alone, all at once.
 */
export async function dossierRows(
  door: Door,
  sight: Sight,
  asked: { readonly condition: string; readonly order: string; readonly limit?: string },
  parameters: readonly unknown[],
): Promise<DossierRow[]> {
  const rows = await door.query<Kept>(
    `with chosen as materialized (
       select d.id, d.year, d.notation, d.title, d.title_rank, d.state, d.heading_id, d.owner_id, d.unit_id, d.retention, d.start_date,
         d.end_date, d.plan_order
       from dossier d where ${sight.dossiers} and ${asked.condition} order by ${asked.order} ${asked.limit === undefined ? '' : `limit ${asked.limit}`}),
     counted as (
       select i.dossier_id, count(*) as records, max(r.rank) as rank
       from chosen join dossier_item i on i.dossier_id = chosen.id and i.removed_at is null join record r on r.id = i.record_id
       where ${sight.records} group by i.dossier_id)
     select ${rowColumns} from chosen d left join counted seen on seen.dossier_id = d.id
       left join person o on o.id = d.owner_id left join unit u on u.id = d.unit_id
     order by ${asked.order}`,
    [...sight.parameters, ...parameters],
  );
  return rows.map(rowOf);
}

/** One of them, as a list has it. */
export async function dossierRow(door: Door, sight: Sight, id: string): Promise<DossierRow | undefined> {
  const [row] = await dossierRows(door, sight, { condition: `d.id = ${sight.hole(1)}`, order: 'd.id' }, [id]);
  return row;
}

/** Dossiers by words of code and title, newest year first, in the order of their codes. */
export async function dossierList(
  door: Door,
  sight: Sight,
  asked: Asked & {
    readonly words: readonly string[];
    readonly ownerId: string | null;
    readonly state: DossierState | null;
  },
): Promise<DossierRow[]> {
  return dossierRows(
    door,
    sight,
    {
      condition: `' ' || d.folded like all(${sight.hole(1)}::text[])
       and (${sight.hole(2)}::uuid is null or d.owner_id = ${sight.hole(2)})
       and (${sight.hole(3)}::text is null or d.state = ${sight.hole(3)})
       and (${sight.hole(4)}::uuid is null or exists (select 1 from dossier b where b.id = ${sight.hole(4)} and ${sight.beginning}
         and (d.year < b.year or (d.year = b.year and (d.notation, d.id) > (b.notation, b.id)))))`,
      order: 'd.year desc, d.notation, d.id',
      limit: sight.hole(5),
    },
    [
      asked.words.map((word) => `% ${word.replace(/[\\%_]/gu, '\\$&')}%`),
      asked.ownerId,
      asked.state,
      asked.after ?? null,
      asked.limit,
    ],
  );
}

/** Where a record stands, of the dossiers this person may know; the record itself has been asked for before. */
export async function dossiersOfRecord(door: Door, sight: Sight, recordId: string) {
  const rows = await door.query<Kept & { home: boolean; ordinal: number }>(
    `select ${rowColumns}, mine.home, (select count(*)::integer from ${standingItems(sight)}
       where i.dossier_id = d.id and (i.place, i.id) <= (mine.place, mine.id)) as ordinal
     from dossier_item mine join ${rowSource(sight)} on mine.dossier_id = d.id
     where mine.record_id = ${sight.hole(1)} and mine.removed_at is null and ${sight.dossiers}
     order by mine.home desc, d.year desc, d.notation`,
    [...sight.parameters, recordId],
  );
  return rows.map(rowOf);
}

/**
 * What was changed and why; what concerns a document that this person may not know is not among it, nor what was said
 * under a label that they do not reach, though the dossier is open to them today.
 */
export async function dossierHistory(door: Door, sight: Sight, id: string) {
  const rows = await door.query<{
    at: Date;
    by: DossierRow['owner'];
    field: string;
    record: { id: string; subject: string; numberAndSymbol: string | null } | null;
    before: unknown;
    after: unknown;
    reason: string | null;
  }>(
    `select c.changed_at as at, ${person('p')} as by, c.field, case when r.id is null then null else
         jsonb_build_object('id', r.id, 'subject', r.subject, 'numberAndSymbol', ${numberAndSymbol}) end as record, ${named('c.before')} as before, ${named('c.after')} as after, c.reason
     from dossier_change c join dossier d on d.id = c.dossier_id left join person p on p.id = c.changed_by
       left join record named on named.id = c.record_id left join record r on r.id = coalesce(named.joined_into, named.id)
     where c.dossier_id = ${sight.hole(1)} and ${sight.dossiers} and ${sight.changes} and (c.record_id is null or ${sight.records})
     order by c.changed_at desc, c.id desc limit 1000`,
    [...sight.parameters, id],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** A document that came or went is said as it is called today; a draft that was joined since, as what it was joined to. */
const named = (column: string): string => `case when c.field = 'record' and jsonb_typeof(${column}) = 'object'
  then ${column} || jsonb_build_object('recordId', r.id, 'subject', r.subject, 'numberAndSymbol',
    ${numberAndSymbol}) else ${column} end`;

/**
 * Everything that stands in it, seen or not, for a yes or no. Not what nobody may see: a draft that has become another
 * record's scan, and a frozen record, for which nobody could close the dossier; its place stands.
 */
export async function standingRecords(door: Door, id: string): Promise<number> {
  const rows = await door.query<{ count: number }>(
    `select count(*)::integer as count from dossier_item i join record r on r.id = i.record_id
     where i.dossier_id = $1 and i.removed_at is null and r.state not in ('joined', 'frozen')`,
    [id],
  );
  return rows[0]?.count ?? 0;
}

/** Labels of those of these records that the person may know. */
export async function knownRecords(
  door: Door,
  actor: Actor,
  recordIds: readonly string[],
  today: string,
): Promise<Map<string, Rank>> {
  const rule = knowableCondition(actor, today, 'r', 2);
  const rows = await door.query<{ id: string; rank: Rank }>(
    `select r.id, r.rank from record r where r.id = any($1::uuid[]) and ${rule.sql}`,
    [recordIds, ...rule.parameters],
  );
  return new Map(rows.map((row) => [row.id, row.rank]));
}

export async function agencyName(door: Door, agencyId: string): Promise<string> {
  const rows = await door.query<{ name: string }>('select name from agency where id = $1', [agencyId]);
  return rows[0]?.name ?? '';
}
