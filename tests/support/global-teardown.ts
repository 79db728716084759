import { rmSync } from 'node:fs';

export default async function teardown(): Promise<void> {
  const running = globalThis.vankhoTestPostgres;
  await running?.stop();
  if (running) rmSync(running.folder, { recursive: true, force: true });
}
