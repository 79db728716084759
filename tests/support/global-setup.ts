import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded.ts';
import { loginUrl } from '../../src/platform/database/logins.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { prepareQueue } from '../../src/platform/jobs/queue.ts';
import { asAdmin, testPostgresVariable, withDatabase, type TestPostgres } from './database.ts';

declare global {
  // Handed to global-teardown.ts, which runs in the same process.
  var vankhoTestPostgres: { stop(): Promise<void>; folder: string } | undefined;
}

const loginSecret = 'tests only: these logins end with the run';
const template = 'vankho_template';

/** One real Postgres for the run, forgetful but fast; and what the browser tests look at, built from these sources. */
export default async function setup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vankho-tests-'));
  // VANKHO_TEST_NO_BUILD: who works on the server alone need not wait for the client.
  const building =
    process.env['VANKHO_TEST_NO_BUILD'] === undefined
      ? // As it is shipped: jest's own NODE_ENV would bring the libraries' slower halves.
        promisify(execFile)('npm', ['run', '--silent', 'build'], { env: { ...process.env, NODE_ENV: 'production' } })
      : undefined;
  const postgres = await startEmbeddedPostgres({ folder, durable: false });
  globalThis.vankhoTestPostgres = { stop: () => postgres.stop(), folder };
  await asAdmin(postgres.url, `create database ${template}`);
  const url = withDatabase(postgres.url, template);
  await migrate(url, loginSecret, () => prepareQueue(loginUrl(url, loginSecret, 'vk_queue')));
  const given: TestPostgres = { adminUrl: postgres.url, template, loginSecret };
  process.env[testPostgresVariable] = JSON.stringify(given);
  await building;
}
