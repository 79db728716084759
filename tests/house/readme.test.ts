import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { houseRoot } from './house-files.ts';
import { commands, snippets, type Command } from './snippets.ts';

/**
 * The README is the first thing that anybody runs. Every snippet of it is run or checked here: scripts and verbs must
 * be there with the options shown, variables must be documented, TypeScript must compile, and curl is run as written
 * against a server of the tests.
 */

const run = promisify(execFile);
const at = (path: string): string => join(houseRoot, path);
const readme = existsSync(at('README.md')) ? readFileSync(at('README.md'), 'utf8') : '';
const all = snippets(readme);
const shell = all.filter((one) => ['sh', 'bash', 'shell'].includes(one.kind)).flatMap(commands);
const pack = JSON.parse(readFileSync(at('package.json'), 'utf8')) as {
  scripts?: Record<string, string>;
  bin?: Record<string, string>;
};
const scripts = pack.scripts ?? {};

const startsWith = (command: Command, ...words: string[]): boolean =>
  words.every((word, index) => command.words[index] === word);
const named = (list: readonly Command[]): [string, Command][] =>
  list.map((one) => [`line ${one.line}: ${one.text}`, one]);
const builtVerbs = 'dist/cli/vankho.js';
const verbs = shell.flatMap((one) =>
  startsWith(one, 'node', builtVerbs) ? [{ ...one, words: one.words.slice(1) }] : [],
);
const curls = shell.filter((one) => one.words[0] === 'curl');

/** Commands of the machine that need no proof here: they move about, or show something. */
const plain = new Set(['cd', 'git', 'cat', 'ls', 'mkdir', 'cp', 'jq', 'echo', 'export', 'node', 'tar', 'install']);

describe('README.md', () => {
  test('says how to start, in the two commands', () => {
    expect(readme).toContain('npm ci && npm run demo');
    expect(readme).toContain('npm ci && npm test');
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['demo', 'test']));
  });

  test('holds only snippets that this file can check', () => {
    const known = ['sh', 'bash', 'shell', 'ts', 'json', 'env', 'text'];
    expect(all.filter((one) => !known.includes(one.kind)).map((one) => `line ${one.line}: ${one.kind}`)).toEqual([]);
  });

  test('calls no npm script that package.json does not have', () => {
    const asked = shell.flatMap((one) => {
      if (startsWith(one, 'npm', 'run')) return [one.words[2] ?? ''];
      return startsWith(one, 'npm', 'test') || startsWith(one, 'npm', 'start') ? [one.words[1] ?? ''] : [];
    });
    expect(asked.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test('names every variable as .env.example does', () => {
    const documented = existsSync(at('.env.example')) ? readFileSync(at('.env.example'), 'utf8') : '';
    const env = all
      .filter((one) => one.kind === 'env')
      .flatMap((one) => [...one.text.matchAll(/^([A-Z_][A-Z0-9_]*)=/gm)]);
    const used = [...shell.flatMap((one) => one.variables), ...env.map((match) => match[1] ?? '')];
    const ofTests = ['CHROMIUM_PATH', 'NODE_OPTIONS', 'PATH'];
    const own = used.filter((name) => /^VANKHO_/.test(name) || !shell.some((one) => one.text.includes(`$${name}`)));
    expect(
      own.filter((name) => !ofTests.includes(name) && !new RegExp(`^#?\\s*${name}=`, 'm').test(documented)),
    ).toEqual([]);
  });

  test('asks for no program that the reader was not told of', () => {
    const ours = ['npm', 'npx', 'curl', 'docker'];
    const strange = shell
      .map((one) => one.words[0])
      .filter((word) => word !== undefined && !plain.has(word) && !ours.includes(word) && !word.startsWith('.'));
    expect(strange).toEqual([]);
  });

  test('starts only services that compose.yaml has', () => {
    const composed = shell.filter((one) => startsWith(one, 'docker', 'compose'));
    const services = existsSync(at('compose.yaml')) ? readFileSync(at('compose.yaml'), 'utf8') : '';
    for (const one of composed) {
      expect(services).toContain('services:');
      const up = one.words.indexOf('up');
      const asked = up === -1 ? [] : one.words.slice(up + 1).filter((word) => !word.startsWith('-'));
      for (const service of asked) expect(services).toMatch(new RegExp(`^  ${service}:`, 'm'));
    }
  });

  test('its JSON is JSON', () => {
    for (const one of all.filter((snippet) => snippet.kind === 'json'))
      expect(() => JSON.parse(one.text) as unknown).not.toThrow();
  });

  test('its TypeScript is TypeScript', () => {
    for (const one of all.filter((snippet) => snippet.kind === 'ts')) {
      const { diagnostics } = ts.transpileModule(one.text, {
        reportDiagnostics: true,
        compilerOptions: { target: ts.ScriptTarget.ESNext },
      });
      expect(
        (diagnostics ?? []).map(
          (found) => `line ${one.line}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`,
        ),
      ).toEqual([]);
    }
  });

  if (verbs.length > 0) {
    test.each(named(verbs))('%s is a verb with these options', async (_name, one) => {
      const [, verb = ''] = one.words;
      expect(verb).toMatch(/^[a-z]/u);
      const { stdout } = await run(process.execPath, [at(builtVerbs), verb, '--help']);
      for (const option of one.words.filter((word) => word.startsWith('--')))
        expect(stdout).toContain(option.split('=')[0]);
    });
  }
});

/**
 * The server for curl: `startForReadme()` of tests/support/readme-server.ts gives an address, variables that the
 * snippets use ($TOKEN and the like) and a folder to run in. The README's own address is replaced by that of the server.
 */
interface ReadmeServer {
  readonly base: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  close(): Promise<void>;
}

const serverFile = at('tests/support/readme-server.ts');
const canCurl = curls.length > 0 && existsSync(serverFile);
if (curls.length > 0 && !canCurl)
  console.warn('SKIPPED: the curl snippets of README.md, tests/support/readme-server.ts is not there');

(canCurl ? describe : describe.skip)(
  curls.length === 0 ? 'README.md has no curl' : 'README.md, curl as written',
  () => {
    let server: ReadmeServer;

    beforeAll(async () => {
      const { startForReadme } = (await import(pathToFileURL(serverFile).href)) as {
        startForReadme: () => Promise<ReadmeServer>;
      };
      server = await startForReadme();
    }, 120_000);

    afterAll(() => server.close());

    // In one test, in the order of the page: a later call may use what an earlier one made.
    test('every call is answered with success', async () => {
      for (const one of curls) {
        const here = one.text.replaceAll(/https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?/g, server.base);
        const script = here.replace(/^(.*?)\bcurl\b/, '$1curl --fail-with-body --silent --show-error');
        await expect(
          run('bash', ['-c', script], { cwd: server.cwd, env: { ...process.env, ...server.env } }),
        ).resolves.toBeDefined();
      }
    });
  },
);
