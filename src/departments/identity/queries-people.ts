import type {
  PeopleChange,
  PersonCells,
  PersonRow,
  PersonView,
  Session,
  UnitCells,
  UnitRow,
} from '../../contract/people.ts';
import { foldedForm } from '../../kernel/folding.ts';
import { mayConfirm, mayDecline } from './rules-people.ts';
import type { ChangeRow } from './store-people.ts';
import type { Connection } from './store.ts';

const holds = (table: string, day: string): string =>
  `${table}.valid_from <= ${day}::date and (${table}.valid_until is null or ${day}::date < ${table}.valid_until)`;

interface ListRow extends Omit<PersonRow, 'state' | 'lastSeenAt'> {
  readonly lastSeenAt: Date | null;
}

/** What people are today: one row a person, whoever they are. `$1` agency, `$2` day. */
const personColumns = `p.id, p.login_name as "loginName", p.full_name as "fullName", place.unit, place.post,
  array(select distinct ra.role from role_assignment ra where ra.person_id = p.id and ${holds('ra', '$2')} order by 1) as roles,
  coalesce((select max(c.rank) from clearance c where c.person_id = p.id and ${holds('c', '$2')}), 0) as clearance,
  (select count(*)::integer from people_change pc where pc.person_id = p.id and pc.decided_at is null) as waiting,
  (select max(s.last_seen_at) from session s where s.person_id = p.id) as "lastSeenAt"`;
const personSource = `person p left join lateral (
  select jsonb_build_object('id', u.id, 'symbol', u.symbol, 'name', u.name) as unit, a.post
  from appointment a join unit u on u.id = a.unit_id where a.person_id = p.id and ${holds('a', '$2')}
  order by a.valid_from, a.id limit 1) place on true`;

const rowOf = ({ lastSeenAt, ...row }: ListRow): PersonRow => ({
  ...row,
  state: row.roles.length > 0 ? 'here' : 'left',
  lastSeenAt: lastSeenAt?.toISOString() ?? null,
});

/**
 * People by name. An agency has a few thousand at most: all are read, and narrowed here by the same reading of
 * Vietnamese words as everywhere else. `after` is the id of the last row of the page before.
 */
export async function personList(
  connection: Connection,
  agencyId: string,
  day: string,
  wish: {
    q: string;
    unit?: string | undefined;
    state: 'here' | 'left' | 'all';
    after?: string | undefined;
    limit: number;
  },
): Promise<{ rows: PersonRow[]; next: string | null; here: number }> {
  const all = (
    await connection.query<ListRow>(
      `select ${personColumns} from ${personSource} where p.agency_id = $1 order by p.full_name, p.id`,
      [agencyId, day],
    )
  ).map(rowOf);
  const words = foldedForm(wish.q)
    .split(/\s+/u)
    .filter((word) => word !== '');
  const found = all.filter((row) => {
    const said = `${foldedForm(row.fullName)} ${row.loginName}`;
    return (
      (wish.state === 'all' || row.state === wish.state) &&
      (wish.unit === undefined || row.unit?.id === wish.unit) &&
      words.every((word) => said.includes(word))
    );
  });
  const from = wish.after === undefined ? 0 : found.findIndex((row) => row.id === wish.after) + 1;
  const rows = found.slice(from, from + wish.limit);
  return {
    rows,
    next: from + wish.limit < found.length ? (rows.at(-1)?.id ?? null) : null,
    here: all.filter((row) => row.state === 'here').length,
  };
}

