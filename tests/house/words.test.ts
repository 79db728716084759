import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { houseFiles, houseRoot } from './house-files.ts';

/** Habits of the house that no compiler knows: what may lie where, how it is named, what it may not say. */

const files = houseFiles();
const isText = (path: string): boolean =>
  /\.(ts|tsx|mjs|cjs|js|json|sql|css|html|md|yaml|yml|csv|txt|sh)$|^\.|^\.ci\//.test(path);
const isCode = (path: string): boolean => /\.(ts|tsx|mjs|cjs|css|html)$/.test(path) || path === '.ci/run';
const read = (path: string): string => readFileSync(join(houseRoot, path), 'utf8');

/** `file:line  text` for every line of the files that matches. */
function lines(among: readonly string[], pattern: RegExp): readonly string[] {
  return among.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}  ${line.trim().slice(0, 120)}`] : [])),
  );
}

describe('where things lie', () => {
  test('the top level holds what a newcomer expects and nothing else', () => {
    const allowed = new Set([
      ...['package.json', 'package-lock.json', 'tsconfig.json', 'compose.yaml', 'README.md', 'LICENSE'],
      ...['src', 'storage-config', 'search-index', 'tests', 'docs', 'node_modules', 'dist', 'var'],
    ]);
    expect(readdirSync(houseRoot).filter((name) => !allowed.has(name) && !name.startsWith('.'))).toEqual([]);
  });

  test('src holds the rooms of the plan', () => {
    const allowed = [
      'main.ts',
      'compose.ts',
      'config.ts',
      'kernel',
      'contract',
      'departments',
      'platform',
      'commands',
      'web',
    ];
    expect(
      readdirSync(join(houseRoot, 'src')).filter((name) => !allowed.includes(name) && !/^(compose|config)-/.test(name)),
    ).toEqual([]);
  });

  test('every department has the same names on its doors', () => {
    const door =
      /^src\/departments\/[a-z-]+\/(index|rules|events|ports|service|queries|schema|store|routes)(-[a-z0-9-]+)?\.ts$/;
    expect(files.filter((path) => path.startsWith('src/departments/') && !door.test(path))).toEqual([]);
  });

  test('no drawer for odds and ends', () => {
    expect(files.filter((path) => /(^|\/)(utils?|helpers?|misc|common)(\/|\.|-)/.test(path))).toEqual([]);
  });

  test('names are kebab-case', () => {
    const kebab = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
    const free = /^(tests\/fixtures\/|\.docker\/Dockerfile$|docs\/[A-Z]+\.md$|README\.md$|LICENSE$)/;
    const wrong = files.filter((path) => !free.test(path) && !path.split('/').every((part) => kebab.test(part)));
    expect(wrong).toEqual([]);
  });
});

describe('how large things are', () => {
  test('code files stay under 400 lines', () => {
    const long = files.filter((path) => isCode(path) && read(path).split('\n').length > 401);
    expect(long).toEqual([]);
  });

  test('nothing over a megabyte is kept in the project', () => {
    expect(files.filter((path) => statSync(join(houseRoot, path)).size > 1_000_000)).toEqual([]);
  });
});

describe('what is written', () => {
  const written = files.filter((path) => isText(path) && path !== 'package-lock.json');

  test('no path of one machine', () => {
    // Put together here, so that this file does not find itself.
    const places = [
      ['', 'root', ''],
      ['', 'work', ''],
      ['', 'home', '[a-z]+', ''],
      ['', 'Users', '[A-Za-z]+', ''],
    ].map((parts) => parts.join('/'));
    const pattern = new RegExp(`(^|[\\s'"\`(=:])(${places.join('|')})|[A-Z]:\\\\\\\\?Users|\\.\\./shared`);
    expect(lines(written, pattern)).toEqual([]);
  });

  test('no registry or mirror: where packages come from is the matter of whoever installs', () => {
    const pattern = new RegExp(
      ['registry\\.', 'pypi\\.org', '/simple/', 'artifactory', 'nexus\\.']
        .map((part) => `https?://[^\\s]*${part}`)
        .join('|'),
    );
    expect(lines(written, pattern)).toEqual([]);
    expect(lines(['package-lock.json'], /"resolved": "(?!https:\/\/registry\.npmjs\.org\/)/)).toEqual([]);
  });

  test('nothing put off in a comment: an open end stands in the tracker or not at all', () => {
    const pattern = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`);
    expect(lines(written, pattern)).toEqual([]);
  });

  test('no test is switched off by hand or kept alone', () => {
    const pattern = /\b(xit|xtest|xdescribe|fit|fdescribe)\(|\b(test|it|describe)\.only\b/;
    const tests = files.filter((path) => path.endsWith('.test.ts') && path !== 'tests/house/words.test.ts');
    expect(lines(tests, pattern)).toEqual([]);
  });

  test('text is UTF-8 in one normal form, with plain line ends', () => {
    // NFC: a Vietnamese word typed on a Mac is another string, and neither search nor a test would find it.
    const odd = written.filter((path) => {
      const text = read(path);
      return (
        text.includes('\uFFFD') || text.includes('\r') || (!path.startsWith('tests/') && text !== text.normalize('NFC'))
      );
    });
    expect(odd).toEqual([]);
  });
});
