import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { webFolder } from '../../src/compose.ts';
import { houseRoot } from '../house/house-files.ts';
import type { Figure, Measure } from './runner.ts';

/** From `npm run demo` in a fresh folder to the first page in the browser's hands. */
async function firstPage(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'vankho-first-page-'));
  const begun = performance.now();
  const child = spawn(process.execPath, ['src/commands/vankho.ts', 'demo'], {
    cwd: houseRoot,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, VANKHO_DATA: folder, VANKHO_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^Văn Khố: (https?:\S+)/u.exec(line)?.[1];
      if (url === undefined) continue;
      child.stdout.resume();
      const page = await fetch(url);
      if (!page.ok || !(await page.text()).includes('<script')) throw new Error('the first page is no page');
      return performance.now() - begun;
    }
    throw new Error('the demo ended before it answered');
  } finally {
    if (child.exitCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

const figure = (name: string, milliseconds: number): Figure => ({
  name,
  value: milliseconds / 1000,
  unit: 's',
  goal: 10,
  better: 'lower',
});

export const firstPageMeasures: readonly Measure[] = [
  {
    name: 'first-page',
    async measure() {
      rmSync(webFolder, { recursive: true, force: true });
      const building = await firstPage();
      return [
        figure('demo, first page, client yet to be built', building),
        figure('demo, first page, client built', await firstPage()),
      ];
    },
  },
];
