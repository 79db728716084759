import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { newId } from '../../kernel/ids.ts';
import type { Rank } from '../../kernel/labels.ts';
import { clashingRoles, type Role } from '../../kernel/permissions.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import { agencyAdded, passwordIssued, personAdded, unitAdded } from './events.ts';
import { hashPassword, hashSecret, newSecret } from './service-passwords.ts';
import { passwordProblem, type Post } from './rules.ts';
import type { Database } from './service.ts';
import { endSessions, setPassword } from './store-people.ts';
import type { Connection } from './store.ts';

export interface NewAgency {
  readonly code: string;
  readonly symbol: string;
  readonly name: string;
}

export interface NewUnit {
  readonly symbol: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly parentId: string | null;
}

export interface NewPerson {
  readonly name: string;
  readonly fullName: string;
  readonly password: string;
  readonly roles: readonly Role[];
  readonly clearance: Rank;
  readonly appointment: { readonly unitId: string; readonly post: Post } | null;
  /** Made by somebody else: they set their own before anything else. */
  readonly passwordIsGiven?: boolean;
}

/** An agency as it moves in: units stand after the unit above them, and each is named by its symbol. */
export interface OfficePlan {
  readonly agency: NewAgency;
  readonly units: readonly (Omit<NewUnit, 'parentId'> & { readonly parent: string | null })[];
  readonly people: readonly (Omit<NewPerson, 'appointment'> & {
    readonly appointment: { readonly unit: string; readonly post: Post } | null;
  })[];
}

/** The ids that were given: units by symbol, people by login name. */
export interface MovedIn {
  readonly agencyId: string;
  readonly units: Readonly<Record<string, string>>;
  readonly people: Readonly<Record<string, string>>;
}

export type Office = ReturnType<typeof createOffice>;

