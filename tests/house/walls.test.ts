import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A wall that nobody has run into may be paint. A small house is built in a temporary folder with one fault for
 * every rule of .config/dependency-cruiser.cjs, and each rule must name its own; beside it stands what is allowed,
 * which no rule may name.
 */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const require = createRequire(import.meta.url);
const configFile = join(root, '.config/dependency-cruiser.cjs');
const { forbidden } = require(configFile) as { forbidden: { name: string; comment?: string; severity: string }[] };

const at = (path: string, ...lines: string[]): { path: string; text: string } => ({ path, text: lines.join('\n') });
const uses = (from: string): string => `import { it } from '${from}'; export const used = it;`;
const names = (from: string): string => `import type { It } from '${from}'; export type Named = It;`;

/** Rule name -> the file that breaks it. */
const faults: Readonly<Record<string, { path: string; text: string }>> = {
  'kernel-imports-kernel': at('src/kernel/f-kernel.ts', uses('zod')),
  'contract-imports-kernel-and-zod': at('src/contract/f-contract.ts', names('express')),
  'rules-import-kernel': at('src/departments/audit/rules-f-clock.ts', uses('node:fs')),
  'rules-take-types-from-contract': at('src/departments/audit/rules-f-contract.ts', uses('../../contract/c.ts')),
  'ports-are-words': at('src/departments/intake/ports-f.ts', names('minio')),
  'department-front-door': at('src/departments/intake/service-f-door.ts', uses('../registry/store.ts')),
  'platform-knows-ports': at('src/platform/http/f-store.ts', uses('../../departments/registry/store.ts')),
  'commands-use-front-doors': at('src/commands/f-store.ts', uses('../departments/registry/store.ts')),
  'departments-use-ports': at(
    'src/departments/intake/service-f-adapter.ts',
    names('../../platform/object-store/minio.ts'),
  ),
  'only-compose-constructs': at('src/commands/f-adapter.ts', uses('../platform/object-store/minio.ts')),
  'compose-is-the-top': at('src/departments/intake/service-f-compose.ts', names('../../compose.ts')),
  'config-is-handed-down': at('src/departments/intake/service-f-config.ts', uses('../../config.ts')),
  'sql-in-its-place': at('src/departments/intake/service-f-sql.ts', names('pg')),
  'sql-through-the-store': at('src/departments/registry/routes-f.ts', uses('./store.ts')),
  'express-in-platform-http': at('src/departments/intake/routes-f-express.ts', names('express')),
  'minio-in-platform-object-store': at('src/platform/http/f-minio.ts', names('minio')),
  'meilisearch-in-platform-search-engine': at('src/departments/search/service-f-meili.ts', uses('meilisearch')),
  'worker-in-platform-jobs': at('src/departments/intake/service-f-worker.ts', uses('graphile-worker')),
  'prom-client-in-platform-metrics': at('src/platform/http/f-prom.ts', uses('prom-client')),
  'file-readers-in-reading-machine': at('src/departments/intake/service-f-pdf.ts', uses('@embedpdf/pdfium')),
  'adapters-stand-apart': at('src/platform/search-engine/f-store.ts', uses('../object-store/minio.ts')),
  'database-is-lowest': at('src/platform/database/f-http.ts', names('../http/h.ts')),
  'web-sees-contract-and-kernel': at('src/web/rooms/f-server.tsx', names('../../departments/registry/index.ts')),
  'web-without-node': at('src/web/rooms/f-node.tsx', uses('node:path')),
  'web-is-a-leaf': at('src/platform/http/f-web.ts', uses('../../web/rooms/r.tsx')),
  'data-folders-are-low': at('storage-config/f-up.ts', names('../src/platform/object-store/minio.ts')),
  'no-circles': at('src/platform/http/f-circle.ts', uses('./y-circle-back.ts'), 'export const it = 1;'),
  'departments-without-circles': at('src/departments/intake/service-f-circle.ts', uses('../strongroom/index.ts')),
  'no-tests-in-the-house': at('src/platform/http/f-tests.ts', uses('../../../tests/support/fake.ts')),
  'no-dev-dependency-in-the-house': at('src/commands/f-dev.ts', uses('fast-check')),
  'no-unlisted-dependency': at('src/commands/f-unlisted.ts', uses('by-luck')),
  'no-dead-import': at('src/commands/f-dead.ts', uses('./gone.ts')),
};

const it = 'export const it = 1; export type It = 1;';

