import type { BodyOf } from '../../contract/line.ts';
import type { peopleLines, PersonView } from '../../contract/people.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { newId } from '../../kernel/ids.ts';
import type { Rank } from '../../kernel/labels.ts';
import type { Role } from '../../kernel/permissions.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import * as told from './events.ts';
import { whatStays, type OpenDossiers } from './queries-people.ts';
import { leadsBelow, type Post } from './rules.ts';
import {
  clashWith,
  clearanceNeedsSecond,
  mayConfirm,
  mayDecline,
  passwordIsOwnOnly,
  roleNeedsSecond,
} from './rules-people.ts';
import { hashPassword, madePassword } from './service-passwords.ts';
import type { Database } from './service.ts';
import * as store from './store-people.ts';
import type { Connection } from './store.ts';

type Wish<Name extends keyof typeof peopleLines> = BodyOf<(typeof peopleLines)[Name]>;
type Lines = typeof peopleLines;
export type People = ReturnType<typeof createPeople>;

/** People after the first day: who comes, what they may, who goes. What needs two persons waits for the second. */
export function createPeople(options: {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly openDossiers: OpenDossiers;
}) {
  const { database, audit, clock, openDossiers } = options;

  const writing = (tx: Connection, actor: Actor): store.Writing => {
    const now = clock.now();
    return { tx, now, day: vietnamDay(now), by: actor.personId };
  };

  /** The work on one person, one at a time, in one transaction. */
  function onPerson<T>(
    actor: Actor,
    personId: string,
    work: (at: store.Writing, person: { id: string; loginName: string; fullName: string }) => Promise<T>,
  ): Promise<T> {
    return database.transaction(async (tx) => {
      const person = await store.lockPerson(tx, actor.agencyId, personId);
      if (!person) throw new Refusal('not-found');
      return work(writing(tx, actor), person);
    });
  }

  async function refuseClash(at: store.Writing, personId: string, role: Role): Promise<void> {
    const clash = clashWith(await store.rolesOn(at.tx, personId, at.day), role);
    if (clash) throw new Refusal('incompatible-roles', { one: clash[0], other: clash[1] });
  }

  /** A post that leads is for who holds the duty to lead: it reaches every unit below. */
  async function checkPlace(at: store.Writing, actor: Actor, held: readonly Role[], unitId: string, post: Post) {
    if (!(await store.lockUnit(at.tx, actor.agencyId, unitId, at.day)))
      throw new Refusal('bad-request', {}, [{ path: 'unitId', problem: 'unknown-unit' }]);
    if (leadsBelow(post) && !held.includes('leader'))
      throw new Refusal('bad-request', {}, [{ path: 'post', problem: 'needs-leader-role' }]);
  }

  async function addPerson(who: Requester, actor: Actor, wish: Wish<'addPerson'>) {
    const password = madePassword();
    const hash = await hashPassword(password);
    const roles = [...new Set(wish.roles)];
    for (const [index, role] of roles.entries()) {
      const clash = clashWith(roles.slice(0, index), role);
      if (clash) throw new Refusal('incompatible-roles', { one: clash[0], other: clash[1] });
    }
    return database.transaction(async (tx) => {
      const at = writing(tx, actor);
      if (wish.unitId !== null) await checkPlace(at, actor, roles, wish.unitId, wish.post);
      const place = wish.unitId === null ? undefined : { unitId: wish.unitId, post: wish.post };
      const { loginName, fullName, clearance } = wish;
      const newcomer = { loginName: loginName.toLowerCase(), fullName, roles, clearance, place, hash };
      const personId = await admit(audit, at, who, actor, newcomer, wish.reason);
      return { personId, password, waits: roles.filter(roleNeedsSecond) };
    });
  }

  const ask = (at: store.Writing, who: Requester, actor: Actor, personId: string, asked: store.Asked, reason: string) =>
    askSecond(audit, at, who, actor, personId, asked, reason);

  function appoint(who: Requester, actor: Actor, personId: string, wish: BodyOf<Lines['appoint']>): Promise<void> {
    return onPerson(actor, personId, async (at) => {
      await checkPlace(at, actor, await store.rolesOn(at.tx, personId, at.day), wish.unitId, wish.post);
      if (wish.instead) await endPosts(at, who, { personId }, wish.reason);
      await store.openAppointment(at, personId, wish, wish.reason);
      await audit.tell(at.tx, who, told.appointmentMade(personId, wish.unitId, wish.post));
    });
  }

  /** Answers how many ended. */
  async function endPosts(
    at: store.Writing,
    who: Requester,
    of: { readonly personId: string; readonly appointmentId?: string },
    reason: string,
  ): Promise<number> {
    const ended = await store.closeAppointments(at, of, reason);
    for (const { unitId, post } of ended)
      await audit.tell(at.tx, who, told.appointmentEnded(of.personId, unitId, post));
    return ended.length;
  }

  function endAppointment(
    who: Requester,
    actor: Actor,
    personId: string,
    appointmentId: string,
    reason: string,
  ): Promise<void> {
    return onPerson(actor, personId, async (at) => {
      if ((await endPosts(at, who, { personId, appointmentId }, reason)) === 0) throw new Refusal('conflict');
    });
  }

  function giveRole(who: Requester, actor: Actor, personId: string, wish: Wish<'giveRole'>) {
    return onPerson(actor, personId, async (at) => {
      if ((await store.rolesOn(at.tx, personId, at.day)).includes(wish.role)) throw new Refusal('conflict');
      await refuseClash(at, personId, wish.role);
      const waits = roleNeedsSecond(wish.role);
      if (waits) await ask(at, who, actor, personId, { kind: 'role', role: wish.role }, wish.reason);
      else await openRole(at, who, personId, wish.role, wish.reason);
      return { waits };
    });
  }

  async function openRole(at: store.Writing, who: Requester, personId: string, role: Role, reason: string) {
    await store.openRole(at, personId, role, reason);
    await audit.tell(at.tx, who, told.roleGiven(personId, role));
  }

  function endRole(who: Requester, actor: Actor, personId: string, wish: Wish<'endRole'>): Promise<void> {
    return onPerson(actor, personId, async (at) => {
      if (!(await store.closeRole(at, personId, wish.role, wish.reason))) throw new Refusal('conflict');
      await audit.tell(at.tx, who, told.roleEnded(personId, wish.role));
    });
  }

  function setClearance(who: Requester, actor: Actor, personId: string, wish: Wish<'setClearance'>) {
    return onPerson(actor, personId, async (at) => {
      const from = await store.clearanceOn(at.tx, personId, at.day);
      if (from === wish.rank) throw new Refusal('conflict');
      const waits = clearanceNeedsSecond(from, wish.rank);
      if (waits) await ask(at, who, actor, personId, { kind: 'clearance', from, to: wish.rank }, wish.reason);
      else await putClearance(at, who, personId, from, wish.rank, wish.reason);
      return { waits };
    });
  }

  async function putClearance(
    at: store.Writing,
    who: Requester,
    personId: string,
    from: Rank,
    to: Rank,
    reason: string,
  ): Promise<void> {
    await store.setClearance(at, personId, to, reason);
    await audit.tell(at.tx, who, told.clearanceSet(personId, from, to));
  }

  /** Confirmed, it takes effect in this transaction; what has become impossible since is refused and goes on waiting. */
  function decide(who: Requester, actor: Actor, changeId: string, wish: Wish<'decideChange'>): Promise<void> {
    return database.transaction(async (tx) => {
      const at = writing(tx, actor);
      // The person first and then the change, as whoever leaves does it: two who cross would wait for each other.
      const personId = await store.personOfChange(tx, actor.agencyId, changeId);
      if (personId !== undefined) await store.lockPerson(tx, actor.agencyId, personId);
      const change = await store.lockChange(tx, actor.agencyId, changeId);
      if (!change) throw new Refusal('not-found');
      if (!(wish.confirm ? mayConfirm : mayDecline)(actor.personId, change)) throw new Refusal('second-person-needed');
      if (!wish.confirm && wish.reason === '')
        throw new Refusal('bad-request', {}, [{ path: 'reason', problem: 'needed' }]);
      await store.closeChange(at, changeId, wish.confirm, wish.reason);
      await audit.tell(tx, who, told.changeDecided(change.personId, changeId, wish.confirm));
      if (!wish.confirm) return;
      if (change.kind === 'role' && change.role !== null) {
        await refuseClash(at, change.personId, change.role);
        await openRole(at, who, change.personId, change.role, change.reason);
      } else {
        const from = await store.clearanceOn(tx, change.personId, at.day);
        // What was lowered or raised since it was asked is another question than the one that was answered.
        if (from !== change.fromRank) throw new Refusal('change-outdated');
        await putClearance(at, who, change.personId, from, change.toRank ?? from, change.reason);
      }
    });
  }

  async function resetPassword(who: Requester, actor: Actor, personId: string): Promise<{ password: string }> {
    const password = madePassword();
    const hash = await hashPassword(password);
    return onPerson(actor, personId, async (at) => {
      if (passwordIsOwnOnly(await store.rolesOn(at.tx, personId, at.day))) throw new Refusal('password-is-own-only');
      await store.setPassword(at.tx, personId, hash, at.now, true);
      await store.endSessions(at.tx, personId, at.now);
      await audit.tell(at.tx, who, told.passwordIssued(personId));
      return { password };
    });
  }

  function endSessions(who: Requester, actor: Actor, personId: string): Promise<void> {
    return onPerson(actor, personId, async (at) => {
      const sessions = await store.endSessions(at.tx, personId, at.now);
      await audit.tell(at.tx, who, told.sessionsEnded(personId, sessions));
    });
  }

  /** Everything at once; what they leave behind is told before it is theirs no more. */
  function leave(who: Requester, actor: Actor, personId: string, reason: string): Promise<PersonView['leavesBehind']> {
    return onPerson(actor, personId, async (at) => {
      if (personId === actor.personId) throw new Refusal('second-person-needed');
      const stays = await whatStays(at.tx, actor.agencyId, personId, at.day, at.now, openDossiers);
      for (const role of await store.rolesOn(at.tx, personId, at.day))
        await store.closeRole(at, personId, role, reason);
      await store.closeAppointments(at, { personId }, reason);
      await store.setClearance(at, personId, 0, reason);
      await store.declineAll(at, personId, reason);
      const sessions = await store.endSessions(at.tx, personId, at.now);
      const tokens = await store.revokeTokens(at.tx, personId, at.now);
      await audit.tell(at.tx, who, told.personLeft(personId, sessions, tokens));
      return stays;
    });
  }

  return {
    addPerson,
    appoint,
    endAppointment,
    giveRole,
    endRole,
    setClearance,
    decide,
    resetPassword,
    endSessions,
    leave,
  };
}

