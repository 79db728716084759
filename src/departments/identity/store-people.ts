import type { Role } from '../../kernel/permissions.ts';
import type { Rank } from '../../kernel/labels.ts';
import { newId } from '../../kernel/ids.ts';
import type { Post } from './rules.ts';
import type { Connection } from './store.ts';

/**
 * Writes about people. A fact that no longer holds is closed with the day on which it ended, never changed; a day is
 * half open, so that what is closed today no longer holds from this moment.
 */
export interface Writing {
  readonly tx: Connection;
  readonly now: Date;
  /** Vietnam's day of `now`. */
  readonly day: string;
  readonly by: string;
}

/** The person, locked against others who change them; `undefined` for nobody of this agency. */
export async function lockPerson(
  tx: Connection,
  agencyId: string,
  personId: string,
): Promise<{ id: string; loginName: string; fullName: string } | undefined> {
  // The row itself is nobody's to change, and so nobody's to lock.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 3))', [personId]);
  const rows = await tx.query<{ id: string; loginName: string; fullName: string }>(
    'select id, login_name as "loginName", full_name as "fullName" from person where id = $1 and agency_id = $2',
    [personId, agencyId],
  );
  return rows[0];
}

export async function rolesOn(tx: Connection, personId: string, day: string): Promise<Role[]> {
  const rows = await tx.query<{ role: Role }>(
    `select distinct role from role_assignment
     where person_id = $1 and valid_from <= $2::date and (valid_until is null or $2::date < valid_until)`,
    [personId, day],
  );
  return rows.map((row) => row.role);
}

export async function openRole({ tx, now, day, by }: Writing, personId: string, role: Role, reason: string) {
  await tx.query(
    'insert into role_assignment (id, person_id, role, valid_from, given_by, reason) values ($1, $2, $3, $4, $5, $6)',
    [newId(now), personId, role, day, by, reason],
  );
}

/** Answers whether there was one to close. */
export async function closeRole(
  { tx, day, by }: Writing,
  personId: string,
  role: Role,
  reason: string,
): Promise<boolean> {
  const rows = await tx.query<{ id: string }>(
    `update role_assignment set valid_until = $3, ended_by = $4, end_reason = $5 where person_id = $1 and role = $2
       and (valid_until is null or valid_until > $3) returning id`,
    [personId, role, day, by, reason],
  );
  return rows.length > 0;
}

export async function clearanceOn(tx: Connection, personId: string, day: string): Promise<Rank> {
  const rows = await tx.query<{ rank: Rank }>(
    `select max(rank) as rank from clearance
     where person_id = $1 and valid_from <= $2::date and (valid_until is null or $2::date < valid_until)`,
    [personId, day],
  );
  return rows[0]?.rank ?? 0;
}

export async function setClearance({ tx, now, day, by }: Writing, personId: string, rank: Rank, reason: string) {
  await tx.query(
    'update clearance set valid_until = $2 where person_id = $1 and (valid_until is null or valid_until > $2)',
    [personId, day],
  );
  await tx.query(
    'insert into clearance (id, person_id, rank, valid_from, given_by, reason) values ($1, $2, $3, $4, $5, $6)',
    [newId(now), personId, rank, day, by, reason],
  );
}

