/**
 * Intake: documents arrive. A file is hashed while it streams in, kept in quarantine, told what it is by its content,
 * and acknowledged; then its text is read, it moves into the vault, and its scans are recognised.
 */
export { createIntake, type Intake } from './service.ts';
export { createFileReader, type FileReader } from './service-reading.ts';
export { intakeCounters } from './routes.ts';
export { deskCounts, type DeskCounts } from './queries.ts';
export { setDamaged } from './store.ts';
export type { CopyMade, CopyProblem, FileFormat, Identify, ReadingMachine } from './ports.ts';
