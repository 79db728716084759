import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { identityLines } from '../../src/contract/identity.ts';
import { startHouse } from './house.ts';

/** A house for the README's own curl lines: a token in $TOKEN, a letter in the folder. */
export async function startForReadme() {
  const house = await startHouse();
  const cwd = mkdtempSync(join(tmpdir(), 'vankho-readme-'));
  const pdf = await PDFDocument.create();
  pdf.addPage();
  writeFileSync(join(cwd, 'cv-318.pdf'), await pdf.save());
  const clerk = await house.visit('clerk');
  const { token } = await clerk.ask(identityLines.newToken, {
    body: { name: 'README', scopes: ['upload', 'search'], days: 1 },
  });
  return {
    base: house.base,
    env: { TOKEN: token },
    cwd,
    async close(): Promise<void> {
      await house.close();
      rmSync(cwd, { recursive: true, force: true });
    },
  };
}
