import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded.ts';
import { loginUrl } from '../../src/platform/database/logins.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { prepareQueue } from '../../src/platform/jobs/queue.ts';
import { databaseAt, type TestDatabase } from '../support/database.ts';

const loginSecret = 'a secret for the logins of one drill';

/** A PostgreSQL of the drill's own, migrated; closing it takes its folder away. */
export async function drillDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'vankho-drill-'));
  const postgres = await startEmbeddedPostgres({ folder });
  await migrate(postgres.url, loginSecret, () => prepareQueue(loginUrl(postgres.url, loginSecret, 'vk_queue')));
  return databaseAt(postgres.url, loginSecret, async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });
}

/** Where a drill stands: of jest a clone of the server of the run, of the command a server of its own. */
export interface Ground {
  readonly database: () => Promise<TestDatabase>;
  readonly seed: number;
  /** How often each thing is done. */
  readonly rounds: number;
  readonly say: (text: string) => void;
}
