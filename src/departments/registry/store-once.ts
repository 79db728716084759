import { Refusal } from '../../kernel/refusal.ts';

interface Connection {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export interface OnceRequest {
  readonly personId: string;
  /** What the sender calls this request; without one it is done each time it comes. */
  readonly key: string | undefined;
  /** What makes two requests the same request. */
  readonly hash: Buffer;
  readonly at: Date;
}

/**
 * Does the work of a request once: the key and the answer are kept in the transaction of the work, so that a request
 * repeated after a lost answer is given the first one. One of the same key that is under way is waited for: its row is
 * already there.
 */
export async function once<Reply>(
  tx: Connection,
  { personId, key, hash, at }: OnceRequest,
  reply: Reply,
  work: () => Promise<unknown>,
): Promise<Reply> {
  const kept =
    key === undefined ||
    (
      await tx.query(
        `insert into idempotency (person_id, key, request_hash, status, reply, at) values ($1, $2, $3, 201, $4::jsonb, $5)
         on conflict do nothing returning key`,
        [personId, key, hash, JSON.stringify(reply), at],
      )
    ).length > 0;
  if (kept) {
    await work();
    return reply;
  }
  const [earlier] = await tx.query<{ requestHash: Buffer; reply: Reply }>(
    'select request_hash as "requestHash", reply from idempotency where person_id = $1 and key = $2',
    [personId, key],
  );
  if (!earlier?.requestHash.equals(hash)) throw new Refusal('idempotency-mismatch');
  return earlier.reply;
}
