import type { DossierRow, Heading, PlanCells } from '../../contract/dossiers.ts';
import type { Actor } from '../../kernel/actor.ts';
import { knowableDossierCondition } from '../classification/index.ts';
import { rankCell, retentionCell } from './rules-load.ts';
import { retentionOf } from './rules.ts';
import { dossierRows, person, type Door, type Sight } from './queries.ts';

export interface PlanRow {
  readonly year: number;
  readonly document: string | null;
}

/** The year that is looked at when none is said: the newest plan that has begun, else this year. */
export async function planOf(
  door: Door,
  actor: Actor,
  year: number | undefined,
  thisYear: number,
): Promise<PlanRow & { readonly years: number[] }> {
  const rule = knowableDossierCondition(actor, 'd', 1);
  const rows = await door.query<{ year: number; planned: boolean; document: string | null }>(
    `select y.year, bool_or(y.planned) as planned, max(y.document) as document from (
       select p.year, true as planned, (select pd.document from plan_document pd where pd.plan_id = p.id
         order by pd.set_at desc, pd.id desc limit 1) as document from file_plan p where p.agency_id = $1
       union all select distinct d.year, false, null from dossier d where ${rule.sql}) y
     group by y.year order by y.year desc`,
    rule.parameters,
  );
  const wanted = year ?? rows.find((row) => row.planned && row.year <= thisYear)?.year ?? thisYear;
  return {
    year: wanted,
    document: rows.find((row) => row.year === wanted)?.document ?? null,
    years: rows.map((row) => row.year),
  };
}

interface PlacedHeading extends Heading {
  readonly ordinal: number;
}

/** Headings as the form has them: each large one, then those below it. */
export async function headingsOf(door: Door, agencyId: string, year: number): Promise<Heading[]> {
  const rows = await door.query<PlacedHeading>(
    `select h.id, h.parent_id as "parentId", h.numeral, h.title, h.ordinal
     from plan_heading h join file_plan p on p.id = h.plan_id where p.agency_id = $1 and p.year = $2 and h.removed_at is null
     order by h.ordinal, h.id`,
    [agencyId, year],
  );
  const below = (parentId: string | null): Heading[] =>
    rows
      .filter((row) => row.parentId === parentId)
      .flatMap(({ ordinal: _place, ...heading }) => [heading, ...below(heading.id)]);
  return below(null);
}

/** What the headings of a year were called, and which are gone. */
export async function headingHistory(door: Door, agencyId: string, year: number) {
  const rows = await door.query<{
    at: Date;
    by: DossierRow['owner'];
    numeral: string;
    before: string;
    after: string | null;
    reason: string;
  }>(
    `select c.changed_at as at, ${person('p')} as by, h.numeral, c.before, c.after, c.reason
     from plan_heading_change c join plan_heading h on h.id = c.heading_id join file_plan f on f.id = h.plan_id
       left join person p on p.id = c.changed_by
     where f.agency_id = $1 and f.year = $2 order by c.changed_at desc, c.id desc limit 1000`,
    [agencyId, year],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** As loaded, then by running number. */
const planOrder = "d.plan_order nulls last, substring(d.notation from '^\\d{1,9}')::integer nulls last, d.notation";

/** In the order of the plan: by heading, as loaded, then by running number; those without a heading last. */
export async function dossiersOfYear(
  door: Door,
  sight: Sight,
  year: number,
  headings: readonly Heading[],
): Promise<DossierRow[]> {
  const rows = await dossierRows(door, sight, { condition: `d.year = ${sight.hole(1)}`, order: planOrder }, [year]);
  const place = new Map(headings.map(({ id }, index) => [id, index]));
  const placeOf = ({ headingId }: DossierRow): number => place.get(headingId ?? '') ?? headings.length;
  return rows.sort((one, other) => placeOf(one) - placeOf(other));
}

/** The plan in the form that loads it; what stands under no heading is not of the plan. */
export async function planTables(
  door: Door,
  actor: Actor,
  year: number,
  headings: readonly Heading[],
): Promise<Required<PlanCells>[]> {
  const rule = knowableDossierCondition(actor, 'd', 2);
  const rows = await door.query<
    Omit<Required<PlanCells>, 'numeral' | 'titleRank' | 'retention'> & {
      headingId: string;
      rank: DossierRow['titleRank'];
      kept: string | null;
    }
  >(
    `select d.heading_id as "headingId", d.notation, d.title, d.retention as kept, coalesce(o.login_name, '') as owner,
       coalesce(u.symbol, '') as unit, d.title_rank as rank, coalesce(d.note, '') as note
     from dossier d left join person o on o.id = d.owner_id left join unit u on u.id = d.unit_id
     where d.year = $1 and d.heading_id is not null and ${rule.sql}
     order by ${planOrder}`,
    [year, ...rule.parameters],
  );
  const empty = { notation: '', numeral: '', title: '', retention: '', owner: '', unit: '', titleRank: '', note: '' };
  return headings.flatMap((heading) => [
    { ...empty, numeral: heading.numeral, title: heading.title },
    ...rows
      .filter((row) => row.headingId === heading.id)
      .map(({ headingId: _under, rank, kept, ...cells }) => ({
        ...empty,
        ...cells,
        retention: retentionCell(retentionOf(kept)),
        titleRank: rankCell(rank),
      })),
  ]);
}
