import { intakeLines } from '../../contract/intake.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { counter, type Counter } from '../../platform/http/counter.ts';
import { idempotencyKey } from '../../platform/http/idempotency.ts';
import type { AuditLog } from '../audit/index.ts';
import { trayLooked } from './events.ts';
import { deskCounts, trayPage } from './queries.ts';
import { secretGuidance } from './rules.ts';
import type { Intake } from './service.ts';

interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

const visitMinutes = 10;

export function intakeCounters(options: {
  readonly intake: Intake;
  readonly onBehalfOf: (actor: Actor) => Door;
  readonly audit: AuditLog;
  readonly clock: Clock;
}): Counter[] {
  const { intake, onBehalfOf, audit, clock } = options;
  const visited = new Map<string, number>();

  /** The tray asks again every few seconds: one event for a visit, not one for each asking. */
  async function tellVisit(who: Requester, actor: Actor, rows: number): Promise<void> {
    const now = clock.now().getTime();
    if (now - (visited.get(actor.sessionId) ?? 0) < visitMinutes * 60_000) return;
    await audit.tellDurably(who, trayLooked(rows));
    if (visited.size > 10_000) visited.clear();
    visited.set(actor.sessionId, now);
  }

  return [
    counter({
      line: intakeLines.upload,
      access: 'document.upload',
      audit: { event: 'file.received' },
      rate: 'upload',
      scope: 'upload',
      handle({ actor, who, header, upload }) {
        const key = idempotencyKey(header);
        return upload((file, fields) => intake.receive(who, actor, file, fields, key));
      },
    }),
    counter({
      line: intakeLines.tray,
      access: 'document.upload',
      audit: { event: 'tray.looked' },
      rate: 'read',
      async handle({ actor, who, query }) {
        const today = vietnamDay(clock.now());
        const page = await trayPage(onBehalfOf(actor), actor, today, query);
        const counts = await deskCounts(onBehalfOf(actor), actor, today);
        await tellVisit(who, actor, page.rows.length);
        return { ...page, ...counts };
      },
    }),
    counter({
      line: intakeLines.readAgain,
      access: 'document.register',
      audit: { event: 'file.read-again' },
      rate: 'write',
      async handle({ actor, who, params }) {
        await intake.readAgain(who, actor, params.fileId);
        return { stage: 'received' as const };
      },
    }),
    counter({
      line: intakeLines.reportSecret,
      access: 'document.upload',
      audit: { event: 'secret.reported' },
      rate: 'write',
      async handle({ actor, who, body, language }) {
        return {
          withheld: await intake.reportSecret(who, actor, body.recordId),
          guidance: [...secretGuidance[language]],
        };
      },
    }),
  ];
}
