import { compose, type House } from './compose.ts';
import type { Config } from './config.ts';

/**
 * The process: the house is put together, answers, works, and shuts its doors in order when it is told to go. A second
 * signal ends it at once. `ready` runs when it answers, before any job is worked on.
 */
export async function runHouse(config: Config, ready: (house: House, url: string) => Promise<void>): Promise<void> {
  const house = await compose(config);
  let leaving = false;
  const gone = new Promise<void>((resolve, reject) => {
    const leave = (): void => {
      if (leaving) process.exit(1);
      leaving = true;
      house.close().then(resolve, reject);
    };
    process.on('SIGINT', leave);
    process.on('SIGTERM', leave);
  });
  try {
    const port = await house.listen();
    await house.work();
    const host = config.host === '0.0.0.0' ? '127.0.0.1' : config.host;
    await ready(house, config.publicUrl ?? `http://${host}:${String(port)}`);
  } catch (cause) {
    await house.close();
    throw cause;
  }
  await gone;
  // Every door is shut. A client library that still holds a socket open must not hold the process.
  process.exit();
}
