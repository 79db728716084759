import type { AuditRow } from '../../contract/audit.ts';
import type { Rank } from '../../kernel/labels.ts';
import { fold } from './rules.ts';

export interface AuditDoor {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export interface Filters {
  readonly personId?: string | undefined;
  readonly recordId?: string | undefined;
  readonly reference?: string | undefined;
  readonly action?: string | undefined;
  readonly outcome?: string | undefined;
  readonly address?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** Days are Vietnam's; the last day is included. */
function conditions(agencyId: string, filters: Filters): { sql: string; parameters: unknown[] } {
  const parameters: unknown[] = [agencyId];
  const parts = ['(e.agency_id = $1 or e.agency_id is null)'];
  const add = (value: unknown, condition: (hole: string) => string) => {
    if (value === undefined || value === '') return;
    parameters.push(value);
    parts.push(condition(`$${String(parameters.length)}`));
  };
  add(filters.personId, (hole) => `e.person_id = ${hole}::uuid`);
  add(filters.recordId, (hole) => concerns(`select ${hole}::uuid`));
  add(filters.action, (hole) => `e.type = ${hole}`);
  add(filters.outcome, (hole) => `e.outcome = ${hole}`);
  add(filters.address, (hole) => `e.address = ${hole}`);
  add(filters.from, (hole) => `e.at >= (${hole}::date)::timestamp at time zone 'Asia/Ho_Chi_Minh'`);
  add(filters.until, (hole) => `e.at < (${hole}::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'`);
  add(filters.reference?.trim().replace(/\s*\/\s*/gu, '/'), (hole) =>
    concerns(`select r.id from record r where r.agency_id = $1 and
        (lower(r.code_number || '/' || r.code_notation) = lower(${hole}) or r.arrival_number::text = ${hole})`),
  );
  return { sql: parts.join(' and '), parameters };
}

/** What was done to a record, and who asked for it or for a file of it and was not given any. */
function concerns(records: string): string {
  return `(e.record_id in (${records}) or e.tried_id in (${records}
    union all select f.id from record_file f where f.record_id in (${records})))`;
}

interface Row {
  id: string;
  at: Date;
  type: string;
  outcome: AuditRow['outcome'];
  personId: string | null;
  sessionId: string | null;
  rank: Rank | null;
  address: string;
  leaf: string;
  person: AuditRow['person'];
  record: AuditRow['record'];
}

/**
 * Never a title and never content: a record is named by its number, or by its identifier when it has none. On a screen
 * looks that belong together are one line (`looks`: folded); a copy that leaves the house has each event.
 */
export async function logPage(
  door: AuditDoor,
  agencyId: string,
  filters: Filters,
  limit: number,
  before: string | undefined,
  looks: 'folded' | 'each' = 'folded',
): Promise<{ rows: AuditRow[]; next: string | null }> {
  const where = conditions(agencyId, filters);
  const rows = await door.query<Row>(
    `select e.id::text as id, e.at, e.type, e.outcome, e.person_id as "personId", e.session_id as "sessionId", e.rank, e.address, e.leaf,
       case when p.id is null then null else jsonb_build_object('id', p.id, 'fullName', p.full_name, 'unit', (
         select u.name from appointment a join unit u on u.id = a.unit_id where a.person_id = p.id and a.valid_from <= (e.at at time zone 'Asia/Ho_Chi_Minh')::date
         order by a.valid_from desc, a.id limit 1)) end as person,
       case when coalesce(e.record_id, r.id) is null then null else jsonb_build_object('id', coalesce(e.record_id, r.id), 
         'reference', nullif(concat_ws('/', r.code_number, r.code_notation), ''), 'arrivalNumber', r.arrival_number) end as record
     from audit_event e left join person p on p.id = e.person_id left join record_file f on f.id = e.tried_id
       left join record r on r.id = coalesce(e.record_id, f.record_id, e.tried_id) and r.agency_id = $1
     where ${where.sql} ${before === undefined ? '' : `and e.id < $${String(where.parameters.length + 2)}::bigint`}
     order by e.id desc limit $${String(where.parameters.length + 1)}`,
    [...where.parameters, limit, ...(before === undefined ? [] : [before])],
  );
  return {
    rows: (looks === 'folded' ? fold(rows) : rows.map((row) => ({ ...row, folded: 1 }))).map((row) => {
      const leaf = JSON.parse(row.leaf) as {
        rule?: string;
        tried?: string;
        data?: AuditRow['facts'];
        by?: { via?: string; machine?: string };
      };
      return {
        id: row.id,
        at: row.at.toISOString(),
        folded: row.folded,
        action: row.type,
        outcome: row.outcome,
        person: row.person,
        record: row.record,
        rank: row.rank,
        address: row.address,
        via: leaf.by?.via ?? leaf.by?.machine ?? 'anonymous',
        reason: leaf.rule ?? null,
        facts: { ...leaf.data, ...(leaf.tried === undefined ? {} : { tried: leaf.tried }) },
      };
    }),
    next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
  };
}

export async function logSummary(door: AuditDoor, agencyId: string, filters: Filters, today: string) {
  const from = filters.from ?? today;
  const until = filters.until ?? today;
  const span = (Date.parse(until) - Date.parse(from)) / 86_400_000;
  const step = span <= 1 ? 'hour' : 'day';
  const where = conditions(agencyId, { ...filters, from, until });
  const bars = await door.query<{ from: Date; count: number; refused: number }>(
    `select date_trunc('${step}', e.at, 'Asia/Ho_Chi_Minh') as from, count(*)::integer as count, (count(*) filter (where e.outcome <> 'done'))::integer as refused
     from audit_event e where ${where.sql} group by 1 order by 1 limit 800`,
    where.parameters,
  );
  const actions = await door.query<{ action: string; count: number }>(
    `select e.type as action, count(*)::integer as count from audit_event e where ${where.sql} group by 1 order by 2 desc, 1 limit 100`,
    where.parameters,
  );
  return {
    total: bars.reduce((sum, bar) => sum + bar.count, 0),
    refused: bars.reduce((sum, bar) => sum + bar.refused, 0),
    bars: bars.map((bar) => ({ ...bar, from: bar.from.toISOString() })),
    actions,
  };
}