export async function openAppointment(
  { tx, now, day, by }: Writing,
  personId: string,
  { unitId, post }: Place,
  reason: string,
) {
  await tx.query(
    `insert into appointment (id, person_id, unit_id, post, valid_from, given_by, reason)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(now), personId, unitId, post, day, by, reason],
  );
}

/** A post in a unit. */
export interface Place {
  readonly unitId: string;
  readonly post: Post;
}

/** Posts that hold today end; answers which: all of a person, one of theirs, or everybody's in one unit. */
export async function closeAppointments(
  { tx, day, by }: Writing,
  of: { readonly personId: string; readonly appointmentId?: string } | { readonly unitId: string },
  reason: string,
): Promise<(Place & { readonly personId: string })[]> {
  const [column, id, one] =
    'personId' in of ? ['person_id', of.personId, of.appointmentId ?? null] : ['unit_id', of.unitId, null];
  return tx.query(
    `update appointment set valid_until = $2, ended_by = $3, end_reason = $4
     where ${column} = $1 and ($5::uuid is null or id = $5) and (valid_until is null or valid_until > $2)
     returning person_id as "personId", unit_id as "unitId", post`,
    [id, day, by, reason, one],
  );
}

/** Ends sessions, but not the one named; answers how many. */
export async function endSessions(tx: Connection, personId: string, now: Date, but?: string): Promise<number> {
  const rows = await tx.query<{ id: string }>(
    `update session set ended_at = $2 where person_id = $1 and ended_at is null and expires_at > $2
       and ($3::uuid is null or id <> $3) returning id`,
    [personId, now, but ?? null],
  );
  return rows.length;
}

export async function revokeTokens(tx: Connection, personId: string, now: Date): Promise<number> {
  const rows = await tx.query<{ id: string }>(
    'update access_token set revoked_at = $2 where person_id = $1 and revoked_at is null and expires_at > $2 returning id',
    [personId, now],
  );
  return rows.length;
}

export async function setPassword(tx: Connection, personId: string, hash: string, now: Date, given: boolean) {
  await tx.query(
    `insert into person_password (person_id, hash, changed_at, given) values ($1, $2, $3, $4)
     on conflict (person_id) do update set hash = excluded.hash, changed_at = excluded.changed_at, given = excluded.given`,
    [personId, hash, now, given],
  );
}

export type Asked =
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'clearance'; readonly from: Rank; readonly to: Rank };

/** Answers false when the same waits already. */
export async function askChange(
  { tx, now, by }: Writing,
  agencyId: string,
  personId: string,
  asked: Asked,
  reason: string,
): Promise<string | undefined> {
  const [role, from, to] = asked.kind === 'role' ? [asked.role, null, null] : [null, asked.from, asked.to];
  const rows = await tx.query<{ id: string }>(
    `insert into people_change (id, agency_id, person_id, kind, role, from_rank, to_rank, reason, asked_by, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id`,
    [newId(now), agencyId, personId, asked.kind, role, from, to, reason, by, now],
  );
  return rows[0]?.id;
}

/** Whom a change is about, so that their lock can be taken before the change's. */
export async function personOfChange(tx: Connection, agencyId: string, id: string): Promise<string | undefined> {
  const rows = await tx.query<{ personId: string }>(
    'select person_id as "personId" from people_change where id = $1 and agency_id = $2',
    [id, agencyId],
  );
  return rows[0]?.personId;
}

export interface ChangeRow {
  readonly id: string;
  readonly personId: string;
  readonly kind: 'role' | 'clearance';
  readonly role: Role | null;
  readonly fromRank: Rank | null;
  readonly toRank: Rank | null;
  readonly reason: string;
  readonly askedBy: string;
}

export async function lockChange(tx: Connection, agencyId: string, id: string): Promise<ChangeRow | undefined> {
  const rows = await tx.query<ChangeRow>(
    `select id, person_id as "personId", kind, role, from_rank as "fromRank", to_rank as "toRank", reason,
       asked_by as "askedBy" from people_change where id = $1 and agency_id = $2 and decided_at is null for update`,
    [id, agencyId],
  );
  return rows[0];
}

export async function closeChange({ tx, now, by }: Writing, id: string, confirmed: boolean, reason: string) {
  await tx.query(
    'update people_change set decided_by = $2, decided_at = $3, confirmed = $4, decision_reason = $5 where id = $1',
    [id, by, now, confirmed, reason],
  );
}

/** Whatever waits for somebody who has gone is declined with them. */
export async function declineAll({ tx, now, by }: Writing, personId: string, reason: string) {
  await tx.query(
    `update people_change set decided_by = $2, decided_at = $3, confirmed = false, decision_reason = $4
     where person_id = $1 and decided_at is null`,
    [personId, by, now, reason],
  );
}

export async function lockUnit(
  tx: Connection,
  agencyId: string,
  unitId: string,
  day: string,
): Promise<{ id: string } | undefined> {
  const rows = await tx.query<{ id: string }>(
    `select id from unit where id = $1 and agency_id = $2 and valid_from <= $3::date
       and (valid_until is null or $3::date < valid_until) for no key update`,
    [unitId, agencyId, day],
  );
  return rows[0];
}
