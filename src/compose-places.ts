import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ObjectStore } from './departments/strongroom/index.ts';
import type { Config } from './config.ts';
import type { Clock } from './kernel/clock.ts';
import { startEmbeddedPostgres } from './platform/database/embedded.ts';
import { createDirectoryStore } from './platform/object-store/directory.ts';
import { createMinioStore, provisionMinio } from './platform/object-store/minio.ts';

/** What is shut when the house closes, last opened first. */
export interface Closing {
  readonly part: string;
  readonly end: () => Promise<void>;
}

/** Nothing acknowledged depends on a tidy end: a part that does not close is named and left. */
const closesWithin = 10_000;

export async function endInTime({ part, end }: Closing, log: Pick<Logger, 'warn'>): Promise<void> {
  const late = new AbortController();
  const overdue = pause(closesWithin, 'overdue' as const, { signal: late.signal }).catch(() => 'ended' as const);
  if ((await Promise.race([end(), overdue])) === 'overdue') log.warn({ part }, 'did not close in time');
  late.abort();
}

/** The operator's S3, laid out as storage-config/ says, or a folder. */
export function objectStore(config: Config, clock: Clock): { store: ObjectStore; provision: () => Promise<void> } {
  if (!config.objectStore) {
    const store = createDirectoryStore({ folder: join(config.dataFolder, 'objects'), clock });
    return { store, provision: () => Promise.resolve() };
  }
  const { url, ...keys } = config.objectStore;
  const options = { endpoint: url, ...keys };
  return { store: createMinioStore(options), provision: () => provisionMinio(options) };
}

/** A server that is away when the house starts is laid out once it is there; until then its part is down, not the house. */
export async function untilDone(
  part: string,
  work: () => Promise<void>,
  log: Pick<Logger, 'warn'>,
): Promise<() => Promise<void>> {
  const ending = new AbortController();
  const tried = async (): Promise<boolean> =>
    work().then(
      () => true,
      (cause: unknown) => {
        log.warn({ part, error: cause instanceof Error ? cause.message : 'unknown' }, 'cannot be laid out yet');
        return false;
      },
    );
  if (await tried()) return () => Promise.resolve();
  const loop = (async () => {
    do await pause(2_000, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
    while (!ending.signal.aborted && !(await tried()));
  })();
  return async () => {
    ending.abort();
    await loop;
  };
}

/** The operator's own server, or a real PostgreSQL out of the npm package. */
export async function databasePlace(
  config: Config,
  log: Pick<Logger, 'warn' | 'error'>,
  closing: Closing[],
): Promise<{ url: string; loginSecret: string }> {
  if (config.database) return config.database;
  const postgres = await startEmbeddedPostgres({
    folder: config.dataFolder,
    onRestart: (cause) => {
      if (cause === undefined) log.warn('the embedded database had died and was started again');
      else
        log.error(
          { error: cause instanceof Error ? cause.message : 'unknown' },
          'the embedded database died and does not start',
        );
    },
  });
  closing.push({ part: 'embedded database', end: () => postgres.stop() });
  return { url: postgres.url, loginSecret: await keptSecret(join(config.dataFolder, 'login-secret')) };
}

async function keptSecret(path: string): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  await writeFile(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 }).catch((cause: unknown) => {
    if ((cause as { code?: string }).code !== 'EEXIST') throw cause;
  });
  return (await readFile(path, 'utf8')).trim();
}
