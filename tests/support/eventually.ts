import { setTimeout as pause } from 'node:timers/promises';

/** Waits on a condition, and says which one when it never comes true. */
export async function eventually<T>(condition: () => Promise<T | undefined | false>, within = 20_000): Promise<T> {
  const end = Date.now() + within;
  let last: unknown;
  for (;;) {
    try {
      const found = await condition();
      if (found !== undefined && found !== false) return found;
      last = undefined;
    } catch (cause) {
      last = cause;
    }
    if (Date.now() > end)
      throw new Error(`not within ${String(within)} ms: ${condition.toString().slice(0, 200)}`, { cause: last });
    await pause(20);
  }
}
