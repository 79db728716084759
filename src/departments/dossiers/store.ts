import type { EntityManager } from 'typeorm';
import type { DossierHistoryField, DossierState } from '../../contract/dossiers.ts';
import type { Rank } from '../../kernel/labels.ts';
import { foldedForm } from '../../kernel/folding.ts';
import { newId } from '../../kernel/ids.ts';

export interface Transaction {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  readonly manager: EntityManager;
}

/** Who writes, when: what every row of history says. */
export interface Writing {
  readonly tx: Transaction;
  readonly at: Date;
  readonly by: string;
}

export interface DossierFields {
  readonly notation: string;
  readonly headingId: string | null;
  readonly title: string;
  readonly titleRank: Rank;
  readonly unitId: string | null;
  readonly ownerId: string | null;
  readonly retention: string | null;
  readonly retentionBasis: string | null;
  readonly language: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly note: string | null;
}

export interface StoredDossier extends DossierFields {
  readonly id: string;
  readonly agencyId: string;
  readonly year: number;
  readonly state: DossierState;
  readonly openedAt: Date | null;
  readonly closedAt: Date | null;
  readonly closingNote: string | null;
  readonly confirmed: readonly string[];
  readonly version: number;
}

/** Columns that an act may set, by their name here; the grants of the table say the same. */
const columnOf = {
  notation: 'notation',
  headingId: 'heading_id',
  title: 'title',
  titleRank: 'title_rank',
  unitId: 'unit_id',
  ownerId: 'owner_id',
  retention: 'retention',
  retentionBasis: 'retention_basis',
  language: 'language',
  startDate: 'start_date',
  endDate: 'end_date',
  note: 'note',
  state: 'state',
  openedAt: 'opened_at',
  openedBy: 'opened_by',
  closedAt: 'closed_at',
  closedBy: 'closed_by',
  closingNote: 'closing_note',
  confirmed: 'confirmed',
} as const;
type Settable = Partial<Record<keyof typeof columnOf, unknown>>;

const stored = `d.id, d.agency_id as "agencyId", d.year, d.state, d.opened_at as "openedAt", d.closed_at as "closedAt",
  d.closing_note as "closingNote", d.confirmed, d.version, d.notation, d.heading_id as "headingId", d.title,
  d.title_rank as "titleRank", d.unit_id as "unitId", d.owner_id as "ownerId", d.retention,
  d.retention_basis as "retentionBasis", d.language, d.start_date as "startDate", d.end_date as "endDate", d.note`;

/**
 * Dossiers, held until the transaction ends. Whoever holds records too takes them first, in the order of their ids, then
 * all dossiers at once: two who move the same document take turns and never wait for each other.
 */
export async function lockDossiers(tx: Transaction, ids: readonly string[]): Promise<Map<string, StoredDossier>> {
  const rows = await tx.query<StoredDossier>(
    `select ${stored} from dossier d where d.id = any($1::uuid[]) order by d.id for update`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function lockRecords(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query('select id from record where id = any($1::uuid[]) order by id for update', [ids]);
}

/** Codes of an agency are given out one at a time. */
export async function lockCodes(tx: Transaction, agencyId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 5))', [agencyId]);
}

export interface CodedDossier extends Pick<
  StoredDossier,
  'id' | 'agencyId' | 'notation' | 'headingId' | 'title' | 'titleRank' | 'unitId' | 'ownerId' | 'state'
> {
  /** It is of the plan of its year. */
  readonly planned: boolean;
}

/** Every code of a year, by whatever dossier it is borne. */
export async function notationsOf(tx: Transaction, agencyId: string, year: number): Promise<CodedDossier[]> {
  return tx.query(
    `select id, agency_id as "agencyId", notation, heading_id as "headingId", title, title_rank as "titleRank", unit_id as "unitId",
       owner_id as "ownerId", state, plan_id is not null as planned
     from dossier where agency_id = $1 and year = $2`,
    [agencyId, year],
  );
}

export interface NewDossier extends DossierFields {
  readonly agencyId: string;
  readonly year: number;
  readonly planId: string | null;
  readonly planOrder: number | null;
  readonly state: 'planned' | 'open';
}

