import type { Actor } from '../../kernel/actor.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import { newId } from '../../kernel/ids.ts';
import { knowableCondition } from '../classification/index.ts';
import { knownBody } from './queries-correspondents.ts';
import { meantBody, nameKey, sameName, type NameKey } from './rules-correspondents.ts';

interface Connection {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export interface Writing {
  readonly tx: Connection;
  readonly agencyId: string;
  readonly at: Date;
  /** The house itself when it is nobody. */
  readonly by: string | null;
}

/**
 * Whoever writes of bodies holds the list with the others, and then the name they look for: names of one key take turns,
 * so that a body met on two documents at once is one body. It comes before any body is held.
 */
export async function holdName({ tx, agencyId }: Writing, { folded }: NameKey): Promise<void> {
  await tx.query(
    'select pg_advisory_xact_lock_shared(hashtextextended($1, 7)), pg_advisory_xact_lock(hashtextextended($2, 5))',
    [agencyId, `${agencyId} ${folded}`],
  );
}

/** The same where no name is asked for. */
export async function holdList({ tx, agencyId }: Writing): Promise<void> {
  await tx.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 7))', [agencyId]);
}

/** A table of many names holds them all: the list is nobody else's while it is written. */
export async function holdWholeList({ tx, agencyId }: Writing): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [agencyId]);
}

/**
 * Bodies that may bear a name, which is held, and that this person may know, those on the list first, the oldest first: a hidden one
 * neither refuses nor helps nor names. The house itself, which is nobody, knows the list.
 */
export async function bearersOf(
  { tx, agencyId, at }: Writing,
  name: NameKey,
  actor: Actor | null,
): Promise<(NameKey & { readonly id: string })[]> {
  const rule = actor && knowableCondition(actor, vietnamDay(at), 'r', 3);
  const rows = await tx.query<NameKey & { readonly id: string }>(
    `select c.id, n.exact, n.folded from correspondent_name n join correspondent c on c.id = n.correspondent_id
     where n.agency_id = $1 and n.folded = $2 and ${knownBody(rule?.sql ?? 'false')}
     order by c.listed desc, c.made_at, c.id, n.id`,
    [agencyId, name.folded, ...(rule?.parameters ?? [])],
  );
  return rows.filter((one) => sameName(one, name));
}

/** The body that an issuer's text means to whoever registers, made when they meet it for the first time. */
export async function bodyOf(writing: Writing, issuer: string | null, actor: Actor | null): Promise<string | null> {
  if (issuer === null || issuer === '') return null;
  const key = nameKey(issuer);
  await holdName(writing, key);
  return (
    meantBody(key, await bearersOf(writing, key, actor)) ??
    (await insertBody(writing, { name: issuer, code: null, listed: false }))
  );
}

export async function insertBody(
  writing: Writing,
  body: { readonly name: string; readonly code: string | null; readonly listed: boolean },
): Promise<string> {
  const { tx, agencyId, at, by } = writing;
  const id = newId(at);
  await tx.query(
    'insert into correspondent (id, agency_id, code, listed, made_at, made_by) values ($1, $2, $3, $4, $5, $6)',
    [id, agencyId, body.code, body.listed, at, by],
  );
  await insertName(writing, id, { kind: 'name', name: body.name, from: null });
  return id;
}

export async function insertName(
  { tx, agencyId, at, by }: Writing,
  correspondentId: string,
  given: { readonly kind: 'name' | 'spelling'; readonly name: string; readonly from: string | null },
): Promise<void> {
  const { exact, folded } = nameKey(given.name);
  await tx.query(
    `insert into correspondent_name (id, correspondent_id, first_of, agency_id, kind, name, exact, folded, valid_from, made_at, made_by)
     values ($1, $2, $2, $3, $4, $5, $6, $7, $8::date, $9, $10)`,
    [newId(at), correspondentId, agencyId, given.kind, given.name, exact, folded, given.from, at, by],
  );
}

export interface HeldBody {
  readonly id: string;
  readonly code: string | null;
  readonly listed: boolean;
  readonly nameFrom: string | null;
  readonly name: string;
}

/** A body that has not been merged away, held until the transaction ends. */
export async function heldBody(tx: Connection, agencyId: string, id: string): Promise<HeldBody | undefined> {
  const rows = await tx.query<HeldBody>(
    `select c.id, c.code, c.listed, n.name, n.valid_from::text as "nameFrom" from correspondent c
     join correspondent_name n on n.correspondent_id = c.id and n.kind = 'name' and n.valid_until is null
     where c.id = $1 and c.agency_id = $2 and c.merged_into is null for no key update of c`,
    [id, agencyId],
  );
  return rows[0];
}

