import type { EventDraft, EventFact } from '../../kernel/event.ts';
import type { Role } from '../../kernel/permissions.ts';
import type { Rank } from '../../kernel/labels.ts';

/** What identity writes in the log. A name that nobody bears is never written: it may be a password typed in the wrong box. */
export const signedIn = (personId: string): EventDraft<'sign-in.done'> => ({
  type: 'sign-in.done',
  version: 1,
  outcome: 'done',
  aboutPersonId: personId,
});
export const signInRefused = (
  personId: string | undefined,
  rule: 'password' | 'throttled',
): EventDraft<'sign-in.refused'> => ({
  type: 'sign-in.refused',
  version: 1,
  outcome: 'refused',
  aboutPersonId: personId,
  rule,
});
export const signedOut = (): EventDraft<'sign-out.done'> => ({ type: 'sign-out.done', version: 1, outcome: 'done' });
export const personAdded = (personId: string, roles: readonly Role[], rank: Rank): EventDraft<'person.added'> => ({
  type: 'person.added',
  version: 1,
  outcome: 'done',
  aboutPersonId: personId,
  data: { roles, clearance: rank },
});
export const unitAdded = (unitId: string): EventDraft<'unit.added'> => ({
  type: 'unit.added',
  version: 1,
  outcome: 'done',
  data: { unit: unitId },
});
export const agencyAdded = (agencyId: string): EventDraft<'agency.added'> => ({
  type: 'agency.added',
  version: 1,
  outcome: 'done',
  data: { agency: agencyId },
});
export const tokenMade = (tokenId: string, scopes: readonly string[], days: number): EventDraft<'token.made'> => ({
  type: 'token.made',
  version: 1,
  outcome: 'done',
  data: { token: tokenId, scopes, days },
});
export const tokenRevoked = (tokenId: string): EventDraft<'token.revoked'> => ({
  type: 'token.revoked',
  version: 1,
  outcome: 'done',
  data: { token: tokenId },
});

/** Changes of people and units. Why they were made stands in the tables: words of a person may not stand for ever. */
const about = <Type extends string>(type: Type, personId: string, data: Readonly<Record<string, EventFact>> = {}) =>
  ({ type, version: 1, outcome: 'done', aboutPersonId: personId, data }) satisfies EventDraft<Type>;

export const appointmentMade = (personId: string, unitId: string, post: string): EventDraft<'appointment.made'> =>
  about('appointment.made', personId, { unit: unitId, post });
export const appointmentEnded = (personId: string, unitId: string, post: string): EventDraft<'appointment.ended'> =>
  about('appointment.ended', personId, { unit: unitId, post });
export const roleGiven = (personId: string, role: Role): EventDraft<'role.given'> =>
  about('role.given', personId, { role });
export const roleEnded = (personId: string, role: Role): EventDraft<'role.ended'> =>
  about('role.ended', personId, { role });
export const clearanceSet = (personId: string, before: Rank, after: Rank): EventDraft<'clearance.set'> =>
  about('clearance.set', personId, { before, after });
export const changeAsked = (personId: string, change: string, what: EventFact): EventDraft<'people-change.asked'> =>
  about('people-change.asked', personId, { change, what });
export const changeDecided = (
  personId: string,
  change: string,
  confirmed: boolean,
): EventDraft<'people-change.decided'> => about('people-change.decided', personId, { change, confirmed });
export const passwordIssued = (personId: string): EventDraft<'password.issued'> => about('password.issued', personId);
export const passwordChanged = (personId: string): EventDraft<'password.changed'> =>
  about('password.changed', personId);
export const sessionsEnded = (personId: string, sessions: number): EventDraft<'sessions.ended'> =>
  about('sessions.ended', personId, { sessions });
export const personLeft = (personId: string, sessions: number, tokens: number): EventDraft<'person.left'> =>
  about('person.left', personId, { sessions, tokens });
export const unitEnded = (unitId: string, successorId: string | null, moved: number): EventDraft<'unit.ended'> => ({
  type: 'unit.ended',
  version: 1,
  outcome: 'done',
  data: { unit: unitId, successor: successorId, moved },
});
export const peopleTakenOut = (rows: number): EventDraft<'people.taken-out'> => ({
  type: 'people.taken-out',
  version: 1,
  outcome: 'done',
  data: { rows },
});
