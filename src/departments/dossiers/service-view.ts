import type { DossierView } from '../../contract/dossiers.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { dossierDetail, itemFacts, sightOf, type Door } from './queries.ts';
import { mayNow } from './rules.ts';
import { checksOf } from './rules-checks.ts';

/** A dossier as this person may see it; missing and not theirs to know are the same. */
export async function dossierView(door: Door, actor: Actor, id: string, today: string): Promise<DossierView> {
  const sight = sightOf(actor, today);
  const found = await dossierDetail(door, sight, id);
  if (!found) throw new Refusal('not-found');
  const facts = await itemFacts(door, sight, id);
  const { openedAt, closedAt, ...dossier } = found;
  const may = (action: Parameters<typeof mayNow>[1]): boolean => mayNow(actor, action, found);
  return {
    ...dossier,
    openedAt: openedAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
    checks: checksOf(found, facts),
    may: {
      open: may('open'),
      fill: may('fill'),
      correct: may('correct'),
      close: may('close'),
      reopen: may('reopen'),
    },
  };
}
