import type { Actor } from '../../kernel/actor.ts';
import type { Rank } from '../../kernel/labels.ts';
import type { Decision } from './rules.ts';

/** What the rule asks of a dossier: its title is what a stranger could learn from it, so its title's label counts. */
export interface DossierSubject {
  readonly agencyId: string;
  readonly titleRank: Rank;
  readonly unitId: string | null;
  readonly ownerId: string | null;
}

/**
 * May this person know that the dossier is there? Clearance over the title's label, then one way in: the agency's desk,
 * the unit that keeps it and who leads above, its owner; everybody when the title is Công khai. What stands inside is
 * asked record by record, by each record's own rule. `knowableDossierCondition` says the same in SQL.
 */
export function mayKnowDossier(actor: Actor, dossier: DossierSubject): Decision {
  if (actor.agencyId !== dossier.agencyId) return { allowed: false, rule: 'other-agency' };
  if (actor.clearance < dossier.titleRank) return { allowed: false, rule: 'clearance' };
  const wayIn =
    dossier.titleRank === 0 ||
    dossier.ownerId === actor.personId ||
    actor.deskOf.includes(dossier.agencyId) ||
    (dossier.unitId !== null && actor.unitIds.includes(dossier.unitId));
  return wayIn ? { allowed: true, rule: 'reader' } : { allowed: false, rule: 'need-to-know' };
}
