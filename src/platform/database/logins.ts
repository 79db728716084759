import { createHmac } from 'node:crypto';
import { ranks } from '../../kernel/labels.ts';

/**
 * The logins of the house; none of them owns a table. `vk_app` works, and of the log may only add to it; `vk_audit`
 * reads the log; `vk_queue` owns the queue; `vk_read_N` reads for people whose clearance is N, and nothing above it.
 * Their passwords come from one secret, so that an operator keeps one.
 */
export const readers = ranks.map((rank) => `vk_read_${rank}` as const);
export const logins = ['vk_app', 'vk_audit', 'vk_queue', ...readers] as const;
export type Login = (typeof logins)[number];

export function loginPassword(secret: string, login: Login): string {
  return createHmac('sha256', secret).update(`vankho login ${login}`).digest('base64url');
}

/** The operator's address with another login in it. */
export function loginUrl(ownerUrl: string, secret: string, login: Login): string {
  const url = new URL(ownerUrl);
  url.username = login;
  url.password = loginPassword(secret, login);
  return url.toString();
}
