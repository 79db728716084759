/**
 * The strong-room keeps bytes: takes them in through both hashes, moves them from quarantine to the vault, gives them out
 * checked. It trusts no store: what comes back is compared with what came in.
 */
export { createStrongroom, type Received, type Stored, type Strongroom } from './service.ts';
export { rangeOf, type ByteRange } from './rules.ts';
export { contentDamaged, contentVaulted } from './events.ts';
export type { ObjectStore } from './ports.ts';
