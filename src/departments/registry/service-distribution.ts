import type { RecordFields } from '../../contract/registry.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Rank } from '../../kernel/labels.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { labelRecord, mayBeKept, opensToAll, readersFor } from '../classification/index.ts';
import { impossibleDates, missingForRegister, type Change } from './rules.ts';
import type { RecordRow } from './schema.ts';
import { setSupportingUnits, strangeUnits, type Transaction } from './store.ts';

export interface Distribution {
  readonly rank: Rank;
  readonly leadUnitId: string | null;
  readonly supportingUnitIds: readonly string[];
  readonly openToAll: boolean;
}

/** Who a record goes to, and at which level: checked, then written with its label and its ways in. */
export function createDistribution({
  clock,
  site,
}: {
  readonly clock: Clock;
  readonly site: 'networked' | 'isolated';
}) {
  /** A unit that ended since keeps the records it has: only those that are named anew must stand today. */
  async function checkDistribution(
    tx: Transaction,
    actor: Actor,
    wish: Distribution,
    standing: ReadonlySet<string | null>,
  ): Promise<void> {
    if (!mayBeKept(wish.rank, site)) throw new Refusal('secret-not-kept-here');
    if (wish.rank > actor.clearance)
      throw new Refusal('bad-request', {}, [{ path: 'rank', problem: 'above-own-clearance' }]);
    const named = [...wish.supportingUnitIds, ...(wish.leadUnitId === null ? [] : [wish.leadUnitId])];
    const anew = named.filter((unit) => !standing.has(unit));
    const strange = await strangeUnits(tx, actor.agencyId, anew, vietnamDay(clock.now()));
    if (strange.length > 0)
      throw new Refusal('bad-request', {}, [
        { path: strange.includes(wish.leadUnitId ?? '') ? 'leadUnitId' : 'supportingUnitIds', problem: 'unknown-unit' },
      ]);
  }

  function checkFields(fields: RecordFields): void {
    const wrong = [
      ...missingForRegister(fields).map((field) => ({ path: `fields.${field}`, problem: 'needed' })),
      ...impossibleDates(fields, vietnamDay(clock.now())),
    ];
    if (wrong.length > 0) throw new Refusal('bad-request', {}, wrong);
  }

  async function distribute(
    tx: Transaction,
    actor: Actor,
    row: RecordRow,
    wish: Distribution,
    reason: string,
  ): Promise<Change[]> {
    const now = clock.now();
    const openToAll = opensToAll(wish.rank, wish.openToAll);
    const supportingUnitIds = [...new Set(wish.supportingUnitIds)].sort();
    const before = {
      rank: row.rank,
      leadUnitId: row.leadUnitId,
      openToAll: row.openToAll,
      supportingUnitIds: await setSupportingUnits(tx, row.id, supportingUnitIds),
    };
    const after = { rank: wish.rank, leadUnitId: wish.leadUnitId, openToAll, supportingUnitIds };
    const readers = readersFor({ agencyId: row.agencyId, uploaderId: row.receivedBy, ...after });
    await labelRecord(tx, {
      recordId: row.id,
      rank: wish.rank,
      readers,
      by: actor.personId,
      at: now,
      today: vietnamDay(now),
      reason,
    });
    return (Object.keys(after) as (keyof typeof after)[])
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => ({ field: name, before: before[name], after: after[name] }));
  }

  return { checkDistribution, checkFields, distribute };
}