/** `undefined` for nobody of this agency. `viewer` is who looks: what may be decided depends on it. */
export async function personView(
  connection: Connection,
  agencyId: string,
  personId: string,
  day: string,
  now: Date,
  viewer: string,
  openDossiers: OpenDossiers,
): Promise<PersonView | undefined> {
  const [row] = await connection.query<ListRow & { createdAt: Date }>(
    `select ${personColumns}, p.created_at as "createdAt" from ${personSource} where p.agency_id = $1 and p.id = $3`,
    [agencyId, day, personId],
  );
  if (!row) return undefined;
  const { createdAt, ...listed } = row;
  const by = (alias: string): string => `case when g.id is null then null else jsonb_build_object('id', g.id,
    'fullName', g.full_name, 'unit', null) end as by, ${alias}.reason`;
  const ended = (alias: string): string => `case when ${alias}.end_reason is null then null else jsonb_build_object(
    'reason', ${alias}.end_reason, 'by', case when e.id is null then null else jsonb_build_object('id', e.id,
    'fullName', e.full_name, 'unit', null) end) end as ended`;
  type Given = PersonView['roleHistory'][number]['given'];
  const appointments = await connection.query<Omit<PersonView['appointments'][number], 'given'> & Given>(
    `select a.id, a.valid_from as "from", a.valid_until as "until", a.post,
       jsonb_build_object('id', u.id, 'symbol', u.symbol, 'name', u.name) as unit, ${by('a')}, ${ended('a')}
     from appointment a join unit u on u.id = a.unit_id left join person g on g.id = a.given_by
       left join person e on e.id = a.ended_by where a.person_id = $1 order by a.valid_from desc, a.id desc`,
    [personId],
  );
  const roles = await connection.query<Omit<PersonView['roleHistory'][number], 'given'> & Given>(
    `select r.id, r.valid_from as "from", r.valid_until as "until", r.role, ${by('r')}, ${ended('r')}
     from role_assignment r left join person g on g.id = r.given_by left join person e on e.id = r.ended_by where r.person_id = $1 order by r.valid_from desc, r.id desc`,
    [personId],
  );
  const ranks = await connection.query<Omit<PersonView['clearanceHistory'][number], 'given'> & Given>(
    `select c.id, c.valid_from as "from", c.valid_until as "until", c.rank, ${by('c')}
     from clearance c left join person g on g.id = c.given_by where c.person_id = $1 order by c.valid_from desc, c.id desc`,
    [personId],
  );
  const sessions = await sessionsOf(connection, personId, now);
  const leavesBehind = await whatStays(connection, agencyId, personId, day, now, openDossiers);
  return {
    ...rowOf(listed),
    createdAt: createdAt.toISOString(),
    appointments: appointments.map(({ by: giver, reason, ...rest }) => ({ ...rest, given: { by: giver, reason } })),
    roleHistory: roles.map(({ by: giver, reason, ...rest }) => ({ ...rest, given: { by: giver, reason } })),
    clearanceHistory: ranks.map(({ by: giver, reason, ...rest }) => ({ ...rest, given: { by: giver, reason } })),
    changes: await waitingChanges(connection, agencyId, day, viewer, personId),
    sessions,
    tokens: leavesBehind.tokens,
    leavesBehind,
  };
}

/** How many dossiers that are not closed a person keeps: the dossiers say it. */
export type OpenDossiers = (connection: Connection, personId: string) => Promise<number>;

/** What stays when somebody goes, for somebody else to take over. */
export async function whatStays(
  connection: Connection,
  agencyId: string,
  personId: string,
  day: string,
  now: Date,
  openDossiers: OpenDossiers,
): Promise<PersonView['leavesBehind']> {
  const [stays] = await connection.query<Omit<PersonView['leavesBehind'], 'dossiers'>>(
    `select drafts_of($3) as drafts,
       (select count(*)::integer from access_token t where t.person_id = $3 and t.revoked_at is null and t.expires_at > $4) as tokens,
       (select count(*)::integer from session s where s.person_id = $3 and s.ended_at is null and s.expires_at > $4) as sessions,
       array(select distinct mine.role from role_assignment mine where mine.person_id = $3 and ${holds('mine', '$2')}
         and not exists (select 1 from role_assignment o join person op on op.id = o.person_id
           where op.agency_id = $1 and o.role = mine.role and o.person_id <> $3 and ${holds('o', '$2')}) order by 1) as "lastHolderOf"`,
    [agencyId, day, personId, now],
  );
  const none = { drafts: 0, tokens: 0, sessions: 0, lastHolderOf: [] };
  return { ...(stays ?? none), dossiers: await openDossiers(connection, personId) };
}

