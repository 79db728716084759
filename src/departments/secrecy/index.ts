/**
 * Secrecy keeps the ceiling of the house: what may bear a độ mật is withheld from everybody, and comes back only on a
 * numbered decision that two persons stand for. Nobody here sees what stands in a document.
 */
export { createSecrecy, type Secrecy } from './service.ts';
export { secrecyCounters } from './routes.ts';
export { secrecyCounts } from './queries.ts';
