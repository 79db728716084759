import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { newId } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import { appointmentMade, unitAdded, unitEnded } from './events.ts';
import type { Database } from './service.ts';
import { closeAppointments, lockUnit, openAppointment, type Writing } from './store-people.ts';
import type { Connection } from './store.ts';

export type Units = ReturnType<typeof createUnits>;

/** The tree of units and how it is reorganised: units begin and end, and records keep the unit of their day. */
export function createUnits(options: { readonly database: Database; readonly audit: AuditLog; readonly clock: Clock }) {
  const { database, audit, clock } = options;
  const unknown = (path: string): Refusal => new Refusal('bad-request', {}, [{ path, problem: 'unknown-unit' }]);

  /** One reorganisation of an agency at a time: two that cross could make a unit its own successor. */
  function reorganising<T>(actor: Actor, work: (at: Writing) => Promise<T>): Promise<T> {
    return database.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 4))', [actor.agencyId]);
      const now = clock.now();
      return work({ tx, now, day: vietnamDay(now), by: actor.personId });
    });
  }

  /** A symbol stands for one unit at a time. */
  function addUnit(
    who: Requester,
    actor: Actor,
    wish: { symbol: string; name: string; nameEn: string; parentId: string | null },
  ): Promise<string> {
    return reorganising(actor, async ({ tx, now, day }) => {
      if (wish.parentId !== null && !(await lockUnit(tx, actor.agencyId, wish.parentId, day)))
        throw unknown('parentId');
      const taken = await tx.query<{ id: string }>(
        `select id from unit where agency_id = $1 and lower(symbol) = lower($2)
           and (valid_until is null or $3::date < valid_until)`,
        [actor.agencyId, wish.symbol, day],
      );
      if (taken.length > 0)
        throw new Refusal('name-taken', { name: wish.symbol }, [{ path: 'symbol', problem: 'taken' }]);
      const id = newId(now);
      await tx.query(
        'insert into unit (id, agency_id, parent_id, symbol, name, name_en, valid_from) values ($1, $2, $3, $4, $5, $6, $7)',
        [id, actor.agencyId, wish.parentId, wish.symbol, wish.name, wish.nameEn || null, day],
      );
      await audit.tell(tx, who, unitAdded(id));
      return id;
    });
  }

  /**
   * Ends a unit today. Its people go on in the successor with the posts they had; without one their posts end. A unit
   * that others stand under does not end before them.
   */
  function endUnit(
    who: Requester,
    actor: Actor,
    unitId: string,
    successorId: string | null,
    reason: string,
  ): Promise<void> {
    return reorganising(actor, async (at) => {
      const { tx, day } = at;
      if (!(await lockUnit(tx, actor.agencyId, unitId, day))) throw new Refusal('not-found');
      if (successorId === unitId) throw unknown('successorId');
      if (successorId !== null && !(await lockUnit(tx, actor.agencyId, successorId, day))) throw unknown('successorId');
      if (await hasStandingUnder(tx, unitId, day))
        throw new Refusal('bad-request', {}, [{ path: 'unitId', problem: 'units-under-it' }]);
      const moved = await closeAppointments(at, { unitId }, reason);
      if (successorId !== null)
        for (const { personId, post } of moved) {
          await openAppointment(at, personId, { unitId: successorId, post }, reason);
          await audit.tell(tx, who, appointmentMade(personId, successorId, post));
        }
      await tx.query('update unit set valid_until = $2, successor_id = $3 where id = $1', [unitId, day, successorId]);
      await audit.tell(tx, who, unitEnded(unitId, successorId, moved.length));
    });
  }

  return { addUnit, endUnit };
}

async function hasStandingUnder(tx: Connection, unitId: string, day: string): Promise<boolean> {
  const rows = await tx.query<{ id: string }>(
    'select id from unit where parent_id = $1 and (valid_until is null or $2::date < valid_until) limit 1',
    [unitId, day],
  );
  return rows.length > 0;
}
