import { secrecyLines } from '../../contract/secrecy.ts';
import { counter, type Counter } from '../../platform/http/counter.ts';
import type { AuditLog } from '../audit/index.ts';
import { withheldLooked } from './events.ts';
import { withheldRows } from './queries.ts';
import type { Secrecy } from './service.ts';

interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export function secrecyCounters(options: {
  readonly secrecy: Secrecy;
  /** Not the reader's own: what is withheld may lie above them, and nothing is told of it but that it is. */
  readonly door: Door;
  readonly audit: AuditLog;
}): Counter[] {
  const { secrecy, door, audit } = options;
  return [
    counter({
      line: secrecyLines.withheld,
      access: 'secrecy.confirm',
      audit: { event: 'withheld.looked' },
      rate: 'read',
      async handle({ actor, who }) {
        const rows = await withheldRows(door, actor);
        await audit.tellDurably(who, withheldLooked(rows.length));
        return { rows };
      },
    }),
    counter({
      line: secrecyLines.withhold,
      access: 'secrecy.manage',
      audit: { event: 'record.frozen' },
      rate: 'write',
      async handle({ actor, who, body }) {
        await secrecy.withholdNumbered(who, actor, body);
        return undefined;
      },
    }),
    counter({
      line: secrecyLines.askRelease,
      access: 'secrecy.manage',
      audit: { event: 'release.asked' },
      rate: 'write',
      async handle({ actor, who, params, body }) {
        await secrecy.askRelease(who, actor, params.id, body);
        return undefined;
      },
    }),
    counter({
      line: secrecyLines.decideRelease,
      access: 'secrecy.confirm',
      audit: { event: 'release.decided' },
      rate: 'write',
      async handle({ actor, who, params, body }) {
        await secrecy.decideRelease(who, actor, params.id, body);
        return undefined;
      },
    }),
  ];
}
