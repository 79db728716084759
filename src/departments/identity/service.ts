import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { newId } from '../../kernel/ids.ts';
import { grantedPermissions } from '../../kernel/permissions.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import { signedIn, signedOut, signInRefused, tokenMade, tokenRevoked } from './events.ts';
import { hashSecret, newSecret, passwordMatches } from './service-passwords.ts';
import { mustWait, reachedUnits, servesDesk, sessionEnds } from './rules.ts';
import { passwordOf, personByToken, personInSession, personOn, type Connection, type PersonToday } from './store.ts';

export interface Database {
  transaction<T>(work: (tx: Connection) => Promise<T>): Promise<T>;
  readonly alone: Connection;
}

export interface Credentials {
  readonly sessionSecret: string | undefined;
  readonly bearer: string | undefined;
  readonly address: string;
}

export interface SignedIn {
  readonly actor: Actor;
  readonly until: Date;
  /** Their password was made by somebody else: they set another before anything else. */
  readonly passwordIsGiven: boolean;
  /** What an access token may do; `null` for a session, which may do all its person may. */
  readonly scopes: readonly ('upload' | 'search')[] | null;
}

export type Identity = ReturnType<typeof createIdentity>;

/** People at the door: who they are today, sessions, tokens. */
export function createIdentity(options: {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
}) {
  const { database, audit, clock } = options;

  async function actorOf(
    tx: Connection,
    personId: string,
    sessionId: string,
    via: Actor['via'],
    address: string,
  ): Promise<{ actor: Actor; passwordIsGiven: boolean } | undefined> {
    return asActor(await personOn(tx, personId, vietnamDay(clock.now())), sessionId, via, address);
  }

  /** Who stands behind a request. Looked up each time: a right that ended a second ago is gone. */
  async function authenticate(credentials: Credentials): Promise<SignedIn | undefined> {
    const now = clock.now();
    const day = vietnamDay(now);
    const { bearer, sessionSecret, address } = credentials;
    if (bearer !== undefined) {
      const person = await personByToken(database.alone, hashSecret(bearer), now, day);
      const signed = person && asActor(person, person.tokenId, 'token', address);
      return signed && { ...signed, until: now, scopes: person.scopes };
    }
    if (sessionSecret === undefined) return undefined;
    const person = await personInSession(database.alone, hashSecret(sessionSecret), now, day);
    const signed = person && asActor(person, person.sessionId, 'session', address);
    if (!signed) return undefined;
    const until = sessionEnds(person.startedAt, now, person.clearance);
    // Written at most once a minute: a write for each picture of a page would be the cost of the whole request.
    if (now.getTime() - person.lastSeenAt.getTime() > 60_000) {
      await database.alone.query('update session set last_seen_at = $2, expires_at = $3 where id = $1', [
        person.sessionId,
        now,
        until,
      ]);
    }
    return { ...signed, until, scopes: null };
  }

  async function failures(tx: Connection, nameHash: Buffer, name: string, address: string, now: Date) {
    const quarter = new Date(now.getTime() - 15 * 60_000);
    const hour = new Date(now.getTime() - 3_600_000);
    const season = new Date(now.getTime() - 90 * 86_400_000);
    const rows = await tx.query<{
      hereForName: string;
      here: string;
      everywhereForName: string;
      placeIsKnown: boolean;
    }>(
      `select count(*) filter (where name_hash = $1 and address = $2 and at > $3) as "hereForName",
         count(*) filter (where address = $2 and at > $3) as here,
         count(*) filter (where name_hash = $1) as "everywhereForName",
         exists (select 1 from session s join person p on p.id = s.person_id where p.login_name = $6 and s.address = $2 and s.started_at > $5) as "placeIsKnown"
       from sign_in_failure where at > $4 and (name_hash = $1 or address = $2)`,
      [nameHash, address, quarter, hour, season, name],
    );
    const row = rows[0];
    return {
      hereForName: Number(row?.hereForName ?? 0),
      here: Number(row?.here ?? 0),
      everywhereForName: Number(row?.everywhereForName ?? 0),
      placeIsKnown: row?.placeIsKnown ?? false,
    };
  }

  /**
   * Checks name and password. Refuses with `sign-in-failed` (one sentence for a wrong name, a wrong password and a
   * person without a role) or `too-many-attempts`. The order of work is the same for every name.
   */
  async function checkPassword(who: Requester, typedName: string, password: string): Promise<string> {
    const name = typedName.trim().toLowerCase().normalize('NFC');
    const nameHash = hashSecret(name);
    const now = clock.now();
    const { found, hasRole, wait } = await database.transaction(async (tx) => {
      // Attempts from one place on one name take turns, and each counts before it is tried: many at once are many.
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 2))', [`${name} ${who.address}`]);
      const person = await passwordOf(tx, name);
      const mayTry = !mustWait(await failures(tx, nameHash, name, who.address, now));
      if (mayTry) {
        const attempt = [nameHash, who.address, now];
        await tx.query('insert into sign_in_failure (name_hash, address, at) values ($1, $2, $3)', attempt);
      }
      return {
        found: person,
        // Asked before the password is looked at: who holds no role fails like everybody else, is counted and logged.
        hasRole: ((await personOn(tx, person?.personId ?? newId(now), vietnamDay(now)))?.roles.length ?? 0) > 0,
        wait: !mayTry,
      };
    });
    if (wait) {
      await audit.tellDurably(who, signInRefused(found?.personId, 'throttled'));
      throw new Refusal('too-many-attempts', { minutes: 15 });
    }
    if (!(await passwordMatches(found?.hash, password)) || !found || !hasRole) {
      await audit.tellDurably(who, signInRefused(found?.personId, 'password'));
      throw new Refusal('sign-in-failed');
    }
    const clear = 'delete from sign_in_failure where name_hash = $1 and address = $2';
    await database.transaction((tx) => tx.query(clear, [nameHash, who.address]));
    return found.personId;
  }

  /** Opens a session; `secret` goes into the cookie and is kept nowhere. */
  async function signIn(who: Requester, name: string, password: string, userAgent: string) {
    const personId = await checkPassword(who, name, password);
    const now = clock.now();
    const { secret, hash } = newSecret('vks');
    const id = newId(now);
    return database.transaction(async (tx) => {
      const person = await actorOf(tx, personId, id, 'session', who.address);
      if (!person) throw new Refusal('sign-in-failed');
      const { actor, passwordIsGiven } = person;
      const until = sessionEnds(now, now, actor.clearance);
      await tx.query(
        'insert into session (id, token_hash, person_id, address, user_agent, started_at, last_seen_at, expires_at) values ($1, $2, $3, $4, $5, $6, $6, $7)',
        [id, hash, personId, who.address, userAgent.slice(0, 300), now, until],
      );
      await audit.tell(tx, { ...who, actor }, signedIn(personId));
      return { secret, until, actor, passwordIsGiven };
    });
  }

  async function signOut(who: Requester): Promise<void> {
    await database.transaction(async (tx) => {
      await tx.query('update session set ended_at = $2 where id = $1 and ended_at is null', [
        who.actor?.sessionId,
        clock.now(),
      ]);
      await audit.tell(tx, who, signedOut());
    });
  }

  async function makeToken(
    who: Requester,
    personId: string,
    wish: { name: string; scopes: ('upload' | 'search')[]; days: number },
  ) {
    const now = clock.now();
    const { secret, hash } = newSecret('vkt');
    const row = {
      id: newId(now),
      name: wish.name,
      scopes: wish.scopes,
      createdAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + wish.days * 86_400_000).toISOString(),
      lastUsedAt: null,
    };
    await database.transaction(async (tx) => {
      await tx.query(
        'insert into access_token (id, token_hash, person_id, name, scopes, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)',
        [row.id, hash, personId, wish.name, wish.scopes, row.createdAt, row.expiresAt],
      );
      await audit.tell(tx, who, tokenMade(row.id, wish.scopes, wish.days));
    });
    return { ...row, token: secret };
  }

  async function makeTokenByPassword(
    who: Requester,
    wish: { name: string; password: string; tokenName: string; scopes: ('upload' | 'search')[]; days: number },
  ) {
    const personId = await checkPassword(who, wish.name, wish.password);
    const person = await database.transaction((tx) =>
      actorOf(tx, personId, newId(clock.now()), 'command', who.address),
    );
    if (!person) throw new Refusal('sign-in-failed');
    if (person.passwordIsGiven) throw new Refusal('password-is-given');
    return makeToken({ ...who, actor: person.actor }, personId, {
      name: wish.tokenName,
      scopes: wish.scopes,
      days: wish.days,
    });
  }

  async function revokeToken(who: Requester, tokenId: string): Promise<void> {
    await database.transaction(async (tx) => {
      const [revoked] = await tx.query<{ id: string }>(
        'update access_token set revoked_at = $3 where id = $1 and person_id = $2 and revoked_at is null returning id',
        [tokenId, who.actor?.personId, clock.now()],
      );
      if (!revoked) throw new Refusal('not-found');
      await audit.tell(tx, who, tokenRevoked(tokenId));
    });
  }

  return { authenticate, signIn, signOut, makeToken, makeTokenByPassword, revokeToken };
}

/** Nobody without a role is anybody here. */
function asActor(
  person: PersonToday | undefined,
  sessionId: string,
  via: Actor['via'],
  address: string,
): { actor: Actor; passwordIsGiven: boolean } | undefined {
  if (!person || person.roles.length === 0) return undefined;
  const roles = new Set(person.roles);
  const actor: Actor = {
    personId: person.personId,
    agencyId: person.agencyId,
    fullName: person.fullName,
    roles,
    permissions: grantedPermissions(roles),
    clearance: person.clearance,
    unitIds: reachedUnits(person.appointments, person.unitsEver, roles),
    deskOf: servesDesk(roles) ? [person.agencyId] : [],
    sessionId,
    via,
    address,
  };
  return { actor, passwordIsGiven: person.passwordIsGiven };
}
