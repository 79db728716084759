import type { Clock } from '../../kernel/clock.ts';
import type { EventDraft, Requester } from '../../kernel/event.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { insertEvents, type SealedWords, type TellOne, type Writer } from './store.ts';

export interface AuditLog {
  /** Writes the event in the transaction of the change it tells of: both stand or neither. */
  tell(tx: Writer, who: Requester, draft: EventDraft): Promise<void>;
  /**
   * Resolves when the event is on disk; call it before the first byte of an answer. Rejects with
   * `log-unavailable` (503) when it cannot be written: what is not logged is not given.
   */
  tellDurably(who: Requester, draft: EventDraft, sealed?: SealedWords): Promise<void>;
}

interface Waiting extends TellOne {
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

/**
 * Group commit: while one commit is under way, the events that arrive wait for the next one and share it. No timer:
 * an idle log writes at once. (One commit an event: 3,400 a second with one caller; shared: 33,000 with 200.)
 */
export function createAuditLog(options: {
  /** Where one statement is a transaction by itself. */
  readonly alone: Writer;
  readonly clock: Clock;
}): AuditLog {
  const { alone, clock } = options;
  const largestGroup = 500;
  let waiting: Waiting[] = [];
  let writing = false;

  async function writeGroups(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const group = waiting.slice(0, largestGroup);
      waiting = waiting.slice(largestGroup);
      try {
        await insertEvents(alone, group);
        for (const event of group) event.done();
      } catch (cause) {
        for (const event of group) event.failed(cause);
      }
    }
    writing = false;
  }

  return {
    async tell(tx, who, draft) {
      await insertEvents(tx, [{ who, draft, at: clock.now() }]);
    },
    tellDurably(who, draft, sealed) {
      return new Promise((resolve, reject) => {
        waiting.push({
          who,
          draft,
          sealed,
          at: clock.now(),
          done: resolve,
          failed: (cause) => {
            reject(Object.assign(new Refusal('log-unavailable'), { cause }));
          },
        });
        if (!writing) void writeGroups();
      });
    },
  };
}
