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
 * repeated after a lost answer is given the first one. Requests that bear the same key take turns.
 */
export async function once<Reply>(
  tx: Connection,
  { personId, key, hash, at }: OnceRequest,
  work: () => Promise<Reply>,
): Promise<Reply> {
  if (key === undefined) return work();
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`once ${personId} ${key}`]);
  const rows = await tx.query<{ requestHash: Buffer; reply: Reply }>(
    'select request_hash as "requestHash", reply from idempotency where person_id = $1 and key = $2',
    [personId, key],
  );
  const earlier = rows[0];
  if (earlier && !earlier.requestHash.equals(hash)) throw new Refusal('idempotency-mismatch');
  if (earlier) return earlier.reply;
  const reply = await work();
  await tx.query(
    'insert into idempotency (person_id, key, request_hash, status, reply, at) values ($1, $2, $3, 201, $4::jsonb, $5)',
    [personId, key, hash, JSON.stringify(reply), at],
  );
  return reply;
}
