import type { BodyOf, ReplyOf } from '../../contract/line.ts';
import type { peopleLines } from '../../contract/people.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { newId } from '../../kernel/ids.ts';
import type { AuditLog } from '../audit/index.ts';
import { unitAdded } from './events.ts';
import { readLoad, type Load } from './rules-load.ts';
import { clearanceNeedsSecond, roleNeedsSecond } from './rules-people.ts';
import { admit } from './service-people.ts';
import { hashPassword, madePassword } from './service-passwords.ts';
import type { Database } from './service.ts';
import type { Writing } from './store-people.ts';
import type { Connection } from './store.ts';

type Line = (typeof peopleLines)['load'];
export type Loading = ReturnType<typeof createLoading>;

/** Many units and people at once, all or nothing; what needs two persons waits for the second, as one by one. */
export function createLoading(options: {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
}) {
  const { database, audit, clock } = options;

  async function load(who: Requester, actor: Actor, wish: BodyOf<Line>): Promise<ReplyOf<Line>> {
    const day = vietnamDay(clock.now());
    const read = async (tx: Connection): Promise<Load> => {
      const symbols = await tx.query<{ symbol: string }>(
        'select symbol from unit where agency_id = $1 and (valid_until is null or $2::date < valid_until)',
        [actor.agencyId, day],
      );
      const names = await tx.query<{ name: string }>('select login_name as name from person');
      return readLoad(wish.units, wish.people, {
        symbols: new Set(symbols.map((row) => row.symbol.normalize('NFC'))),
        loginNames: new Set(names.map((row) => row.name)),
      });
    };
    const looked = await database.transaction(read);
    if (!wish.apply || looked.problems.length > 0) return answerOf(looked, undefined);
    // Hashes take their time before anything is locked: a hundredth of a second each, for hundreds of people.
    const passwords = looked.people.map(({ loginName }) => ({ loginName, password: madePassword() }));
    const hashes = new Map<string, string>();
    for (const { loginName, password } of passwords) hashes.set(loginName, await hashPassword(password));
    return database.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 4))', [actor.agencyId]);
      // Read again under the lock: somebody may have been added meanwhile.
      const settled = await read(tx);
      if (settled.problems.length > 0) return answerOf(settled, undefined);
      const at: Writing = { tx, now: clock.now(), day, by: actor.personId };
      const units = await addUnits(at, who, actor, settled);
      for (const { unit, post, ...person } of settled.people) {
        const unitId = units.get(unit ?? '');
        const place = unitId === undefined ? undefined : { unitId, post };
        const hash = hashes.get(person.loginName) ?? '';
        await admit(audit, at, who, actor, { ...person, place, hash }, wish.reason);
      }
      const added = new Set(settled.people.map((person) => person.loginName));
      return answerOf(
        settled,
        passwords.filter(({ loginName }) => added.has(loginName)),
      );
    });
  }

  /** Ids by symbol, of the units that stood already and of the new ones. */
  async function addUnits(at: Writing, who: Requester, actor: Actor, { units }: Load) {
    const standing = await at.tx.query<{ id: string; symbol: string }>(
      'select id, symbol from unit where agency_id = $1 and (valid_until is null or $2::date < valid_until)',
      [actor.agencyId, at.day],
    );
    const ids = new Map(standing.map((row) => [row.symbol.normalize('NFC'), row.id]));
    for (const unit of units) {
      const id = newId(at.now);
      await at.tx.query(
        'insert into unit (id, agency_id, parent_id, symbol, name, name_en, valid_from) values ($1, $2, $3, $4, $5, $6, $7)',
        [id, actor.agencyId, ids.get(unit.parent ?? '') ?? null, unit.symbol, unit.name, unit.nameEn || null, at.day],
      );
      await audit.tell(at.tx, who, unitAdded(id));
      ids.set(unit.symbol, id);
    }
    return ids;
  }

  return { load };
}

function answerOf(load: Load, passwords: { loginName: string; password: string }[] | undefined): ReplyOf<Line> {
  return {
    applied: passwords !== undefined,
    problems: [...load.problems],
    units: { added: load.units.length, there: load.there.units },
    people: { added: load.people.length, there: load.there.people },
    waits: load.people.reduce(
      (sum, { roles, clearance }) =>
        sum + roles.filter(roleNeedsSecond).length + (clearanceNeedsSecond(1, clearance) ? 1 : 0),
      0,
    ),
    passwords: passwords ?? [],
  };
}
