import canonicalize from 'canonicalize';
import type { EventDraft, Requester } from '../../kernel/event.ts';

/** A leaf of the log must fit a tlog-tiles entry bundle, whose length is a uint16 (C2SP tlog-tiles). */
export const largestLeaf = 65_535;

/**
 * The exact bytes of an event that are kept and will be hashed: RFC 8785 canonical JSON, UTF-8, under 64 KiB.
 * Throws when the event is too large: an event is cut by whoever tells it, never silently here.
 */
export function leafOf(eventId: string, at: Date, who: Requester, draft: EventDraft): string {
  const said = {
    v: 1,
    id: eventId,
    at: at.toISOString(),
    type: `${draft.type}/${String(draft.version)}`,
    outcome: draft.outcome,
    agency: who.actor?.agencyId,
    by: who.actor
      ? { person: who.actor.personId, session: who.actor.sessionId, via: who.actor.via }
      : { machine: who.machine ?? 'anonymous' },
    from: who.address,
    request: who.requestId,
    record: draft.recordId,
    file: draft.fileId,
    tried: draft.triedId,
    about: draft.aboutPersonId,
    rank: draft.rank,
    sha256: draft.sha256,
    rule: draft.rule,
    data: draft.data,
  };
  const leaf = canonicalize(said);
  if (leaf === undefined) throw new Error('an event must be an object');
  if (Buffer.byteLength(leaf) > largestLeaf)
    throw new Error(`event ${draft.type} is longer than ${String(largestLeaf)} bytes`);
  return leaf;
}
