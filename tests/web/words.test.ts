import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dossierHistoryFields } from '../../src/contract/dossiers.ts';
import { historyFields } from '../../src/contract/registry.ts';
import { houseRoot } from '../house/house-files.ts';

/** The words of the screens: the same in both languages, none missing, none that nobody says. */

const web = join(houseRoot, 'src/web');
const spaces = readdirSync(join(web, 'words/vi')).map((name) => name.replace(/\.json$/, ''));

type Words = Readonly<Record<string, unknown>>;

function flat(words: Words, before = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[before + key, value]] : [...flat(value as Words, `${before}${key}.`)],
    ),
  );
}

function wordsOf(language: 'vi' | 'en', space: string): Map<string, string> {
  return flat(JSON.parse(readFileSync(join(web, 'words', language, `${space}.json`), 'utf8')) as Words);
}

/** English counts one and many, Vietnamese does not. */
const bare = (key: string): string => key.replace(/_(one|other)$/, '');
const keys = (words: Map<string, string>): string[] => [...new Set([...words.keys()].map(bare))].sort();
const holes = (sentence: string): string[] =>
  [...new Set([...sentence.matchAll(/\{\{\s*(\w+)/g)].map((found) => found[1] ?? ''))].sort();

describe('the two languages', () => {
  test('have the same namespaces', () => {
    expect(readdirSync(join(web, 'words/en')).sort()).toEqual(readdirSync(join(web, 'words/vi')).sort());
  });

  test.each(spaces)('say the same things: %s', (space) => {
    expect(keys(wordsOf('en', space))).toEqual(keys(wordsOf('vi', space)));
  });

  test.each(spaces)('leave nothing unsaid and no hole unfilled: %s', (space) => {
    const [vi, en] = [wordsOf('vi', space), wordsOf('en', space)];
    const unsaid = [...vi, ...en].filter(([, sentence]) => sentence.trim() === '').map(([key]) => key);
    const unlike = [...en]
      .filter(([key, sentence]) => {
        const other = vi.get(key) ?? vi.get(`${bare(key)}_other`) ?? vi.get(bare(key)) ?? '';
        return JSON.stringify(holes(sentence)) !== JSON.stringify(holes(other));
      })
      .map(([key]) => key);
    expect({ unsaid, unlike }).toEqual({ unsaid: [], unlike: [] });
  });

  test.each(spaces)('are written in composed letters, as they are searched: %s', (space) => {
    const decomposed = [...wordsOf('vi', space)].filter(([, sentence]) => sentence !== sentence.normalize('NFC'));
    expect(decomposed).toEqual([]);
  });
});

test.each([
  ['record', historyFields],
  ['dossiers', dossierHistoryFields],
] as const)('whatever a history may tell a change of has a word: %s', (space, fields) => {
  for (const language of ['vi', 'en'] as const) {
    const words = wordsOf(language, space);
    expect(fields.filter((field) => !words.has(`field.${field}`))).toEqual([]);
  }
});

interface Said {
  readonly file: string;
  readonly space: string;
  readonly key: string;
  /** Begins so; what follows is decided when it runs. */
  readonly open: boolean;
}

const fileOf: Readonly<Record<string, string>> = { common: 'everywhere' };
const nameOf = (space: string): string => Object.entries(fileOf).find(([, file]) => file === space)?.[0] ?? space;

const anywhere = '*';

/** Every `t('…')` and `` t(`…${x}`) `` of the screens, with the namespace it is said in. */
function saidInCode(): readonly Said[] {
  const sources = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path));
  return sources.flatMap((file) => {
    const source = readFileSync(join(web, file), 'utf8');
    // A function that is handed `t` names its namespace in the type.
    const own =
      /(?:useTranslation\(|TFunction<)\s*\[?\s*'([a-z-]+)'/.exec(source)?.[1] ??
      (/useTranslation\(\)|i18next\.t/.test(source) ? 'common' : anywhere);
    const calls = source.matchAll(/\bt\(\s*(?:'([^']+)'|`([^`$]+)(\$\{)?)/g);
    return [...calls].map(([, plain, begun, hole]) => {
      const said = plain ?? begun ?? '';
      const [space, key] = said.includes(':') ? said.split(':') : [own, said];
      return { file, space: space ?? own, key: key ?? '', open: hole !== undefined };
    });
  });
}

const said = saidInCode();
const known = new Map(spaces.map((space) => [nameOf(space), keys(wordsOf('vi', space))]));

test('the search for words in the code finds them', () => {
  expect(said.length).toBeGreaterThan(100);
});

test('every word that a screen says is there', () => {
  const missing = said.filter(({ space, key, open }) => {
    const there = space === anywhere ? [...known.values()].flat() : (known.get(space) ?? []);
    return open ? !there.some((one) => one.startsWith(key)) : !there.includes(key);
  });
  expect(missing).toEqual([]);
});
