import type { Actor } from '../../kernel/actor.ts';
import type { Connection } from './store.ts';
import type { Post } from './rules.ts';

export interface OwnPlace {
  readonly agency: { readonly id: string; readonly name: string; readonly symbol: string };
  readonly unit: { readonly id: string; readonly symbol: string; readonly name: string } | null;
  readonly post: Post | null;
}

export async function ownPlace(connection: Connection, actor: Actor, day: string): Promise<OwnPlace | undefined> {
  const rows = await connection.query<OwnPlace>(
    `select jsonb_build_object('id', a.id, 'name', a.name, 'symbol', a.symbol) as agency, place.unit, place.post
     from agency a left join lateral (
       select jsonb_build_object('id', u.id, 'symbol', u.symbol, 'name', u.name) as unit, p.post
       from appointment p join unit u on u.id = p.unit_id
       where p.person_id = $2 and p.valid_from <= $3::date and (p.valid_until is null or $3::date < p.valid_until)
       order by p.valid_from, p.id limit 1) place on true
     where a.id = $1`,
    [actor.agencyId, actor.personId, day],
  );
  return rows[0];
}

/** People of the agency with the unit they are in today. */
export async function people(
  connection: Connection,
  agencyId: string,
  day: string,
): Promise<{ id: string; fullName: string; unit: string | null }[]> {
  return connection.query(
    `select p.id, p.full_name as "fullName", (
       select u.name from appointment a join unit u on u.id = a.unit_id
       where a.person_id = p.id and a.valid_from <= $2::date and (a.valid_until is null or $2::date < a.valid_until)
       order by a.valid_from, a.id limit 1) as unit
     from person p where p.agency_id = $1 order by p.full_name, p.id`,
    [agencyId, day],
  );
}

export async function ownTokens(connection: Connection, personId: string) {
  const rows = await connection.query<{
    id: string;
    name: string;
    scopes: ('upload' | 'search')[];
    createdAt: Date;
    expiresAt: Date;
    lastUsedAt: Date | null;
  }>(
    `select id, name, scopes, created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt"
     from access_token where person_id = $1 and revoked_at is null order by created_at desc, id desc`,
    [personId],
  );
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }));
}

/** Units of the agency that stand on this day. */
export async function unitTree(
  connection: Connection,
  agencyId: string,
  day: string,
): Promise<{ id: string; parentId: string | null; symbol: string; name: string }[]> {
  return connection.query(
    `select u.id, u.parent_id as "parentId", u.symbol, u.name from unit u where u.agency_id = $1 and u.valid_from <= $2::date and (u.valid_until is null or $2::date < u.valid_until) order by u.name, u.id`,
    [agencyId, day],
  );
}
