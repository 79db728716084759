import { peopleLines } from '../../contract/people.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { counter, type Counter } from '../../platform/http/counter.ts';
import type { AuditLog } from '../audit/index.ts';
import { peopleTakenOut } from './events.ts';
import {
  peopleTables,
  personList,
  personView,
  sessionsOf,
  unitList,
  waitingChanges,
  type OpenDossiers,
} from './queries-people.ts';
import type { Account } from './service-account.ts';
import type { Loading } from './service-load.ts';
import type { People } from './service-people.ts';
import type { Units } from './service-units.ts';

interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export function peopleCounters(options: {
  readonly people: People;
  readonly units: Units;
  readonly loading: Loading;
  readonly account: Account;
  readonly onBehalfOf: (actor: Actor) => Door;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly openDossiers: OpenDossiers;
}): Counter[] {
  const { people, units, loading, account, onBehalfOf, audit, clock, openDossiers } = options;
  const today = (): string => vietnamDay(clock.now());
  const colleagues = { none: 'who works here and as what; no document' };
  return [
    counter({
      line: peopleLines.people,
      access: 'people.records',
      audit: colleagues,
      rate: 'read',
      handle: ({ actor, query }) => personList(onBehalfOf(actor), actor.agencyId, today(), query),
    }),
    counter({
      line: peopleLines.person,
      access: 'people.records',
      audit: colleagues,
      rate: 'read',
      async handle({ actor, params }) {
        const door = onBehalfOf(actor);
        const view = await personView(
          door,
          actor.agencyId,
          params.id,
          today(),
          clock.now(),
          actor.personId,
          openDossiers,
        );
        if (!view) throw new Refusal('not-found');
        return view;
      },
    }),
    counter({
      line: peopleLines.addPerson,
      access: 'people.manage',
      audit: { event: 'person.added' },
      rate: 'write',
      handle: ({ who, actor, body }) => people.addPerson(who, actor, body),
    }),
    counter({
      line: peopleLines.appoint,
      access: 'people.manage',
      audit: { event: 'appointment.made' },
      rate: 'write',
      async handle({ who, actor, params, body }) {
        await people.appoint(who, actor, params.id, body);
        return undefined;
      },
    }),
    counter({
      line: peopleLines.endAppointment,
      access: 'people.manage',
      audit: { event: 'appointment.ended' },
      rate: 'write',
      async handle({ who, actor, params, body }) {
        await people.endAppointment(who, actor, params.id, params.appointmentId, body.reason);
        return undefined;
      },
    }),
    counter({
      line: peopleLines.giveRole,
      access: 'people.manage',
      audit: { event: 'role.given' },
      rate: 'write',
      handle: ({ who, actor, params, body }) => people.giveRole(who, actor, params.id, body),
    }),
    counter({
      line: peopleLines.endRole,
      access: 'people.manage',
      audit: { event: 'role.ended' },
      rate: 'write',
      async handle({ who, actor, params, body }) {
        await people.endRole(who, actor, params.id, body);
        return undefined;
      },
    }),
    counter({
      line: peopleLines.setClearance,
      access: 'clearance.manage',
      audit: { event: 'clearance.set' },
      rate: 'write',
      handle: ({ who, actor, params, body }) => people.setClearance(who, actor, params.id, body),
    }),
    counter({
      line: peopleLines.resetPassword,
      access: 'people.manage',
      audit: { event: 'password.issued' },
      rate: 'write',
      handle: ({ who, actor, params }) => people.resetPassword(who, actor, params.id),
    }),
    counter({
      line: peopleLines.endSessions,
      access: 'people.manage',
      audit: { event: 'sessions.ended' },
      rate: 'write',
      async handle({ who, actor, params }) {
        await people.endSessions(who, actor, params.id);
        return undefined;
      },
    }),
    counter({
      line: peopleLines.leave,
      access: 'people.manage',
      audit: { event: 'person.left' },
      rate: 'write',
      handle: ({ who, actor, params, body }) => people.leave(who, actor, params.id, body.reason),
    }),
    counter({
      line: peopleLines.changes,
      access: 'people.confirm',
      audit: colleagues,
      rate: 'read',
      handle: async ({ actor }) => ({
        rows: await waitingChanges(onBehalfOf(actor), actor.agencyId, today(), actor.personId),
      }),
    }),
    counter({
      line: peopleLines.decideChange,
      access: 'people.confirm',
      audit: { event: 'people-change.decided' },
      rate: 'write',
      async handle({ who, actor, params, body }) {
        await people.decide(who, actor, params.id, body);
        return undefined;
      },
    }),
    counter({
      line: peopleLines.units,
      access: 'people.records',
      audit: colleagues,
      rate: 'read',
      handle: async ({ actor }) => ({ rows: await unitList(onBehalfOf(actor), actor.agencyId, today()) }),
    }),
    counter({
      line: peopleLines.addUnit,
      access: 'people.manage',
      audit: { event: 'unit.added' },
      rate: 'write',
      handle: async ({ who, actor, body }) => ({ unitId: await units.addUnit(who, actor, body) }),
    }),
    counter({
      line: peopleLines.endUnit,
      access: 'people.manage',
      audit: { event: 'unit.ended' },
      rate: 'write',
      async handle({ who, actor, params, body }) {
        await units.endUnit(who, actor, params.id, body.successorId, body.reason);
        return undefined;
      },
    }),
    counter({
      line: peopleLines.load,
      access: 'people.manage',
      audit: { event: 'person.added' },
      rate: 'write',
      handle: ({ who, actor, body }) => loading.load(who, actor, body),
    }),
    counter({
      line: peopleLines.takeOut,
      access: 'people.manage',
      audit: { event: 'people.taken-out' },
      rate: 'read',
      async handle({ who, actor }) {
        const tables = await peopleTables(onBehalfOf(actor), actor.agencyId, today());
        await audit.tellDurably(who, peopleTakenOut(tables.people.length));
        return tables;
      },
    }),
    counter({
      line: peopleLines.ownSessions,
      access: 'signed-in',
      audit: { none: 'a person’s own sessions' },
      rate: 'read',
      async handle({ actor }) {
        const rows = await sessionsOf(onBehalfOf(actor), actor.personId, clock.now());
        return { rows: rows.map((row) => ({ ...row, own: row.id === actor.sessionId })) };
      },
    }),
    counter({
      line: peopleLines.endOwnSession,
      access: 'signed-in',
      audit: { event: 'sessions.ended' },
      rate: 'write',
      async handle({ who, actor, params }) {
        await account.endOwnSession(who, actor, params.id);
        return undefined;
      },
    }),
    counter({
      line: peopleLines.changePassword,
      access: 'signed-in',
      audit: { event: 'password.changed' },
      rate: 'sign-in',
      async handle({ who, actor, body }) {
        await account.changePassword(who, actor, body);
        return undefined;
      },
    }),
  ];
}
