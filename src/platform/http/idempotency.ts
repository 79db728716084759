import { Refusal } from '../../kernel/refusal.ts';

/** The key under which a sender may repeat a request without its being done twice; `undefined` when none was sent. */
export function idempotencyKey(header: (name: string) => string | undefined): string | undefined {
  const key = header('idempotency-key');
  if (key !== undefined && !/^[\x21-\x7e]{1,200}$/u.test(key))
    throw new Refusal('bad-request', {}, [{ path: 'header.idempotency-key', problem: 'not-a-key' }]);
  return key;
}