export async function insertDossier({ tx, at, by }: Writing, dossier: NewDossier): Promise<string> {
  const id = newId(at);
  const open = dossier.state === 'open';
  await tx.query(
    `insert into dossier (id, agency_id, year, notation, title, title_rank, mark, plan_id, heading_id, plan_order, unit_id, owner_id,
       retention, retention_basis, language, start_date, end_date, note, folded, state, opened_at, opened_by, version, added_at, added_by)
     values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, 1, $22, $23)`,
    [
      id,
      dossier.agencyId,
      dossier.year,
      dossier.notation,
      dossier.title,
      dossier.titleRank,
      dossier.planId,
      dossier.headingId,
      dossier.planOrder,
      dossier.unitId,
      dossier.ownerId,
      dossier.retention,
      dossier.retentionBasis,
      dossier.language,
      dossier.startDate,
      dossier.endDate,
      dossier.note,
      foldedForm(`${dossier.notation} ${dossier.title}`),
      dossier.state,
      open ? at : null,
      open ? by : null,
      at,
      by,
    ],
  );
  return id;
}

/** Sets fields and raises the version; what stood before is kept by `keepChanges`. */
export async function updateDossier(tx: Transaction, dossier: StoredDossier, set: Settable): Promise<void> {
  const names = Object.keys(set) as (keyof Settable)[];
  const values = names.map((name) => set[name]);
  const { notation, title, titleRank } = { ...dossier, ...set } as DossierFields;
  await tx.query(
    `update dossier set version = version + 1, folded = $2, mark = greatest(mark, $3)${names.map((name, index) => `, ${columnOf[name]} = $${String(index + 4)}`).join('')}
     where id = $1`,
    [dossier.id, foldedForm(`${notation} ${title}`), titleRank, ...values],
  );
}

/** The mark follows the title and every document inside, seen or not. */
export async function remark(tx: Transaction, dossierIds: readonly string[]): Promise<void> {
  await tx.query(
    `update dossier d set mark = greatest(d.title_rank, (select max(r.rank) from dossier_item i join record r on r.id = i.record_id
       where i.dossier_id = d.id and i.removed_at is null)) where d.id = any($1::uuid[])`,
    [dossierIds],
  );
}

export interface DossierChange {
  readonly field: DossierHistoryField;
  readonly before: unknown;
  readonly after: unknown;
}

interface ChangeFacts {
  readonly recordId?: string | null;
  readonly reason?: string | null;
  /** What its title bore before this act, when the act may have changed that. */
  readonly rankBefore?: Rank;
}

/** Kept under the higher of the labels its title bore before and after. */
export async function keepDossierChange(
  { tx, at, by }: Writing,
  dossierId: string,
  { field, before, after }: DossierChange,
  { recordId = null, reason = null, rankBefore = 0 }: ChangeFacts = {},
): Promise<void> {
  await tx.query(
    `insert into dossier_change (id, dossier_id, record_id, field, before, after, changed_at, changed_by, reason, rank)
     select $1, d.id, $3, $4, $5::jsonb, $6::jsonb, $7, $8, $9, greatest(d.title_rank, $10::smallint) from dossier d where d.id = $2`,
    [
      newId(at),
      dossierId,
      recordId,
      field,
      JSON.stringify(before ?? null),
      JSON.stringify(after ?? null),
      at,
      by,
      reason,
      rankBefore,
    ],
  );
}

export interface StandingItem {
  readonly id: string;
  readonly dossierId: string;
  readonly recordId: string;
  readonly home: boolean;
  readonly place: number;
  readonly sheetFrom: number | null;
  readonly sheetTo: number | null;
  readonly note: string | null;
}

const standingItems = `select id, dossier_id as "dossierId", record_id as "recordId", home, place,
  sheet_from as "sheetFrom", sheet_to as "sheetTo", note from dossier_item`;

/** Every place these records have today, in any dossier. */
export async function placesOf(tx: Transaction, recordIds: readonly string[]): Promise<StandingItem[]> {
  return tx.query(`${standingItems} where record_id = any($1::uuid[]) and removed_at is null`, [recordIds]);
}

export async function closeItem({ tx, at, by }: Writing, itemId: string, reason: string | null): Promise<void> {
  await tx.query('update dossier_item set removed_at = $2, removed_by = $3, removed_reason = $4 where id = $1', [
    itemId,
    at,
    by,
    reason,
  ]);
}

