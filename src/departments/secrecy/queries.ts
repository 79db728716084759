import type { Withheld } from '../../contract/secrecy.ts';
import type { Actor } from '../../kernel/actor.ts';
import { personRef } from '../registry/index.ts';
import { mayConfirm } from './rules.ts';

interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

type Row = Omit<Withheld, 'withheldAt' | 'release'> & {
  readonly withheldAt: Date;
  readonly release: Omit<NonNullable<Withheld['release']>, 'mayConfirm' | 'mayWithdraw'> | null;
};

/**
 * What is withheld, oldest first: what waits longest is settled first. Whoever is only the second person sees what waits
 * for one, and of it neither the number in the book nor who brought it.
 */
export async function withheldRows(door: Door, actor: Actor): Promise<Withheld[]> {
  const manages = actor.permissions.has('secrecy.manage');
  const rows = await door.query<Row>(
    `select w.id, w.cause, w.withheld_at as "withheldAt", ${personRef('wb')} as "withheldBy", w.from_state = 'declared' as registered,
       case when $2 then w.note end as note, case when $2 then ${personRef('rb')} end as "broughtBy",
       case when $2 then (select jsonb_build_object('direction', g.direction, 'year', g.year, 'number', e.number)
         from register_entry e join register g on g.id = e.register_id
         where e.record_id = r.id and e.voided_at is null order by e.entered_at, e.id limit 1) end as entry,
       (select jsonb_build_object('id', a.id, 'ground', a.ground, 'decision', a.decision, 'reason', a.reason,
          'askedBy', ${personRef('ab')}, 'askedAt', a.asked_at)
        from withholding_release a join person ab on ab.id = a.asked_by
        where a.withholding_id = w.id and a.decided_at is null) as release
     from withholding w join record r on r.id = w.record_id
       left join person wb on wb.id = w.withheld_by left join person rb on rb.id = r.received_by
     where w.agency_id = $1 and w.released_at is null and ($2 or exists (
       select 1 from withholding_release a where a.withholding_id = w.id and a.decided_at is null))
     order by w.withheld_at, w.id`,
    [actor.agencyId, manages],
  );
  return rows.map(({ withheldAt, release, ...row }) => {
    if (release === null) return { ...row, withheldAt: withheldAt.toISOString(), release };
    const may = mayConfirm(actor.personId, { askedBy: release.askedBy.id });
    const askedAt = new Date(release.askedAt).toISOString();
    return {
      ...row,
      withheldAt: withheldAt.toISOString(),
      release: { ...release, askedAt, mayConfirm: may, mayWithdraw: !may },
    };
  });
}

/** For the first page: what is withheld, for the security officer alone, and what waits for a second person. */
export async function secrecyCounts(
  door: Door,
  actor: Actor,
): Promise<{ readonly withheld: number | null; readonly waiting: number }> {
  const [counts] = await door.query<{ withheld: number; waiting: number }>(
    `select count(*)::integer as withheld, count(*) filter (where exists (
       select 1 from withholding_release a where a.withholding_id = w.id and a.decided_at is null))::integer as waiting
     from withholding w where w.agency_id = $1 and w.released_at is null`,
    [actor.agencyId],
  );
  const { withheld, waiting } = counts ?? { withheld: 0, waiting: 0 };
  return { withheld: actor.permissions.has('secrecy.manage') ? withheld : null, waiting };
}