/** Somebody new, as they will stand: with a unit that was looked at, and duties that do not clash. */
export interface Newcomer {
  readonly loginName: string;
  readonly fullName: string;
  readonly roles: readonly Role[];
  readonly clearance: Rank;
  readonly place: store.Place | undefined;
  readonly hash: string;
}

/** One person, whoever brings them in and with how many; what needs two persons is asked for. Answers their id. */
export async function admit(
  audit: AuditLog,
  at: store.Writing,
  who: Requester,
  actor: Actor,
  { loginName, fullName, roles, clearance, place, hash }: Newcomer,
  reason: string,
): Promise<string> {
  const { tx, now } = at;
  const personId = newId(now);
  const [added] = await tx.query<{ id: string }>(
    `insert into person (id, agency_id, login_name, full_name, created_at) values ($1, $2, $3, $4, $5)
     on conflict (login_name) do nothing returning id`,
    [personId, actor.agencyId, loginName, fullName, now],
  );
  if (!added) throw new Refusal('name-taken', { name: loginName }, [{ path: 'loginName', problem: 'taken' }]);
  await store.setPassword(tx, personId, hash, now, true);
  // Higher than everybody's is asked for, and everybody's given meanwhile.
  const waits = clearanceNeedsSecond(usual, clearance);
  const rank = waits ? usual : clearance;
  await store.setClearance(at, personId, rank, reason);
  const given = roles.filter((role) => !roleNeedsSecond(role));
  for (const role of given) await store.openRole(at, personId, role, reason);
  if (place) await store.openAppointment(at, personId, place, reason);
  await audit.tell(tx, who, told.personAdded(personId, given, rank));
  for (const role of roles.filter(roleNeedsSecond))
    await askSecond(audit, at, who, actor, personId, { kind: 'role', role }, reason);
  if (waits) await askSecond(audit, at, who, actor, personId, { kind: 'clearance', from: rank, to: clearance }, reason);
  return personId;
}

/** Nội bộ: what everybody in an office may read. */
const usual: Rank = 1;

async function askSecond(
  audit: AuditLog,
  at: store.Writing,
  who: Requester,
  actor: Actor,
  personId: string,
  asked: store.Asked,
  reason: string,
): Promise<void> {
  const change = await store.askChange(at, actor.agencyId, personId, asked, reason);
  if (change === undefined) throw new Refusal('conflict');
  const what = asked.kind === 'role' ? asked.role : { before: asked.from, after: asked.to };
  await audit.tell(at.tx, who, told.changeAsked(personId, change, what));
}
