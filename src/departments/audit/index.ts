/**
 * The log of everything that was done, seen and refused. Departments tell it what happened, each in its own typed
 * events; a change is told in its own transaction, a reading before its first byte leaves. Nothing here is changed or removed.
 */
export { createAuditLog, type AuditLog } from './service.ts';
export { auditCounters } from './routes.ts';
export { logSummary } from './queries.ts';
