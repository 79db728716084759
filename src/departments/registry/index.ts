/**
 * The registry keeps the record itself: what it is, its number in the legal book, and every change ever made to it. A
 * number is allocated in the transaction that registers, so that none is skipped and none given twice.
 */
export { createRegistry, type Registry } from './service.ts';
export { createFiling } from './service-filing.ts';
export { registryCounters } from './routes.ts';
export { recordView } from './queries.ts';
export { numberAndSymbol } from './rules.ts';
export { RecordSchema } from './schema.ts';