export async function addItem(
  { tx, at, by }: Writing,
  item: {
    readonly dossierId: string;
    readonly recordId: string;
    readonly home: boolean;
    readonly reason: string | null;
  },
  like?: StandingItem,
): Promise<void> {
  await tx.query(
    `insert into dossier_item (id, dossier_id, record_id, home, place, sheet_from, sheet_to, note, added_at, added_by, added_reason)
     values ($1, $2, $3, $4, coalesce($5::integer, (select coalesce(max(place), 0) + 1 from dossier_item where dossier_id = $2)),
       $6, $7, $8, $9, $10, $11)`,
    [
      newId(at),
      item.dossierId,
      item.recordId,
      item.home,
      like?.place ?? null,
      like?.sheetFrom ?? null,
      like?.sheetTo ?? null,
      like?.note ?? null,
      at,
      by,
      item.reason,
    ],
  );
}

export async function describeItem(
  tx: Transaction,
  itemId: string,
  set: { readonly sheetFrom: number | null; readonly sheetTo: number | null; readonly note: string | null },
): Promise<void> {
  await tx.query('update dossier_item set sheet_from = $2, sheet_to = $3, note = $4 where id = $1', [
    itemId,
    set.sheetFrom,
    set.sheetTo,
    set.note,
  ]);
}

/** Puts one place before another, or last; those behind move on by one. */
export async function placeItem(tx: Transaction, item: StandingItem, before: StandingItem | undefined): Promise<void> {
  if (before)
    await tx.query(
      'update dossier_item set place = place + 1 where dossier_id = $1 and removed_at is null and (place, id) >= ($2, $3)',
      [item.dossierId, before.place, before.id],
    );
  await tx.query(
    `update dossier_item set place = coalesce($3::integer, (select max(place) + 1 from dossier_item where dossier_id = $2)) where id = $1`,
    [item.id, item.dossierId, before?.place ?? null],
  );
}

/** Documents of which this dossier is the home. */
export async function homeRecords(tx: Transaction, dossierId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select record_id as id from dossier_item where dossier_id = $1 and home and removed_at is null order by record_id',
    [dossierId],
  );
  return rows.map((row) => row.id);
}

/** Where a record stands, and which dossier of its agency bears a code. */
export async function placesAndNamed(
  tx: Transaction,
  agencyId: string,
  recordId: string,
  code: { readonly year: number; readonly notation: string } | null,
): Promise<{ readonly stands: StandingItem[]; readonly named: string | undefined }> {
  const rows = await tx.query<{ stands: StandingItem[]; named: string | null }>(
    `select coalesce((select jsonb_agg(standing) from (${standingItems} where record_id = $1 and removed_at is null) standing), '[]'::jsonb) as stands,
       (select id from dossier where agency_id = $2 and year = $3 and notation = $4) as named`,
    [recordId, agencyId, code?.year ?? null, code?.notation ?? null],
  );
  return { stands: rows[0]?.stands ?? [], named: rows[0]?.named ?? undefined };
}

const holds = (alias: string, day: string): string =>
  `${alias}.valid_from <= ${day}::date and (${alias}.valid_until is null or ${day}::date < ${alias}.valid_until)`;

/** Who works here today, by what they are cleared for; `undefined` when they do not. */
export async function clearanceOf(
  tx: Transaction,
  agencyId: string,
  personId: string,
  day: string,
): Promise<Rank | undefined> {
  const rows = await tx.query<{ clearance: Rank }>(
    `select coalesce((select max(c.rank) from clearance c where c.person_id = p.id and ${holds('c', '$3')}), 0) as clearance
     from person p where p.id = $2 and p.agency_id = $1
       and exists (select 1 from role_assignment a where a.person_id = p.id and ${holds('a', '$3')})`,
    [agencyId, personId, day],
  );
  return rows[0]?.clearance;
}

/** Symbol of a unit of this agency that stands today. */
export async function unitSymbol(
  tx: Transaction,
  agencyId: string,
  unitId: string,
  day: string,
): Promise<string | undefined> {
  const rows = await tx.query<{ symbol: string }>(
    `select u.symbol from unit u where u.id = $2 and u.agency_id = $1 and ${holds('u', '$3')}`,
    [agencyId, unitId, day],
  );
  return rows[0]?.symbol;
}

/** Open dossiers of which this person is the owner: what somebody else takes over when they go. */
export async function openDossiersOf(connection: Pick<Transaction, 'query'>, personId: string): Promise<number> {
  const rows = await connection.query<{ count: number }>('select open_dossiers_of($1) as count', [personId]);
  return rows[0]?.count ?? 0;
}

export async function agencySymbol(tx: Transaction, agencyId: string): Promise<string> {
  const rows = await tx.query<{ symbol: string }>('select symbol from agency where id = $1', [agencyId]);
  return rows[0]?.symbol ?? '';
}
