import { clashingRoles, permissionsOf, type Role } from '../../kernel/permissions.ts';
import type { Rank } from '../../kernel/labels.ts';

/**
 * What needs two persons (Nghị định 30/2020 leaves it to the agency; ASVS 5.0 V2.3.5 asks it of what cannot be undone):
 * whoever could let himself or a straw man see what is not his. A colleague who only reads within a unit is let in by one.
 */
export function roleNeedsSecond(role: Role): boolean {
  return role !== 'staff';
}

/** Raising somebody to Có điều kiện or above; lowering takes effect at once. */
export function clearanceNeedsSecond(from: Rank, to: Rank): boolean {
  return to > from && to >= 2;
}

/**
 * Whose password no other person may make: with it one could confirm, as the second person, what one asked for as the
 * first. They get a new one from the operator at the server.
 */
export function passwordIsOwnOnly(held: readonly Role[]): boolean {
  return held.some((role) => permissionsOf[role].includes('people.confirm'));
}

export interface WaitingChange {
  readonly personId: string;
  readonly askedBy: string;
}

/** Confirmed by neither who asked nor whom it is about. */
export function mayConfirm(actorId: string, change: WaitingChange): boolean {
  return actorId !== change.askedBy && actorId !== change.personId;
}

/** Who asked may take it back; whom it is about has no say. */
export function mayDecline(actorId: string, change: WaitingChange): boolean {
  return actorId !== change.personId;
}

/** The first two duties that would clash if this one were added. */
export function clashWith(held: Iterable<Role>, added: Role): readonly [Role, Role] | undefined {
  return clashingRoles([...held, added])[0];
}
