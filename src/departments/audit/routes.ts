import { Readable } from 'node:stream';
import { auditLines, type AuditRow } from '../../contract/audit.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { EventFact } from '../../kernel/event.ts';
import { levels } from '../../kernel/labels.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { counter, type Counter } from '../../platform/http/counter.ts';
import { logExported, logLooked } from './events.ts';
import { logPage, logSummary, type AuditDoor, type Filters } from './queries.ts';
import { csvCell } from './rules.ts';
import type { AuditLog } from './service.ts';

export function auditCounters(options: {
  readonly audit: AuditLog;
  readonly door: AuditDoor;
  readonly clock: Clock;
}): Counter[] {
  const { audit, door, clock } = options;
  return [
    counter({
      line: auditLines.events,
      access: 'audit.read',
      audit: { event: 'audit.looked' },
      rate: 'read',
      async handle({ actor, who, query }) {
        const { after, limit, ...filters } = query;
        const page = await logPage(door, actor.agencyId, filters, limit, placeOf(after));
        await audit.tellDurably(who, logLooked(said(filters), page.rows.length));
        return page;
      },
    }),
    counter({
      line: auditLines.summary,
      access: 'audit.read',
      audit: { event: 'audit.looked' },
      rate: 'read',
      async handle({ actor, who, query }) {
        const summary = await logSummary(door, actor.agencyId, query, vietnamDay(clock.now()));
        await audit.tellDurably(who, logLooked(said(query), 0));
        return summary;
      },
    }),
    counter({
      line: auditLines.export,
      access: 'audit.export',
      audit: { event: 'audit.exported' },
      rate: 'read',
      async handle({ actor, who, query }) {
        await audit.tellDurably(who, logExported(said(query)));
        return {
          stream: Readable.from(csvOf(door, actor.agencyId, query)),
          size: undefined,
          mediaType: 'text/csv; charset=utf-8',
          fileName: `nhat-ky-${vietnamDay(clock.now())}.csv`,
          disposition: 'attachment' as const,
        };
      },
    }),
  ];
}

/** A place in the log is the number of its row, a bigint of PostgreSQL. */
function placeOf(after: string | undefined): string | undefined {
  if (after !== undefined && (!/^\d{1,19}$/u.test(after) || BigInt(after) >= 2n ** 63n))
    throw new Refusal('bad-request', {}, [{ path: 'query.after', problem: 'unknown-place' }]);
  return after;
}

function said(filters: Filters): Record<string, EventFact> {
  return Object.fromEntries(
    Object.entries(filters).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

async function* csvOf(door: AuditDoor, agencyId: string, filters: Filters): AsyncGenerator<string> {
  const heads = [
    'Số',
    'Thời gian (UTC)',
    'Người',
    'Đơn vị',
    'Thao tác',
    'Kết quả',
    'Văn bản',
    'Mã văn bản',
    'Mức',
    'Địa chỉ',
    'Cách vào',
    'Lý do',
  ];
  // The mark makes a spreadsheet read the file as UTF-8.
  yield `\ufeff${heads.map(csvCell).join(',')}\r\n`;
  let after: string | undefined;
  do {
    const page = await logPage(door, agencyId, filters, 200, after, 'each');
    yield page.rows.map(csvLine).join('');
    after = page.next ?? undefined;
  } while (after !== undefined);
}

function csvLine(row: AuditRow): string {
  const cells = [
    row.id,
    row.at,
    row.person?.fullName ?? '',
    row.person?.unit ?? '',
    row.action,
    row.outcome,
    row.record?.reference ??
      (typeof row.record?.arrivalNumber === 'number' ? `số đến ${String(row.record.arrivalNumber)}` : ''),
    row.record?.id ?? '',
    row.rank === null ? '' : levels[row.rank].word.vi,
    row.address,
    row.via,
    row.reason ?? '',
  ];
  return `${cells.map(csvCell).join(',')}\r\n`;
}
