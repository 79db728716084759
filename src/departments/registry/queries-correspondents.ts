import type { Correspondent, CorrespondentCells } from '../../contract/correspondents.ts';
import type { Actor } from '../../kernel/actor.ts';
import { foldedForm } from '../../kernel/folding.ts';
import { knowableCondition, knowableParameters } from '../classification/index.ts';
import type { KnownBody } from './rules-correspondents.ts';

interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

/** The name that the body of a record bears today; the text on the document where no body is known. */
export const bodyName = (record: string): string =>
  `coalesce((select n.name from correspondent_name n where n.correspondent_id = ${record}.correspondent_id and n.kind = 'name' and n.valid_until is null), ${record}.issuer)`;

/**
 * A body that nobody put on the list is known to those who know a document of it. Looked for until the first one: as an
 * `exists` beside an `or`, PostgreSQL reads every document of the archive before it answers for one body.
 */
export const knownBody = (rule: string): string =>
  `c.merged_into is null and (c.listed or (select true from record r where r.correspondent_id = c.id and ${rule} limit 1))`;
const today = "n.kind = 'name' and n.valid_until is null";

/** Bodies by name, or those that bear the words anywhere in a name, or the code; the order is that of the name without marks. */
export async function correspondentPage(
  door: Door,
  actor: Actor,
  day: string,
  asked: { readonly q: string; readonly after?: string | undefined; readonly limit: number },
): Promise<{ rows: Correspondent[]; next: string | null }> {
  const [name, id] = placeOf(asked.after);
  const rows = await bodies(door, actor, day, {
    where: (hole) =>
      `(${hole(1)} = '' or c.code = ${hole(1)} or exists (select 1 from correspondent_name w where w.correspondent_id = c.id and w.folded like ${hole(2)}))
       and (${hole(3)}::text is null or (n.folded collate "C", c.id) > (${hole(3)}, ${hole(4)}::uuid))`,
    parameters: [asked.q, `%${foldedForm(asked.q).replace(/[\\%_]/gu, '\\$&')}%`, name, id],
    limit: asked.limit,
  });
  const last = rows.at(-1);
  return {
    rows: rows.map(({ folded: _, ...row }) => row),
    next: rows.length === asked.limit && last ? `${last.id} ${last.folded}` : null,
  };
}

export async function correspondentView(
  door: Door,
  actor: Actor,
  day: string,
  id: string,
): Promise<Correspondent | undefined> {
  const rows = await bodies(door, actor, day, {
    where: (hole) => `c.id = ${hole(1)}::uuid`,
    parameters: [id],
    limit: 1,
  });
  if (!rows[0]) return undefined;
  const { folded: _, ...row } = rows[0];
  return row;
}

async function bodies(
  door: Door,
  actor: Actor,
  day: string,
  asked: {
    readonly where: (hole: (at: number) => string) => string;
    readonly parameters: readonly unknown[];
    readonly limit: number;
  },
): Promise<(Correspondent & { folded: string })[]> {
  const rule = knowableCondition(actor, day, 'r', 1);
  const page = await door.query<Omit<Correspondent, 'records'> & { folded: string }>(
    `with page as materialized (
       select c.id, n.id as name_id, n.name, n.folded, c.code, c.listed
       from correspondent c join correspondent_name n on n.correspondent_id = c.id and ${today}
       where c.agency_id = $1 and ${knownBody(rule.sql)} and ${asked.where((at) => `$${String(knowableParameters + at)}`)}
       order by n.folded collate "C", c.id limit ${String(asked.limit)})
     select page.id, page.name, page.folded, page.code, page.listed,
       (select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'from', o.valid_from, 'until', o.valid_until)
          order by (o.id = page.name_id) desc, o.kind, o.valid_from desc nulls last, o.made_at, o.folded collate "C", o.id)
        from correspondent_name o where o.correspondent_id = page.id) as names
     from page order by page.folded collate "C", page.id`,
    [...rule.parameters, ...asked.parameters],
  );
  // Counted for bodies that are named: PostgreSQL then knows which of them have written little and which half of everything.
  const counted = await door.query<{ id: string; records: number }>(
    `select r.correspondent_id as id, count(*)::integer as records from record r
     where r.correspondent_id = any($${String(knowableParameters + 1)}::uuid[]) and ${rule.sql} group by r.correspondent_id`,
    [...rule.parameters, page.map(({ id }) => id)],
  );
  const records = new Map(counted.map((one) => [one.id, one.records]));
  return page.map((row) => ({ ...row, records: records.get(row.id) ?? 0 }));
}

