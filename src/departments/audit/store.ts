import type { EventDraft, Requester } from '../../kernel/event.ts';
import { newId } from '../../kernel/ids.ts';
import { leafOf } from './events-leaf.ts';

/** The least a connection must offer for an event to be written on it. */
export interface Writer {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

export interface SealedWords {
  readonly salt: Buffer;
  readonly words: string;
  readonly rank: number;
}

export interface TellOne {
  readonly who: Requester;
  readonly draft: EventDraft;
  readonly at: Date;
  readonly sealed?: SealedWords | undefined;
}

const columns = [
  'event_id',
  'leaf',
  'at',
  'type',
  'outcome',
  'agency_id',
  'person_id',
  'session_id',
  'record_id',
  'tried_id',
  'rank',
  'address',
];

/** Inserts events in the order given, in one statement. The login may only insert: nothing is read back. */
export async function insertEvents(writer: Writer, events: readonly TellOne[]): Promise<void> {
  const values: unknown[] = [];
  const sealedRows: (SealedWords & { readonly eventId: string })[] = [];
  const rows = events.map(({ who, draft, at, sealed }) => {
    const eventId = newId(at);
    if (sealed) sealedRows.push({ eventId, ...sealed });
    const first = values.length;
    values.push(
      eventId,
      leafOf(eventId, at, who, draft),
      at,
      draft.type,
      draft.outcome,
      who.actor?.agencyId ?? null,
      who.actor?.personId ?? draft.aboutPersonId ?? null,
      who.actor?.via === 'session' || who.actor?.via === 'token' ? who.actor.sessionId : null,
      draft.recordId ?? null,
      draft.triedId ?? null,
      draft.rank ?? null,
      who.address,
    );
    return `(${columns.map((_, index) => `$${String(first + index + 1)}`).join(', ')})`;
  });
  const told = `insert into audit_event (${columns.join(', ')}) values ${rows.join(', ')}`;
  if (sealedRows.length === 0) {
    await writer.query(told, values);
    return;
  }
  const hole = (offset: number) => `$${String(values.length + offset)}`;
  await writer.query(
    `with told as (${told})
     insert into sealed_words (event_id, rank, salt, words)
     select * from unnest(${hole(1)}::uuid[], ${hole(2)}::smallint[], ${hole(3)}::bytea[], ${hole(4)}::text[])`,
    [
      ...values,
      sealedRows.map(({ eventId }) => eventId),
      sealedRows.map(({ rank }) => rank),
      sealedRows.map(({ salt }) => salt),
      sealedRows.map(({ words }) => words),
    ],
  );
}