export async function sessionsOf(connection: Connection, personId: string, now: Date): Promise<Omit<Session, 'own'>[]> {
  const rows = await connection.query<{
    id: string;
    address: string;
    userAgent: string;
    startedAt: Date;
    lastSeenAt: Date;
    expiresAt: Date;
  }>(
    `select id, address, user_agent as "userAgent", started_at as "startedAt", last_seen_at as "lastSeenAt",
       expires_at as "expiresAt" from session
     where person_id = $1 and ended_at is null and expires_at > $2 order by last_seen_at desc, id desc`,
    [personId, now],
  );
  return rows.map(({ startedAt, lastSeenAt, expiresAt, ...row }) => ({
    ...row,
    startedAt: startedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}

/** Oldest first: what waits longest is decided first. */
export async function waitingChanges(
  connection: Connection,
  agencyId: string,
  day: string,
  viewer: string,
  personId?: string,
): Promise<PeopleChange[]> {
  const ref = (alias: string): string => `jsonb_build_object('id', ${alias}.id, 'fullName', ${alias}.full_name, 'unit',
    (select u.name from appointment a join unit u on u.id = a.unit_id where a.person_id = ${alias}.id and ${holds('a', '$2')}
     order by a.valid_from, a.id limit 1))`;
  const rows = await connection.query<
    Omit<ChangeRow, 'personId' | 'askedBy'> & {
      person: PeopleChange['person'];
      askedBy: PeopleChange['askedBy'];
      askedAt: Date;
    }
  >(
    `select c.id, c.kind, c.role, c.from_rank as "fromRank", c.to_rank as "toRank", c.reason, c.asked_at as "askedAt",
       ${ref('p')} as person, ${ref('g')} as "askedBy"
     from people_change c join person p on p.id = c.person_id join person g on g.id = c.asked_by
     where c.agency_id = $1 and c.decided_at is null and ($3::uuid is null or c.person_id = $3) order by c.asked_at, c.id`,
    [agencyId, day, personId ?? null],
  );
  return rows.map(({ id, kind, role, fromRank, toRank, reason, person, askedBy, askedAt }) => {
    const change = { personId: person.id, askedBy: askedBy.id };
    return {
      id,
      person,
      change:
        kind === 'role' && role !== null
          ? { kind: 'role', role }
          : { kind: 'clearance', from: fromRank as 0 | 1 | 2, to: toRank as 0 | 1 | 2 },
      reason,
      askedBy,
      askedAt: askedAt.toISOString(),
      mayDecide: mayConfirm(viewer, change),
      mayWithdraw: viewer === askedBy.id && mayDecline(viewer, change),
    };
  });
}

export async function unitList(connection: Connection, agencyId: string, day: string): Promise<UnitRow[]> {
  return connection.query<UnitRow>(
    `select u.id, u.symbol, u.name, u.name_en as "nameEn", u.parent_id as "parentId", u.successor_id as "successorId",
       u.valid_from as "from", u.valid_until as "until",
       (select count(distinct a.person_id)::integer from appointment a where a.unit_id = u.id and ${holds('a', '$2')}) as people
     from unit u where u.agency_id = $1 order by u.name, u.id`,
    [agencyId, day],
  );
}

/** For the first page: how many are here today, and what waits for a second person. */
export async function peopleCounts(
  connection: Connection,
  agencyId: string,
  day: string,
): Promise<{ here: number; waiting: number }> {
  const [counts] = await connection.query<{ here: number; waiting: number }>(
    `select (select count(distinct ra.person_id)::integer from role_assignment ra join person p on p.id = ra.person_id
         where p.agency_id = $1 and ${holds('ra', '$2')}) as here,
       (select count(*)::integer from people_change c where c.agency_id = $1 and c.decided_at is null) as waiting`,
    [agencyId, day],
  );
  return counts ?? { here: 0, waiting: 0 };
}

/** Units and people as the tables that load them; a unit after the one above it. Codes, so that they load anywhere. */
export async function peopleTables(
  connection: Connection,
  agencyId: string,
  day: string,
): Promise<{ units: UnitCells[]; people: PersonCells[] }> {
  const units = await connection.query<UnitCells>(
    `with recursive tree as (
       select u.id, u.symbol, u.name, coalesce(u.name_en, '') as name_en, '' as parent, 0 as depth
       from unit u where u.agency_id = $1 and u.parent_id is null and ${holds('u', '$2')}
       union all
       select u.id, u.symbol, u.name, coalesce(u.name_en, ''), t.symbol, t.depth + 1
       from unit u join tree t on t.id = u.parent_id where ${holds('u', '$2')}
     ) select symbol, name, name_en as "nameEn", parent from tree order by depth, symbol`,
    [agencyId, day],
  );
  const { rows } = await personList(connection, agencyId, day, {
    q: '',
    state: 'here',
    limit: Number.MAX_SAFE_INTEGER,
  });
  return {
    units,
    people: rows.map((row) => ({
      loginName: row.loginName,
      fullName: row.fullName,
      unit: row.unit?.symbol ?? '',
      post: row.post ?? '',
      roles: row.roles.join('; '),
      clearance: String(row.clearance),
    })),
  };
}
