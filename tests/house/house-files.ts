import { readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder, ending without a slash. */
export const houseRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What .gitignore names: made by a build or a run, never written by a person. */
const made = new Set(['.git', 'node_modules', 'dist', 'var']);

/**
 * Every file of the project, as paths from its root with forward slashes, sorted. Not from git: the same must hold in
 * a copy that came as an archive.
 */
export function houseFiles(): readonly string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (made.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (!entry.name.endsWith('.log')) found.push(relative(houseRoot, path).split(sep).join('/'));
    }
  };
  walk(houseRoot);
  return found.sort();
}
