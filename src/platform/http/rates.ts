import type { Clock } from '../../kernel/clock.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { RateClass } from './counter.ts';

/** Requests a minute for one session or token, or for one address before sign-in; each has a burst of as many. */
export const rates: Readonly<Record<RateClass, number>> = {
  'sign-in': 60,
  read: 1200,
  write: 300,
  upload: 3000,
  system: 600,
};

/** A token bucket for each (who, class) in this process: protects the machine, decides nothing about rights. */
export function createRateLimit(clock: Clock, factor: number) {
  const buckets = new Map<string, { left: number; at: number }>();
  const mostBuckets = 50_000;
  return (key: string, rate: RateClass): void => {
    const perMinute = rates[rate] * factor;
    const now = clock.now().getTime();
    const name = `${rate} ${key}`;
    const bucket = buckets.get(name) ?? { left: perMinute, at: now };
    bucket.left = Math.min(perMinute, bucket.left + ((now - bucket.at) / 60_000) * perMinute);
    bucket.at = now;
    if (buckets.size >= mostBuckets && !buckets.has(name)) buckets.clear();
    buckets.set(name, bucket);
    if (bucket.left < 1) throw new Refusal('too-many-requests');
    bucket.left -= 1;
  };
}
