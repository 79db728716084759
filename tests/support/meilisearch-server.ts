import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, startProgram, whenUp } from './s3-server.ts';

export interface MeilisearchServer {
  readonly url: string;
  readonly key: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Meilisearch on a port and a folder of its own. */
export async function startMeilisearch(): Promise<MeilisearchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'vankho-meilisearch-'));
  const [port] = await freePorts(1);
  const key = 'only-for-this-run-of-the-tests';
  const program = startProgram('meilisearch', [
    `--db-path=${join(folder, 'data')}`,
    `--dump-dir=${join(folder, 'dumps')}`,
    `--snapshot-dir=${join(folder, 'snapshots')}`,
    `--http-addr=127.0.0.1:${port!}`,
    `--master-key=${key}`,
    '--no-analytics',
    '--log-level=WARN',
  ]);
  const url = `http://127.0.0.1:${port!}`;
  const stop = async () => {
    await program.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await whenUp(program.child, program.said, async () => (await fetch(`${url}/health`)).ok);
  } catch (cause) {
    await stop();
    throw cause;
  }
  return { url, key, pid: program.child.pid ?? 0, stop };
}
