import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { readOffice } from '../../src/commands/office-file.ts';
import { houseFiles, houseRoot } from './house-files.ts';
import { snippets } from './snippets.ts';

/** A guide that points nowhere, or that exists in one language only, is worse than none: it is trusted. */

const pages = houseFiles().filter((path) => /^(README\.md|docs\/.*\.md)$/.test(path));
const read = (path: string): string => readFileSync(join(houseRoot, path), 'utf8');
/** The page without its fenced and inline code, where brackets mean something else. */
const prose = (path: string): string =>
  read(path)
    .replaceAll(/^```.*?^```/gms, '')
    .replaceAll(/`[^`\n]*`/g, '');

/** Targets of [text](target), ![picture](target) and <img src="target">. */
function links(path: string): readonly string[] {
  const markdown = [...prose(path).matchAll(/\]\(\s*<?([^)>\s]+)>?[^)]*\)/g)].map((match) => match[1] ?? '');
  const html = [...prose(path).matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  return [...markdown, ...html];
}

const isOutside = (target: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(target);

/** The anchors of a page's headings, as code hosts make them: lower case, punctuation dropped, spaces to hyphens. */
function anchors(path: string): ReadonlySet<string> {
  const headings = [
    ...read(path)
      .replaceAll(/^```.*?^```/gms, '')
      .matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm),
  ].map((match) => match[1] ?? '');
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
        .replaceAll(/\s/g, '-'),
    ),
  );
}

test('every relative link and picture of the guides leads somewhere', () => {
  const dead = pages.flatMap((page) =>
    links(page)
      .filter((target) => !isOutside(target))
      .filter((target) => {
        const [file = '', anchor] = decodeURI(target).split('#');
        const path = file === '' ? page : posix.join(dirname(page), file);
        if (!existsSync(join(houseRoot, path))) return true;
        return anchor !== undefined && path.endsWith('.md') && !anchors(path).has(anchor);
      })
      .map((target) => `${page} -> ${target}`),
  );
  expect(dead).toEqual([]);
});

test('files named in the guides as code exist', () => {
  const named = /`((?:src|tests|docs|storage-config|search-index|\.config|\.ci)\/[A-Za-z0-9_./-]+)`/g;
  const gone = pages.flatMap((page) =>
    [...read(page).matchAll(named)]
      .map((match) => match[1] ?? '')
      .filter((path) => !existsSync(join(houseRoot, path)))
      .map((path) => `${page} -> ${path}`),
  );
  expect(gone).toEqual([]);
});

test('an office written as the operator’s guide shows can move in', () => {
  const written = pages
    .filter((page) => page.endsWith('operator.md'))
    .flatMap((page) => snippets(read(page)).filter((one) => one.kind === 'json'));
  expect(written).toHaveLength(2);
  for (const { text } of written) expect(readOffice(text).people.map((person) => person.loginName)).toContain('mai.tt');
});

/** docs/vi/x.md beside docs/en/x.md, or docs/x.vi.md beside docs/x.en.md. */
const twin = (path: string): string | undefined => {
  for (const [from, to] of [
    ['vi', 'en'],
    ['en', 'vi'],
  ] as const) {
    if (path.includes(`/${from}/`)) return path.replace(`/${from}/`, `/${to}/`);
    if (path.endsWith(`.${from}.md`)) return path.replace(new RegExp(`\\.${from}\\.md$`), `.${to}.md`);
  }
  return undefined;
};

describe('guides in two languages', () => {
  const guides = pages.flatMap((path) => {
    const other = twin(path);
    return other === undefined ? [] : [{ path, other }];
  });

  test('each has its twin', () => {
    expect(
      guides
        .filter(({ other }) => !existsSync(join(houseRoot, other)))
        .map(({ path, other }) => `${path} lacks ${other}`),
    ).toEqual([]);
  });

  test('twins have the same headings in number and depth, and the same pictures and commands', () => {
    const shape = (path: string): object => ({
      headings: [
        ...read(path)
          .replaceAll(/^```.*?^```/gms, '')
          .matchAll(/^(#{1,6})\s/gm),
      ].map((match) => match[1]),
      snippets: [...read(path).matchAll(/^```(\S*)$/gm)].map((match) => match[1]),
    });
    for (const { path, other } of guides.filter((guide) => existsSync(join(houseRoot, guide.other)))) {
      expect({ path, ...shape(path) }).toEqual({ path, ...shape(other) });
    }
  });
});
