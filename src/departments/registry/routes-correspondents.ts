import { correspondentLines } from '../../contract/correspondents.ts';
import { registryLines } from '../../contract/registry.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { counter, type Counter } from '../../platform/http/counter.ts';
import type { AuditLog } from '../audit/index.ts';
import { correspondentsTakenOut } from './events.ts';
import { correspondentPage, correspondentTable, correspondentView, knownIssuers } from './queries-correspondents.ts';
import { documentTypes } from './rules-document-types.ts';
import type { Correspondents } from './service-correspondents.ts';

interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export function correspondentCounters(options: {
  readonly correspondents: Correspondents;
  readonly onBehalfOf: (actor: Actor) => Door;
  readonly audit: AuditLog;
  readonly clock: Clock;
}): Counter[] {
  const { correspondents, onBehalfOf, audit, clock } = options;
  const today = () => vietnamDay(clock.now());
  const names = { none: 'names of outside bodies; no document is looked at' };
  return [
    counter({
      line: correspondentLines.correspondents,
      access: 'correspondent.keep',
      audit: names,
      rate: 'read',
      handle: ({ actor, query }) => correspondentPage(onBehalfOf(actor), actor, today(), query),
    }),
    // Before the one with an id: "tables" is none.
    counter({
      line: correspondentLines.takeOutCorrespondents,
      access: 'correspondent.keep',
      audit: { event: 'correspondents.taken-out' },
      rate: 'read',
      async handle({ actor, who }) {
        const rows = await correspondentTable(onBehalfOf(actor), actor, today());
        await audit.tellDurably(who, correspondentsTakenOut(rows.length));
        return { rows };
      },
    }),
    counter({
      line: correspondentLines.correspondent,
      access: 'correspondent.keep',
      audit: names,
      rate: 'read',
      async handle({ actor, params }) {
        const view = await correspondentView(onBehalfOf(actor), actor, today(), params.id);
        if (!view) throw new Refusal('not-found');
        return view;
      },
    }),
    counter({
      line: correspondentLines.addCorrespondent,
      access: 'correspondent.keep',
      audit: { event: 'correspondent.added' },
      rate: 'write',
      handle: ({ actor, who, body }) => correspondents.add(who, actor, body),
    }),
    counter({
      line: correspondentLines.loadCorrespondents,
      access: 'correspondent.keep',
      audit: { event: 'correspondents.loaded' },
      rate: 'write',
      handle: ({ actor, who, body }) => correspondents.load(who, actor, body),
    }),
    counter({
      line: correspondentLines.correctCorrespondent,
      access: 'correspondent.keep',
      audit: { event: 'correspondent.changed' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => correspondents.correct(who, actor, params.id, body),
    }),
    counter({
      line: correspondentLines.merge,
      access: 'correspondent.keep',
      audit: { event: 'correspondent.merged' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => correspondents.merge(who, actor, params.id, body),
    }),
    counter({
      line: registryLines.suggestions,
      access: 'document.register',
      audit: { none: 'names the desk has typed itself' },
      rate: 'read',
      async handle({ actor }) {
        return { documentTypes: [...documentTypes], issuers: await knownIssuers(onBehalfOf(actor), actor, today()) };
      },
    }),
  ];
}
