/**
 * System: whether the house stands. Which part is down, which jobs gave up, and what each person's first page says; it
 * knows no document.
 */
export { createSystem, type System } from './service.ts';
export { systemCounters } from './routes.ts';
