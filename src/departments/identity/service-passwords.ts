import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { sha256Of } from '../../kernel/digest.ts';

/** OWASP: Argon2id with at least 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost);
}

let nobody: Promise<string> | undefined;

/** Checks a password; for a name nobody bears it does the same work against a hash of nothing, so that time tells no one who exists. */
export async function passwordMatches(kept: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(32).toString('base64'));
  const matches = await verify(kept ?? (await nobody), password.normalize('NFC'));
  return kept !== undefined && matches;
}

/** A secret of 256 random bits and the hash that is kept of it. `kind` lets a leaked one be recognised. */
export function newSecret(kind: 'vks' | 'vkt' | 'vkf'): { readonly secret: string; readonly hash: Buffer } {
  const secret = `${kind}_${randomBytes(32).toString('base64url')}`;
  return { secret, hash: hashSecret(secret) };
}

export function hashSecret(secret: string): Buffer {
  return sha256Of(secret);
}

/** 80 random bits in groups that can be read over a telephone: no 0, o, 1, l. */
export function madePassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  return [...randomBytes(16)]
    .map((byte, index) => `${index > 0 && index % 4 === 0 ? '-' : ''}${letters[byte % 32] ?? ''}`)
    .join('');
}
