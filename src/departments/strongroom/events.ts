import type { EventDraft } from '../../kernel/event.ts';

export const contentVaulted = (recordId: string, fileId: string, sha256: string): EventDraft<'content.vaulted'> => ({
  type: 'content.vaulted',
  version: 1,
  outcome: 'done',
  recordId,
  fileId,
  sha256,
});
/** Stored bytes no longer match the hash taken at the door. */
export const contentDamaged = (recordId: string, fileId: string, sha256: string): EventDraft<'content.damaged'> => ({
  type: 'content.damaged',
  version: 1,
  outcome: 'failed',
  recordId,
  fileId,
  sha256,
});