async function keepChange(
  { tx, at, by }: Writing,
  correspondentId: string,
  field: 'code' | 'listed' | 'merged',
  before: unknown,
  after: unknown,
): Promise<void> {
  await tx.query(
    `insert into correspondent_change (id, correspondent_id, field, before, after, changed_at, changed_by)
     values ($1, $2, $3, $4::jsonb, $5::jsonb, $6, $7)`,
    [newId(at), correspondentId, field, JSON.stringify(before), JSON.stringify(after), at, by],
  );
}

/** What a person says of a body puts it on the list. */
export async function listBody(writing: Writing, body: HeldBody): Promise<void> {
  if (body.listed) return;
  await keepChange(writing, body.id, 'listed', false, true);
  await writing.tx.query('update correspondent set listed = true where id = $1', [body.id]);
}

export async function setCode(writing: Writing, body: HeldBody, code: string | null): Promise<void> {
  if (body.code === code) return;
  await keepChange(writing, body.id, 'code', body.code, code);
  await writing.tx.query('update correspondent set code = $2 where id = $1', [body.id, code]);
}

/** Codes belong to bodies on the list, which everybody at the desk knows. */
export async function bearerOfCode(
  { tx, agencyId }: Pick<Writing, 'tx' | 'agencyId'>,
  code: string,
): Promise<string | undefined> {
  // Two who give one code at once take turns.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 6))', [`${agencyId} ${code}`]);
  const rows = await tx.query<{ id: string }>(
    'select id from correspondent where agency_id = $1 and code = $2 and merged_into is null',
    [agencyId, code],
  );
  return rows[0]?.id;
}

export async function endName(tx: Connection, correspondentId: string, on: string): Promise<void> {
  await tx.query(
    "update correspondent_name set valid_until = $2::date where correspondent_id = $1 and kind = 'name' and valid_until is null",
    [correspondentId, on],
  );
}

/** Its documents, held in the order of their ids as everybody holds several: before the list, the names and the bodies. */
export async function holdDocuments(tx: Connection, agencyId: string, correspondentId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select id::text as id from record where agency_id = $1 and correspondent_id = $2 order by id for update',
    [agencyId, correspondentId],
  );
  return rows.map((row) => row.id);
}

/**
 * Names and the documents held go to the other; the row stays and says so. A document that came meanwhile is a stray: the
 * job that brings the index up to date takes it in.
 */
export async function mergeBody(
  writing: Writing,
  body: HeldBody,
  into: { readonly id: string; readonly documents: readonly string[]; readonly reason: string },
): Promise<void> {
  const { tx, at, by } = writing;
  await keepChange(writing, into.id, 'merged', null, { from: body.id, reason: into.reason });
  await tx.query("update correspondent_name set correspondent_id = $2, kind = 'spelling' where correspondent_id = $1", [
    body.id,
    into.id,
  ]);
  await tx.query(
    'update correspondent set merged_into = $2, merged_at = $3, merged_by = $4, merge_reason = $5 where id = $1',
    [body.id, into.id, at, by, into.reason],
  );
  await tx.query('update record set correspondent_id = $2 where id = any($1::uuid[])', [into.documents, into.id]);
}

/** The documents of a body in the order of their ids, so many at a time. */
export async function documentsOf(
  connection: Connection,
  correspondentId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await connection.query<{ id: string }>(
    `select id::text as id from record where correspondent_id = $1 and ($2::uuid is null or id > $2::uuid)
     order by id limit ${String(limit)}`,
    [correspondentId, after],
  );
  return rows.map((row) => row.id);
}

/** Issuers on documents that no body has been found for yet: from before there was a list. */
export async function namelessIssuers(
  connection: Connection,
  limit: number,
): Promise<{ readonly agencyId: string; readonly issuer: string }[]> {
  return connection.query(
    `select agency_id as "agencyId", issuer from record where correspondent_id is null and issuer is not null
     group by agency_id, issuer order by agency_id, issuer limit ${String(limit)}`,
  );
}

/** Answers how many documents; one that somebody holds waits for the next round. */
export async function giveBody(
  tx: Connection,
  agencyId: string,
  issuer: string,
  correspondentId: string,
): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `with given as (update record set correspondent_id = $3 where id in (
       select id from record where agency_id = $1 and issuer = $2 and correspondent_id is null for update skip locked) returning 1)
     select count(*)::integer as count from given`,
    [agencyId, issuer, correspondentId],
  );
  return rows[0]?.count ?? 0;
}

/** Bodies into which others were merged while a document of theirs was being registered. */
export async function bodiesWithStrays(connection: Connection): Promise<string[]> {
  const rows = await connection.query<{ id: string }>(
    `select distinct c.merged_into as id from correspondent c
     where c.merged_into is not null and exists (select 1 from record r where r.correspondent_id = c.id)`,
  );
  return rows.map((row) => row.id);
}

export async function takeInStrays(tx: Connection, correspondentId: string): Promise<void> {
  await tx.query(
    `update record set correspondent_id = $1 where id in (
       select r.id from correspondent c join record r on r.correspondent_id = c.id where c.merged_into = $1 for update of r skip locked)`,
    [correspondentId],
  );
}