function placeOf(after: string | undefined): [string | null, string | null] {
  const parts = /^([0-9a-f-]{36}) (.*)$/su.exec(after ?? '');
  return [parts?.[2] ?? null, parts?.[1] ?? null];
}

/** Of these bodies, those this person may know. */
export async function knowableBodies(
  door: Door,
  actor: Actor,
  day: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rule = knowableCondition(actor, day, 'r', 2);
  const rows = await door.query<{ id: string }>(
    `select c.id from correspondent c where c.id = any($1::uuid[]) and c.agency_id = $2 and ${knownBody(rule.sql)}`,
    [ids, ...rule.parameters],
  );
  return new Set(rows.map((row) => row.id));
}

/** Every body this person may know, as a table is read against it. */
export async function knownBodies(door: Door, actor: Actor, day: string): Promise<KnownBody[]> {
  const rule = knowableCondition(actor, day, 'r', 1);
  return door.query<KnownBody>(
    `select c.id, c.code, (select jsonb_agg(jsonb_build_object('exact', o.exact, 'folded', o.folded) order by o.id)
       from correspondent_name o where o.correspondent_id = c.id) as names
     from correspondent c where c.agency_id = $1 and ${knownBody(rule.sql)} order by c.listed desc, c.made_at, c.id`,
    rule.parameters,
  );
}

/**
 * The list as a table, one row a name: of two bodies that were named alike apart from each other, the one on the list.
 */
export async function correspondentTable(
  door: Door,
  actor: Actor,
  day: string,
): Promise<Required<CorrespondentCells>[]> {
  const rule = knowableCondition(actor, day, 'r', 1);
  return door.query(
    `select code, name, "otherNames" from (select distinct on (n.exact) n.folded, c.id, coalesce(c.code, '') as code, n.name, coalesce((select string_agg(o.name, '; ' order by o.kind, o.valid_from desc nulls last, o.made_at, o.folded collate "C", o.id)
       from correspondent_name o where o.correspondent_id = c.id and o.id <> n.id), '') as "otherNames"
     from correspondent c join correspondent_name n on n.correspondent_id = c.id and ${today}
     where c.agency_id = $1 and ${knownBody(rule.sql)} order by n.exact, c.listed desc, c.made_at, c.id) one
     order by folded collate "C", id`,
    rule.parameters,
  );
}

/** Names for the form: those of the documents this person has seen, most used first, then the rest of the list. */
export async function knownIssuers(door: Door, actor: Actor, day: string): Promise<string[]> {
  const rule = knowableCondition(actor, day, 'r', 1);
  const rows = await door.query<{ name: string }>(
    `with used as (
       select newest.body as id, count(*) as uses from (
         select r.correspondent_id as body from record r where r.correspondent_id is not null and ${rule.sql}
         order by r.received_at desc, r.id desc limit 5000) newest group by newest.body)
     select n.name from correspondent c join correspondent_name n on n.correspondent_id = c.id and ${today} left join used u on u.id = c.id
     where c.agency_id = $1 and c.merged_into is null and (c.listed or u.id is not null)
     order by coalesce(u.uses, 0) desc, n.folded collate "C", c.id limit 200`,
    rule.parameters,
  );
  return rows.map((row) => row.name);
}
