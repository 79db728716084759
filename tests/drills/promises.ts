import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { searchLines } from '../../src/contract/search.ts';
import { byLanes } from '../support/fill-by-door.ts';
import { workDone, type InstalledHouse } from '../support/installed-house.ts';
import type { Visitor } from '../support/visitor.ts';
import type { Figure } from '../bench/runner.ts';

/** An upload that was acknowledged, and its registration if that was. */
export interface Promised {
  readonly recordId: string;
  readonly fileId: string;
  readonly sha256: string;
  /** Found in its text. */
  readonly word: string;
  readonly number: number | undefined;
  /** The dossier it stands in by the last acknowledged word; two where a move to the second was never answered; none unregistered. */
  readonly homes: readonly string[];
}

interface RecordRow {
  readonly id: string;
  readonly state: string;
  readonly number: number | null;
  readonly received: number;
  readonly registered: number;
}

/** Looks for every promise, after the work has settled: figures that must all be nought. */
export async function brokenPromises(
  house: InstalledHouse,
  clerk: Visitor,
  promised: readonly Promised[],
  say: (text: string) => void,
): Promise<Figure[]> {
  const begun = performance.now();
  await workDone(house, 75_000);
  const settling = (performance.now() - begun) / 1000;
  const broken = (name: string, found: readonly unknown[]): Figure => {
    if (found.length > 0) say(`${name}: ${JSON.stringify(found.slice(0, 5))}`);
    return { name, value: found.length, unit: '', goal: 0, better: 'lower' };
  };
  const query = async <Row extends object>(sql: string): Promise<Row[]> => (await house.owner().query<Row>(sql)).rows;

  const records = await query<RecordRow>(
    `select r.id::text as id, r.state, r.arrival_number as number,
       (select count(*)::integer from vankho.audit_event e where e.record_id = r.id and e.type = 'file.received') as received,
       (select count(*)::integer from vankho.audit_event e where e.record_id = r.id and e.type = 'record.registered') as registered
     from vankho.record r`,
  );
  const known = new Map(records.map((row) => [row.id, row]));
  const badBytes: string[] = [];
  const notFound: string[] = [];
  await byLanes(promised, 4, async ({ recordId, fileId, sha256, word }) => {
    const content = await fetch(`${house.url}/api/files/${fileId}/content`, { headers: { cookie: clerk.cookie } });
    const bytes = Buffer.from(await content.arrayBuffer());
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      badBytes.push(`${fileId}: ${String(content.status)}`);
    const { hits } = await clerk.ask(searchLines.search, { query: { q: `"${word}"`, facets: 'no' } });
    if (!hits.some((hit) => hit.recordId === recordId)) notFound.push(recordId);
  });

  const numbers = await query<{ number: number }>(
    `select e.number from vankho.register_entry e join vankho.register g on g.id = e.register_id
     where g.direction = 'incoming' order by e.number`,
  );
  const last = (
    await query<{ last: number }>(`select last_number as last from vankho.register where direction = 'incoming'`)
  )[0]?.last;
  const gaps = numbers.filter(({ number }, at) => number !== at + 1);
  const objects = await query<{ id: string; area: string; sha256: string }>(
    `select id::text as id, area, encode(sha256, 'hex') as sha256 from vankho.content_object`,
  );
  const files = new Map(
    readdirSync(join(house.folder, 'objects', 'vault'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, join(entry.parentPath, entry.name)]),
  );
  const unindexed = await query(
    `select r.id from vankho.record r left join vankho.search_standing s on s.record_id = r.id
     where r.state <> 'frozen' and s.rank is distinct from r.rank`,
  );
  const unfinished = await query(
    `select id, stage, problem from vankho.record_file where stage not in ('ready', 'kept-unread')`,
  );

  return [
    { name: 'work left over, settled after', value: settling, unit: 's', goal: 60, better: 'lower' },
    broken(
      'acknowledged uploads without a record',
      promised.filter(({ recordId }) => !known.has(recordId)),
    ),
    broken('acknowledged uploads whose bytes are not those that were sent', badBytes),
    broken(
      'acknowledged registrations lost or with another number',
      promised.filter(({ recordId, number }) => number !== undefined && known.get(recordId)?.number !== number),
    ),
    broken('arrival numbers skipped or repeated', gaps),
    broken(
      'registers whose last number is not their last entry',
      last === (numbers.at(-1)?.number ?? last) ? [] : [last],
    ),
    broken(
      'records without exactly one line of their receipt or registration in the log',
      records.filter((row) => row.received !== 1 || row.registered !== (row.state === 'declared' ? 1 : 0)),
    ),
    broken(
      'rows whose object is not in the vault',
      objects.filter(({ id, area }) => area !== 'vault' || !files.has(id)),
    ),
    broken('files that never came to their end', unfinished),
    broken('records the index has not, or in another rank', unindexed),
    broken('acknowledged uploads not found by their word', notFound),
    ...(await brokenPlaces(query, promised, broken)),
  ];
}

