import { registerLines } from '../../contract/registers.ts';
import { registryLines } from '../../contract/registry.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { counter, type Counter } from '../../platform/http/counter.ts';
import type { AuditLog } from '../audit/index.ts';
import { numberLooked, registerLooked } from './events.ts';
import { entriesPage, entryByNumber, gapsOf, nextNumber, registerHistory, registerRows } from './queries-registers.ts';
import type { Registers } from './service-registers.ts';

interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export function registerCounters(options: {
  readonly registers: Registers;
  readonly onBehalfOf: (actor: Actor) => Door;
  readonly audit: AuditLog;
  readonly clock: Clock;
}): Counter[] {
  const { registers, onBehalfOf, audit, clock } = options;
  const today = () => vietnamDay(clock.now());
  return [
    counter({
      line: registerLines.registers,
      access: 'register.keep',
      audit: { none: 'which books there are; no document is looked at' },
      rate: 'read',
      handle: async ({ actor }) => ({ rows: await registerRows(onBehalfOf(actor), actor, today()) }),
    }),
    counter({
      line: registerLines.setUpRegister,
      access: 'register.keep',
      audit: { event: 'register.set-up' },
      rate: 'write',
      handle: ({ actor, who, body }) => registers.setUp(who, actor, body),
    }),
    counter({
      line: registerLines.changeRegister,
      access: 'register.keep',
      audit: { event: 'register.changed' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => registers.change(who, actor, params.id, body),
    }),
    counter({
      line: registerLines.history,
      access: 'register.keep',
      audit: { none: 'how a book was set; no document is looked at' },
      rate: 'read',
      async handle({ actor, params }) {
        const rows = await registerHistory(onBehalfOf(actor), actor.agencyId, params.id);
        if (!rows) throw new Refusal('not-found');
        return { rows };
      },
    }),
    counter({
      line: registerLines.entries,
      access: 'register.keep',
      audit: { event: 'register.looked' },
      rate: 'read',
      async handle({ actor, who, params, query }) {
        const door = onBehalfOf(actor);
        const [register] = await registerRows(door, actor, today(), params.id);
        if (!register) throw new Refusal('not-found');
        const page = await entriesPage(door, actor, today(), params.id, query);
        const gaps = await gapsOf(door, params.id);
        await audit.tellDurably(who, registerLooked(params.id, page.rows.length));
        return { register, gaps, ...page };
      },
    }),
    counter({
      line: registerLines.byNumber,
      access: 'document.register',
      audit: { event: 'register.number-asked' },
      rate: 'read',
      scope: 'upload',
      async handle({ actor, who, query }) {
        const entry = await entryByNumber(onBehalfOf(actor), actor, today(), query);
        if (!entry) throw new Refusal('not-found');
        await audit.tellDurably(who, numberLooked(entry.recordId, entry.rank));
        return { entry };
      },
    }),
    counter({
      line: registryLines.nextNumber,
      access: 'document.register',
      audit: { none: 'the desk’s own counter, no record is looked at' },
      rate: 'read',
      handle: ({ actor, query }) =>
        nextNumber(onBehalfOf(actor), actor.agencyId, query.direction, query.year ?? Number(today().slice(0, 4))),
    }),
  ];
}
