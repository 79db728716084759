import { timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import { systemLines } from '../../contract/system.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { counter, type Counter } from '../../platform/http/counter.ts';
import type { Figures } from './ports.ts';
import type { System } from './service.ts';

/** Without `openapi`, which describes all counters and is made where they are put together. */
export function systemCounters(options: {
  readonly system: System;
  /** For whoever watches with the token; undefined when nobody does. */
  readonly watched: { readonly figures: Figures; readonly token: string } | undefined;
}): Counter[] {
  const { system, watched } = options;
  return [
    counter({
      line: systemLines.alive,
      access: 'anyone',
      audit: { none: 'for whoever watches the process' },
      rate: 'system',
      handle: async () => ({ alive: true as const }),
    }),
    counter({
      line: systemLines.ready,
      access: 'anyone',
      audit: { none: 'for whoever watches the process' },
      rate: 'system',
      async handle() {
        const parts = await system.parts();
        return { ready: parts.every((part) => part.up), parts };
      },
    }),
    counter({
      line: systemLines.metrics,
      // A machine watches, not a person: no session, a token out of the settings.
      access: 'anyone',
      audit: { none: 'figures of the machine, no document' },
      rate: 'system',
      async handle({ header }) {
        if (watched === undefined) throw new Refusal('unknown-route');
        const said = /^Bearer (\S+)$/iu.exec(header('authorization') ?? '')?.[1] ?? '';
        // Digests are of one length, so that the comparison tells neither the length nor the first wrong character.
        if (!timingSafeEqual(sha256Of(said), sha256Of(watched.token))) throw new Refusal('not-signed-in');
        return {
          stream: Readable.from([await watched.figures.page()]),
          size: undefined,
          mediaType: watched.figures.mediaType,
          fileName: undefined,
          disposition: 'inline',
        };
      },
    }),
    counter({
      line: systemLines.deadJobs,
      access: 'system.jobs',
      audit: { none: 'jobs name files by number only' },
      rate: 'read',
      handle: async () => ({ rows: await system.deadJobs() }),
    }),
    counter({
      line: systemLines.retryJob,
      access: 'system.jobs',
      audit: { event: 'job.retried' },
      rate: 'write',
      async handle({ who, params }) {
        await system.retry(who, params.id);
        return undefined;
      },
    }),
    counter({
      line: systemLines.retryJobs,
      access: 'system.jobs',
      audit: { event: 'job.retried' },
      rate: 'write',
      handle: async ({ who }) => ({ retried: await system.retryAll(who) }),
    }),
    counter({
      line: systemLines.health,
      access: 'system.health',
      audit: { none: 'the machine, no document' },
      rate: 'read',
      handle: () => system.health(),
    }),
    counter({
      line: systemLines.home,
      access: 'signed-in',
      audit: { event: 'home.looked' },
      rate: 'read',
      handle: ({ who, actor }) => system.home(who, actor),
    }),
  ];
}
