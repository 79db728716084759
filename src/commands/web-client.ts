import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { webFolder } from '../compose.ts';

const sources = ['web', 'contract', 'kernel'].map((name) => fileURLToPath(new URL(`../${name}/`, import.meta.url)));

/** Builds the web client when it is not there, or (for who works on it) older than its sources: a few seconds, once. */
export async function buildWebClient(when: 'missing' | 'stale'): Promise<void> {
  const page = `${webFolder}/index.html`;
  if (existsSync(page) && (when === 'missing' || (await stat(page)).mtimeMs > (await newest()))) return;
  await build({ configFile: `${sources[0] ?? ''}vite.config.ts`, logLevel: 'warn' });
}

async function newest(): Promise<number> {
  let latest = 0;
  for (const folder of sources) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) latest = Math.max(latest, (await stat(`${entry.parentPath}/${entry.name}`)).mtimeMs);
    }
  }
  return latest;
}