/** Setting up the agency, its units and its people: by the first start and the demo today, by rooms later. */
export function createOffice(options: {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
}) {
  const { database, audit, clock } = options;

  async function insertAgency(tx: Connection, who: Requester, agency: NewAgency): Promise<string> {
    const id = newId(clock.now());
    await tx.query('insert into agency (id, code, symbol, name, valid_from) values ($1, $2, $3, $4, $5)', [
      id,
      agency.code,
      agency.symbol,
      agency.name,
      vietnamDay(clock.now()),
    ]);
    await audit.tell(tx, who, agencyAdded(id));
    return id;
  }

  async function insertUnit(tx: Connection, who: Requester, agencyId: string, unit: NewUnit): Promise<string> {
    const id = newId(clock.now());
    await tx.query(
      'insert into unit (id, agency_id, parent_id, symbol, name, name_en, valid_from) values ($1, $2, $3, $4, $5, $6, $7)',
      [id, agencyId, unit.parentId, unit.symbol, unit.name, unit.nameEn ?? null, vietnamDay(clock.now())],
    );
    await audit.tell(tx, who, unitAdded(id));
    return id;
  }

  /**
   * Refuses roles that one person may not hold together (`incompatible-roles`) and weak passwords
   * (`password-too-weak`). The hash takes its time outside of any transaction.
   */
  async function checkedHash(person: Pick<NewPerson, 'name' | 'fullName' | 'password' | 'roles'>): Promise<string> {
    const clash = clashingRoles(person.roles)[0];
    if (clash) throw new Refusal('incompatible-roles', { one: clash[0], other: clash[1] });
    const problem = passwordProblem(person.password, person);
    if (problem) throw new Refusal('password-too-weak', { problem }, [{ path: 'password', problem }]);
    return hashPassword(person.password);
  }

  async function insertPerson(
    tx: Connection,
    who: Requester,
    agencyId: string,
    person: NewPerson,
    hash: string,
  ): Promise<string> {
    const id = newId(clock.now());
    const day = vietnamDay(clock.now());
    const by = who.actor?.personId ?? null;
    await tx.query(
      'insert into person (id, agency_id, login_name, full_name, created_at) values ($1, $2, $3, $4, $5)',
      [id, agencyId, person.name.toLowerCase(), person.fullName, clock.now()],
    );
    await setPassword(tx, id, hash, clock.now(), person.passwordIsGiven ?? false);
    for (const role of person.roles) {
      await tx.query(
        'insert into role_assignment (id, person_id, role, valid_from, given_by, reason) values ($1, $2, $3, $4, $5, $6)',
        [newId(clock.now()), id, role, day, by, 'first-start'],
      );
    }
    await tx.query(
      'insert into clearance (id, person_id, rank, valid_from, given_by, reason) values ($1, $2, $3, $4, $5, $6)',
      [newId(clock.now()), id, person.clearance, day, by, 'first-start'],
    );
    if (person.appointment) {
      await tx.query('insert into appointment (id, person_id, unit_id, post, valid_from) values ($1, $2, $3, $4, $5)', [
        newId(clock.now()),
        id,
        person.appointment.unitId,
        person.appointment.post,
        day,
      ]);
    }
    await audit.tell(tx, who, personAdded(id, person.roles, person.clearance));
    return id;
  }

  /** A token for the first administrator, once, while nobody is there; `undefined` when somebody is. */
  async function firstStartToken(): Promise<string | undefined> {
    const { secret, hash } = newSecret('vkf');
    return database.transaction(async (tx) => {
      const people = await tx.query('select 1 from person limit 1');
      if (people.length > 0) return undefined;
      await tx.query(
        `insert into first_start (token_hash, made_at) values ($1, $2)
         on conflict (only_one) do update set token_hash = excluded.token_hash, made_at = excluded.made_at where first_start.used_at is null`,
        [hash, clock.now()],
      );
      return secret;
    });
  }

  /**
   * Moves a whole agency into an empty house, all of it or nothing. `undefined` when somebody is there already; a token
   * that was printed for the first administrator opens nothing afterwards.
   */
  async function moveIn(who: Requester, plan: OfficePlan): Promise<MovedIn | undefined> {
    const hashes = await Promise.all(plan.people.map(checkedHash));
    return database.transaction(async (tx) => {
      // One row lets one agency in: of two that come at once the second waits here and finds it spent.
      const [gate] = await tx.query<{ only_one: boolean }>(
        `insert into first_start (token_hash, made_at, used_at) values ($1, $2, $2)
         on conflict (only_one) do update set used_at = excluded.used_at where first_start.used_at is null
         returning only_one`,
        [newSecret('vkf').hash, clock.now()],
      );
      if (!gate || (await tx.query('select 1 from person limit 1')).length > 0) return undefined;
      const agencyId = await insertAgency(tx, who, plan.agency);
      const units: Record<string, string> = {};
      for (const { parent, ...unit } of plan.units)
        units[unit.symbol] = await insertUnit(tx, who, agencyId, { ...unit, parentId: idOf(units, parent) });
      const people: Record<string, string> = {};
      for (const [index, { appointment, ...person }] of plan.people.entries()) {
        const unitId = idOf(units, appointment?.unit ?? null);
        const place = appointment && unitId !== null ? { unitId, post: appointment.post } : null;
        const settled = { ...person, appointment: place };
        people[person.name] = await insertPerson(tx, who, agencyId, settled, hashes[index] ?? '');
      }
      return { agencyId, units, people };
    });
  }

  /** A new password by the operator at the server; false when nobody has this name. Their sessions end. */
  async function issuePassword(who: Requester, name: string, password: string): Promise<boolean> {
    const hash = await hashPassword(password);
    return database.transaction(async (tx) => {
      const [person] = await tx.query<{ id: string }>('select id from person where login_name = $1', [
        name.trim().toLowerCase().normalize('NFC'),
      ]);
      if (!person) return false;
      await setPassword(tx, person.id, hash, clock.now(), true);
      await endSessions(tx, person.id, clock.now());
      await audit.tell(tx, who, passwordIssued(person.id));
      return true;
    });
  }

  async function firstStartNeeded(): Promise<boolean> {
    return database.transaction(async (tx) => (await tx.query('select 1 from person limit 1')).length === 0);
  }

  /** Makes the agency and its first administrator with the one-time token of the first start. */
  async function firstAdministrator(
    who: Requester,
    wish: {
      token: string;
      agencyName: string;
      agencyCode: string;
      agencySymbol: string;
      fullName: string;
      name: string;
      password: string;
    },
  ): Promise<string> {
    const administrator: NewPerson = {
      name: wish.name,
      fullName: wish.fullName,
      password: wish.password,
      roles: ['administrator'],
      clearance: 0,
      appointment: null,
    };
    // The token first: who has none learns nothing, not even what a password must be.
    const known = await database.transaction((tx) =>
      tx.query('select 1 from first_start where token_hash = $1 and used_at is null', [hashSecret(wish.token)]),
    );
    if (known.length === 0) throw new Refusal('sign-in-failed');
    const hash = await checkedHash(administrator);
    // One transaction: a token that is spent without an administrator would leave a house nobody can enter.
    return database.transaction(async (tx) => {
      const [used] = await tx.query<{ only_one: boolean }>(
        'update first_start set used_at = $2 where token_hash = $1 and used_at is null returning only_one',
        [hashSecret(wish.token), clock.now()],
      );
      if (!used) throw new Refusal('sign-in-failed');
      const agency = { code: wish.agencyCode, symbol: wish.agencySymbol, name: wish.agencyName };
      return insertPerson(tx, who, await insertAgency(tx, who, agency), administrator, hash);
    });
  }

  return { moveIn, issuePassword, firstStartToken, firstStartNeeded, firstAdministrator };
}

/** A symbol that no unit before it has is the plan's mistake, and stops it. */
function idOf(units: Readonly<Record<string, string>>, symbol: string | null): string | null {
  if (symbol === null) return null;
  const id = units[symbol];
  if (id === undefined) throw new Refusal('bad-request', {}, [{ path: `units.${symbol}`, problem: 'unknown-unit' }]);
  return id;
}
