import type { Role } from '../../kernel/permissions.ts';
import type { Rank } from '../../kernel/labels.ts';

/** Idle and absolute ends of a session (ASVS 5.0 V7.3): shorter for who may see more. */
export const sessionLimits = { idleMinutes: 60, idleMinutesConditional: 30, absoluteHours: 12 } as const;

export function sessionEnds(startedAt: Date, lastSeenAt: Date, clearance: Rank): Date {
  const idle = clearance >= 2 ? sessionLimits.idleMinutesConditional : sessionLimits.idleMinutes;
  return new Date(
    Math.min(lastSeenAt.getTime() + idle * 60_000, startedAt.getTime() + sessionLimits.absoluteHours * 3_600_000),
  );
}

/**
 * Throttling that a stranger cannot turn against the person: a place that has failed often waits, whoever it names; a
 * name that many places failed on makes *unknown* places wait, never a place this person has signed in from.
 */
export interface Failures {
  /** From this address for this name, last 15 minutes. */
  readonly hereForName: number;
  /** From this address for any name, last 15 minutes. */
  readonly here: number;
  /** From everywhere for this name, last hour. */
  readonly everywhereForName: number;
  /** Has this person signed in from this address in the last 90 days? */
  readonly placeIsKnown: boolean;
}

export const throttle = { hereForName: 8, here: 60, everywhereForName: 100 } as const;

export function mustWait(failures: Failures): boolean {
  if (failures.hereForName >= throttle.hereForName || failures.here >= throttle.here) return true;
  return failures.everywhereForName >= throttle.everywhereForName && !failures.placeIsKnown;
}

/** NIST 800-63B and ASVS 5.0 V6.2: length, no composition rules, nothing taken from the person's own name. */
export function passwordProblem(
  password: string,
  person: { readonly name: string; readonly fullName: string },
): 'short' | 'long' | 'common' | 'own-name' | undefined {
  const letters = [...password];
  if (letters.length < 12) return 'short';
  if (letters.length > 200) return 'long';
  const plain = password.toLowerCase().normalize('NFC');
  if (new Set(letters).size < 5 || /^(?:matkhau|password|vankho|12345|qwerty|abc123)/u.test(plain)) return 'common';
  const owns = [person.name.toLowerCase(), ...person.fullName.toLowerCase().normalize('NFC').split(/\s+/u)].filter(
    (part) => part.length >= 5,
  );
  return owns.some((part) => plain.includes(part)) ? 'own-name' : undefined;
}

export type Post = 'ministry-leader' | 'chief-of-office' | 'unit-leader' | 'unit-clerk' | 'officer';

/** Posts that reach the units below their own. */
export function leadsBelow(post: Post): boolean {
  return post === 'ministry-leader' || post === 'chief-of-office' || post === 'unit-leader';
}

/** A unit of today or of any day before. */
export interface UnitRow {
  readonly id: string;
  readonly parentId: string | null;
  readonly successorId: string | null;
}

/**
 * Units a person reaches: their own, those below where they lead (the chief of office leads the office, not the
 * ministry), and those that came before any of them: records keep the unit of their day, and its successor reads them.
 * A post that leads does so for who holds the duty of a leader, which needs two persons; a post needs one.
 */
export function reachedUnits(
  appointments: readonly { readonly unitId: string; readonly post: Post }[],
  tree: readonly UnitRow[],
  held: ReadonlySet<Role>,
): string[] {
  const reached = new Set<string>();
  const below = (unitId: string): void => {
    if (reached.has(unitId)) return;
    reached.add(unitId);
    for (const unit of tree) if (unit.parentId === unitId || unit.successorId === unitId) below(unit.id);
  };
  const before = (unitId: string): void => {
    if (reached.has(unitId)) return;
    reached.add(unitId);
    for (const unit of tree) if (unit.successorId === unitId) before(unit.id);
  };
  // Who leads somewhere first: what they reach there includes what a mere member would.
  for (const { unitId, post } of appointments) if (leadsBelow(post) && held.has('leader')) below(unitId);
  for (const { unitId } of appointments) before(unitId);
  return [...reached];
}

/** Clerks and records officers serve the agency's desk. */
export function servesDesk(held: ReadonlySet<Role>): boolean {
  return held.has('clerk') || held.has('records-officer');
}