/** What the faults lean on, and, in the lines that import, what the walls must let through. */
const allowed = [
  at('src/kernel/k.ts', it, "import { randomBytes } from 'node:crypto'; export const r = randomBytes;"),
  at(
    'src/contract/c.ts',
    it,
    "import { it as zod } from 'zod'; import { it as k } from '../kernel/k.ts'; export { zod, k };",
  ),
  at('src/departments/registry/store.ts', it, "import { it as pg } from 'pg'; export { pg };"),
  at('src/departments/registry/rules.ts', it, names('../../contract/c.ts'), uses('../../kernel/k.ts')),
  at('src/departments/registry/index.ts', it, "export { it as store } from './store.ts';"),
  at('src/departments/strongroom/index.ts', it, "export { used as intake } from '../intake/index.ts';"),
  at('src/departments/intake/index.ts', it, uses('../registry/index.ts')),
  at('src/departments/search/ports.ts', it, names('../../kernel/k.ts')),
  at('src/platform/database/d.ts', it, "import { it as typeorm } from 'typeorm'; export { typeorm };"),
  at('src/platform/object-store/minio.ts', it, uses('minio')),
  at(
    'src/platform/search-engine/postgres.ts',
    it,
    uses('../database/d.ts'),
    names('../../departments/search/ports.ts'),
  ),
  at('src/platform/http/h.ts', it, uses('express')),
  at('src/platform/http/y-circle-back.ts', it, uses('./f-circle.ts')),
  at('src/config.ts', it, uses('zod')),
  at('src/compose.ts', it, uses('./platform/object-store/minio.ts'), uses('./config.ts').replace('used', 'config')),
  at('src/commands/start.ts', uses('../compose.ts')),
  at('src/web/words/vi.ts', it),
  at('src/platform/http/problems.ts', uses('../../web/words/vi.ts')),
  at('src/web/rooms/r.tsx', it, uses('../../contract/c.ts')),
  at('storage-config/buckets.ts', it, uses('../src/kernel/k.ts')),
  at('tests/support/fake.ts', it),
];

const dependencies = [
  'zod',
  'express',
  'minio',
  'pg',
  'typeorm',
  'meilisearch',
  'graphile-worker',
  'prom-client',
  '@embedpdf/pdfium',
];
const devDependencies = ['fast-check'];

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

function cruise(house: string): readonly Violation[] {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [bin, '-c', configFile, '-T', 'json', 'src', 'storage-config'];
  let out: string;
  try {
    out = execFileSync(process.execPath, args, { cwd: house, encoding: 'utf8', maxBuffer: 1e8, stdio: 'pipe' });
  } catch (error) {
    // It ends with the number of faults as its exit code; the report is on stdout all the same.
    out = (error as { stdout: string }).stdout;
    if (!out.startsWith('{')) throw error;
  }
  return (JSON.parse(out) as { summary: { violations: Violation[] } }).summary.violations;
}

describe('the walls', () => {
  let house = '';
  let found: readonly Violation[] = [];

  beforeAll(() => {
    house = realpathSync(mkdtempSync(join(tmpdir(), 'vankho-walls-')));
    const put = (path: string, text: string): void => {
      mkdirSync(dirname(join(house, path)), { recursive: true });
      writeFileSync(join(house, path), `${text}\n`);
    };
    const versions = (list: readonly string[]): Record<string, string> =>
      Object.fromEntries(list.map((name) => [name, '1.0.0']));
    for (const name of [...dependencies, ...devDependencies, 'by-luck']) {
      put(
        `node_modules/${name}/package.json`,
        JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' }),
      );
      put(`node_modules/${name}/index.js`, 'export const it = 1;');
    }
    put(
      'package.json',
      JSON.stringify({
        type: 'module',
        dependencies: versions(dependencies),
        devDependencies: versions(devDependencies),
      }),
    );
    put(
      'tsconfig.json',
      JSON.stringify({ compilerOptions: { module: 'nodenext', allowImportingTsExtensions: true, noEmit: true } }),
    );
    for (const { path, text } of allowed) put(path, text);
    for (const { path, text } of Object.values(faults)) put(path, text);
    found = cruise(house);
  });

  afterAll(() => {
    rmSync(house, { recursive: true, force: true });
  });

  test('every rule has a planted fault, says why, and stops the build', () => {
    expect(Object.keys(faults).sort()).toEqual(forbidden.map((rule) => rule.name).sort());
    for (const rule of forbidden)
      expect(rule).toMatchObject({ severity: 'error', comment: expect.stringMatching(/.{20}/) as string });
  });

  test.each(Object.entries(faults))('%s is named where it is broken', (rule, fault) => {
    const here = found.filter((one) => one.rule.name === rule).map((one) => one.from);
    expect(here).toContain(rule === 'departments-without-circles' ? dirname(fault.path) : fault.path);
  });

  test('what is allowed is let through', () => {
    const sound = new Set(
      allowed.map((file) => file.path).filter((path) => path !== 'src/platform/http/y-circle-back.ts'),
    );
    expect(found.filter((one) => sound.has(one.from)).map((one) => `${one.rule.name}: ${one.from}`)).toEqual([]);
  });
});
