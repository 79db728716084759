import { registryLines } from '../../contract/registry.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { counter, type Counter } from '../../platform/http/counter.ts';
import { idempotencyKey } from '../../platform/http/idempotency.ts';
import type { AuditLog } from '../audit/index.ts';
import { historyViewed, recordViewed } from './events.ts';
import { fieldHistory, rankOf, recordView } from './queries.ts';
import type { RecordFiles } from './service-files.ts';
import type { Registry } from './service.ts';

interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export function registryCounters(options: {
  readonly registry: Registry;
  readonly files: RecordFiles;
  readonly onBehalfOf: (actor: Actor) => Door;
  readonly audit: AuditLog;
  readonly clock: Clock;
}): Counter[] {
  const { registry, files, onBehalfOf, audit, clock } = options;
  const today = () => vietnamDay(clock.now());
  return [
    counter({
      line: registryLines.record,
      access: 'document.search',
      audit: { event: 'record.viewed' },
      rate: 'read',
      async handle({ actor, who, params }) {
        const view = await recordView(onBehalfOf(actor), actor, params.id, today());
        if (!view) throw new Refusal('not-found');
        await audit.tellDurably(who, recordViewed(view.id, view.rank, 'reader'));
        return view;
      },
    }),
    counter({
      line: registryLines.register,
      access: 'document.register',
      audit: { event: 'record.registered' },
      rate: 'write',
      scope: 'upload',
      handle: ({ actor, who, params, body }) => registry.register(who, actor, params.id, body),
    }),
    counter({
      line: registryLines.correct,
      access: 'document.register',
      audit: { event: 'record.corrected' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => registry.correct(who, actor, params.id, body),
    }),
    counter({
      line: registryLines.history,
      access: 'document.history',
      audit: { event: 'record.history-viewed' },
      rate: 'read',
      async handle({ actor, who, params }) {
        const rank = await rankOf(onBehalfOf(actor), actor, params.id, today());
        if (rank === undefined) throw new Refusal('not-found');
        await audit.tellDurably(who, historyViewed(params.id, rank));
        return { rows: (await fieldHistory(onBehalfOf(actor), actor, params.id, today())) as never };
      },
    }),
    counter({
      line: registryLines.registerPaper,
      access: 'document.register',
      audit: { event: 'record.registered' },
      rate: 'write',
      scope: 'upload',
      handle: ({ actor, who, body, header }) => registry.registerPaper(who, actor, body, idempotencyKey(header)),
    }),
    counter({
      line: registryLines.join,
      access: 'document.register',
      audit: { event: 'record.joined' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => files.join(who, actor, params.id, body),
    }),
  ];
}
