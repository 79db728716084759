import type { Actor } from '../../kernel/actor.ts';
import { readersOf } from './rules.ts';

/**
 * The access rule as an SQL condition on the record table under `alias`, and the parameters it needs, from `$first` on:
 * agency, clearance, readers, today. Proved equal to `mayKnow`.
 */
export function knowableCondition(
  actor: Actor,
  today: string,
  alias: string,
  first: number,
): { readonly sql: string; readonly parameters: unknown[] } {
  const at = (offset: number) => `$${String(first + offset)}`;
  return {
    sql: `(${alias}.agency_id = ${at(0)} and ${alias}.state not in ('frozen', 'joined') and ${alias}.rank <= ${at(1)} and exists (
      select 1 from record_reader way where way.record_id = ${alias}.id and way.reader = any(${at(2)}::text[])
        and way.valid_from <= ${at(3)}::date and (way.valid_until is null or ${at(3)}::date < way.valid_until)))`,
    parameters: [actor.agencyId, actor.clearance, readersOf(actor), today],
  };
}

/**
 * The same for the dossier under `alias`: agency, clearance, person, units, desks. Proved equal to `mayKnowDossier`. What
 * was said under another label than its title bears today is judged by that one, `label`.
 */
export function knowableDossierCondition(
  actor: Actor,
  alias: string,
  first: number,
  label = `${alias}.title_rank`,
): { readonly sql: string; readonly parameters: unknown[] } {
  const at = (offset: number) => `$${String(first + offset)}`;
  return {
    sql: `(${alias}.agency_id = ${at(0)} and ${label} <= ${at(1)} and (${label} = 0
      or ${alias}.owner_id = ${at(2)} or ${alias}.unit_id = any(${at(3)}::uuid[]) or ${alias}.agency_id = any(${at(4)}::uuid[])))`,
    parameters: [actor.agencyId, actor.clearance, actor.personId, actor.unitIds, actor.deskOf],
  };
}

export const knowableParameters = 4;
export const knowableDossierParameters = 5;
