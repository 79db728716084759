/**
 * Identity: who stands at the counter. People, their units, posts, roles and clearances are dated and never
 * overwritten; a session or a token is looked up on every request, so that a right that ended is gone.
 */
export { createIdentity, type Identity } from './service.ts';
export { createOffice, type MovedIn, type Office, type OfficePlan } from './service-office.ts';
export { createAccount } from './service-account.ts';
export { createLoading } from './service-load.ts';
export { createPeople } from './service-people.ts';
export { createUnits } from './service-units.ts';
export { identityCounters } from './routes.ts';
export { peopleCounters } from './routes-people.ts';
export { peopleCounts } from './queries-people.ts';
