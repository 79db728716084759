import type { Role } from '../../kernel/permissions.ts';
import type { Rank } from '../../kernel/labels.ts';
import type { Post } from './rules.ts';

export interface Connection {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export interface PersonToday {
  readonly personId: string;
  readonly agencyId: string;
  readonly fullName: string;
  readonly roles: readonly Role[];
  readonly clearance: Rank;
  readonly passwordIsGiven: boolean;
  readonly appointments: readonly { readonly unitId: string; readonly post: Post }[];
}

const today = (column: string) =>
  `${column}.valid_from <= $2::date and (${column}.valid_until is null or $2::date < ${column}.valid_until)`;

/** What a person is on this day; without a clearance row the rank is 0. */
export async function personOn(
  connection: Connection,
  personId: string,
  day: string,
): Promise<PersonToday | undefined> {
  const rows = await connection.query<PersonToday>(
    `select p.id as "personId", p.agency_id as "agencyId", p.full_name as "fullName",
       array(select distinct ra.role from role_assignment ra where ra.person_id = p.id and ${today('ra')}) as roles,
       coalesce((select max(c.rank) from clearance c where c.person_id = p.id and ${today('c')}), 0) as clearance,
       coalesce((select w.given from person_password w where w.person_id = p.id), false) as "passwordIsGiven",
       coalesce((select jsonb_agg(jsonb_build_object('unitId', a.unit_id, 'post', a.post) order by a.valid_from, a.id)
         from appointment a where a.person_id = p.id and ${today('a')}), '[]'::jsonb) as appointments
     from person p where p.id = $1`,
    [personId, day],
  );
  return rows[0];
}

export async function passwordOf(
  connection: Connection,
  name: string,
): Promise<{ personId: string; hash: string } | undefined> {
  const rows = await connection.query<{ personId: string; hash: string }>(
    'select p.id as "personId", w.hash from person p join person_password w on w.person_id = p.id where p.login_name = $1',
    [name],
  );
  return rows[0];
}

export interface SessionRow {
  readonly id: string;
  readonly personId: string;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
}

export async function openSession(
  connection: Connection,
  tokenHash: Buffer,
  now: Date,
): Promise<SessionRow | undefined> {
  const rows = await connection.query<SessionRow>(
    `select id, person_id as "personId", started_at as "startedAt", last_seen_at as "lastSeenAt"
     from session where token_hash = $1 and ended_at is null and expires_at > $2`,
    [tokenHash, now],
  );
  return rows[0];
}

export interface TokenRow {
  readonly id: string;
  readonly personId: string;
  readonly scopes: readonly ('upload' | 'search')[];
}

export async function openToken(connection: Connection, tokenHash: Buffer, now: Date): Promise<TokenRow | undefined> {
  const rows = await connection.query<TokenRow>(
    `update access_token set last_used_at = $2 where token_hash = $1 and revoked_at is null and expires_at > $2
     returning id, person_id as "personId", scopes`,
    [tokenHash, now],
  );
  return rows[0];
}