type Query = <Row extends object>(sql: string) => Promise<Row[]>;

/** Every place that was acknowledged, and what holds of each dossier whoever was killed. */
async function brokenPlaces(
  query: Query,
  promised: readonly Promised[],
  broken: (name: string, found: readonly unknown[]) => Figure,
): Promise<Figure[]> {
  const standing = await query<{ record: string; dossier: string; told: boolean }>(
    `select i.record_id::text as record, i.dossier_id::text as dossier,
       (r.dossier_year, r.dossier_notation) = (d.year, d.notation) as told
     from vankho.dossier_item i join vankho.record r on r.id = i.record_id join vankho.dossier d on d.id = i.dossier_id
     where i.home and i.removed_at is null`,
  );
  const homes = Map.groupBy(standing, ({ record }) => record);
  const lost = promised.filter(({ recordId, homes: may }) => {
    const [home, ...others] = homes.get(recordId) ?? [];
    return may.length > 0 && (home === undefined || others.length > 0 || !may.includes(home.dossier));
  });
  // Nothing is linked and nothing is moved within a dossier here: every place ever given is one more than the last.
  const places = await query(
    `select dossier_id, count(*)::integer as rows, count(distinct place)::integer as places, max(place) as last
     from vankho.dossier_item group by dossier_id having count(*) <> max(place) or count(distinct place) <> max(place)`,
  );
  const marks = await query(
    `select d.id, d.mark, max(r.rank) as rank from vankho.dossier d
     join vankho.dossier_item i on i.dossier_id = d.id and i.removed_at is null join vankho.record r on r.id = i.record_id
     group by d.id having d.mark < max(r.rank) or d.mark < d.title_rank`,
  );
  const told = await query(
    `with item as (select record_id, dossier_id, count(*) as put, count(removed_at) as taken from vankho.dossier_item group by 1, 2),
     event as (select record_id, (leaf::jsonb #>> '{data,dossier}')::uuid as dossier_id, count(*) as put
       from vankho.audit_event where type = 'dossier.record-put' group by 1, 2),
     change as (select record_id, dossier_id, count(*) filter (where after <> 'null') as put, count(*) filter (where after = 'null') as taken
       from vankho.dossier_change where field = 'record' group by 1, 2)
     select * from item full join event using (record_id, dossier_id) full join change using (record_id, dossier_id)
     where item.put is distinct from event.put or item.put is distinct from change.put or item.taken is distinct from change.taken`,
  );
  return [
    broken('acknowledged places in a dossier lost, doubled or elsewhere', lost),
    broken(
      'records that do not bear the code of their home',
      standing.filter((row) => !row.told),
    ),
    broken('dossiers whose places skip or repeat', places),
    broken('dossiers with a lower mark than something inside', marks),
    broken('places without exactly one line in the log and in the history of the dossier', told),
  ];
}
