import type { Role } from '../../kernel/permissions.ts';
import type { Rank } from '../../kernel/labels.ts';
import type { Post, UnitRow } from './rules.ts';

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
  /** Every unit their agency has had, with what became of it. */
  readonly unitsEver: readonly UnitRow[];
}

const today = (column: string) =>
  `${column}.valid_from <= $1::date and (${column}.valid_until is null or $1::date < ${column}.valid_until)`;

/** Of the row `p` of the person table, what that person is on the day `$1`; without a clearance row the rank is 0. */
const personToday = `p.id as "personId", p.agency_id as "agencyId", p.full_name as "fullName",
  array(select distinct ra.role from role_assignment ra where ra.person_id = p.id and ${today('ra')}) as roles,
  coalesce((select max(c.rank) from clearance c where c.person_id = p.id and ${today('c')}), 0) as clearance,
  coalesce((select w.given from person_password w where w.person_id = p.id), false) as "passwordIsGiven",
  coalesce((select jsonb_agg(jsonb_build_object('unitId', a.unit_id, 'post', a.post) order by a.valid_from, a.id)
    from appointment a where a.person_id = p.id and ${today('a')}), '[]'::jsonb) as appointments,
  coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'parentId', u.parent_id, 'successorId', u.successor_id))
    from unit u where u.agency_id = p.agency_id), '[]'::jsonb) as "unitsEver"`;

export async function personOn(
  connection: Connection,
  personId: string,
  day: string,
): Promise<PersonToday | undefined> {
  const rows = await connection.query<PersonToday>(`select ${personToday} from person p where p.id = $2`, [
    day,
    personId,
  ]);
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

export interface PersonInSession extends PersonToday {
  readonly sessionId: string;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
}

/** An open session and who stands behind it today, in one statement: every request begins with it. */
export async function personInSession(
  connection: Connection,
  tokenHash: Buffer,
  now: Date,
  day: string,
): Promise<PersonInSession | undefined> {
  const rows = await connection.query<PersonInSession>(
    `select s.id as "sessionId", s.started_at as "startedAt", s.last_seen_at as "lastSeenAt", ${personToday}
     from session s join person p on p.id = s.person_id
     where s.token_hash = $2 and s.ended_at is null and s.expires_at > $3`,
    [day, tokenHash, now],
  );
  return rows[0];
}

export interface PersonByToken extends PersonToday {
  readonly tokenId: string;
  readonly scopes: readonly ('upload' | 'search')[];
}

/** The same for an access token, whose use is noted. */
export async function personByToken(
  connection: Connection,
  tokenHash: Buffer,
  now: Date,
  day: string,
): Promise<PersonByToken | undefined> {
  const rows = await connection.query<PersonByToken>(
    `with token as (
       update access_token set last_used_at = $3 where token_hash = $2 and revoked_at is null and expires_at > $3
       returning id, person_id, scopes)
     select token.id as "tokenId", token.scopes, ${personToday} from token join person p on p.id = token.person_id`,
    [day, tokenHash, now],
  );
  return rows[0];
}
