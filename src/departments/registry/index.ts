/**
 * The registry keeps the record itself: what it is, its number in the legal book, and every change ever made to it. A
 * number is allocated in the transaction that registers, so that none is skipped and none given twice.
 */
export { createRegistry, type Registry } from './service.ts';
export { createFiling } from './service-filing.ts';
export { giveBack, withhold } from './service-withholding.ts';
export type { Transaction as RegistryTransaction } from './store.ts';
export { createRecordFiles, type FilePlace, type RecordFiles } from './service-files.ts';
export { createRegisters } from './service-registers.ts';
export { createCorrespondents } from './service-correspondents.ts';
export { registryCounters } from './routes.ts';
export { registerCounters } from './routes-registers.ts';
export { correspondentCounters } from './routes-correspondents.ts';
export { numbersWithoutFile, registerRows } from './queries-registers.ts';
export { bodyName, correspondentView } from './queries-correspondents.ts';
export { guessFromFileName } from './rules-registers.ts';
export { isReplaced } from './store-files.ts';
export { once } from './store-once.ts';
export { personRef, recordView } from './queries.ts';
export { numberAndSymbol } from './rules.ts';
export { RecordSchema } from './schema.ts';
