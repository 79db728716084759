/**
 * Search: one box, and behind it the rule that what a person may not see does not exist. An engine names records; each
 * is asked for again in Postgres before it leaves.
 */
export { createSearch, type Search } from './service.ts';
export { searchCounters } from './routes.ts';
export type { SearchEngine } from './ports.ts';
