import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from '../../src/contract/index.ts';
import type { Line } from '../../src/contract/line.ts';
import { systemLines } from '../../src/contract/system.ts';
import { apiPage } from '../../src/platform/http/api-page.ts';
import { pageWords } from '../../src/platform/http/api-page-words.ts';
import { houseRoot } from '../house/house-files.ts';
import { axe, openBrowser, screenshot, type TestBrowser } from '../support/browser.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { passerBy } from '../support/visitor.ts';

/** The description of the API for a person: whole, in both languages, without a script, safe to open. */

const lines: readonly Line[] = Object.values(contract).flatMap((room) => Object.values<Line>(room));

let house: TestHouse;
let browser: TestBrowser;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

const page = (language: string) =>
  passerBy(house.base).call(systemLines.apiPage, { headers: { 'accept-language': language } });

test('is open to anyone, runs nothing and asks nobody else', async () => {
  const answer = await page('vi');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain('sandbox');
  expect(policy).not.toContain('script-src');
  expect(answer.text).not.toMatch(/<script|javascript:|\son\w+=|@import|url\(/iu);
  // Its own address stands in the examples; no other host is named.
  const hosts = [...answer.text.matchAll(/https?:\/\/([^/\s"<]+)/gu)].map((match) => match[1]);
  expect(new Set(hosts)).toEqual(new Set([new URL(house.base).host]));
});

test.each(['vi', 'en'] as const)('names every line of the contract, in %s', async (language) => {
  const { text } = await page(language);
  expect(text).toContain(`<html lang="${language}">`);
  const plain = text
    .replaceAll(/<\/?b>/gu, '')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"');
  for (const one of lines) {
    expect(plain).toContain(`>${one.path.replace(/:(\w+)/gu, '{$1}')}</code`);
    expect(plain).toContain(one.title[language]);
  }
  const fields = lines
    .flatMap((one) => [one.params, one.query, one.body])
    .flatMap((shape) => Object.keys(shape?.shape ?? {}));
  for (const field of fields) expect(plain).toContain(`${field}</code>`);
});

test('every group has a sign in both languages', () => {
  const groups = lines
    .map(({ path }) => path.split('/'))
    .map(([, first, second]) => (first === 'api' ? (second ?? '') : 'machine'));
  for (const { groups: signs } of Object.values(pageWords))
    expect(Object.keys(signs).sort()).toEqual([...new Set(groups)].sort());
});

test('escapes whatever it is given, the address it was asked under too', async () => {
  const bad = '"><img src=x onerror=alert(1)>';
  const text = apiPage({
    language: 'vi',
    address: bad,
    document: {
      info: { version: bad },
      paths: {
        [`/api/${bad}`]: {
          get: {
            operationId: bad,
            summary: bad,
            description: bad,
            'x-permission': bad,
            security: [{ token: [bad] }],
            parameters: [{ name: bad, in: 'query', required: true, schema: { enum: [bad], default: bad } }],
            responses: { 200: { content: { [bad]: { schema: { type: 'object', properties: { [bad]: {} } } } } } },
          },
        },
      },
    },
  });
  expect(text).not.toContain('<img');
  expect(text).not.toContain('">&lt;');
  expect(text).toContain('&quot;&gt;&lt;img');
});

test('its colours are those of the client', () => {
  const read = (path: string): string => readFileSync(join(houseRoot, path), 'utf8');
  const colours = (css: string): Record<string, string> =>
    Object.fromEntries([...css.matchAll(/--([a-z0-9-]+): (#[0-9a-f]+);/gu)].map(([, name, value]) => [name, value]));
  const tokens = read('src/web/styles/tokens.css').split(":root[data-mantine-color-scheme='dark']");
  const own = read('src/platform/http/api-page.css').split('prefers-color-scheme: dark');
  for (const at of [0, 1]) {
    const mine = colours(own[at] ?? '');
    expect(Object.keys(mine).length).toBeGreaterThan(20);
    expect(colours(tokens[at] ?? '')).toMatchObject(mine);
  }
});

test.each([
  ['by day', { colorScheme: 'light' }],
  ['at night', { colorScheme: 'dark', locale: 'en-GB' }],
  ['on a telephone', { viewport: { width: 390, height: 844 } }],
] as const)('can be read by everybody %s', async (name, options) => {
  // The page forbids every script, the one that looks for barriers too: it is let in here.
  const reader = await browser.page({ base: house.base, bypassCSP: true, ...options });
  await reader.goto('/api');
  for (const id of ['postApiRecordsIdRegistration', 'getApiSearch', 'postApiUploads'])
    await reader.locator(`#${id} > summary`).click();
  await reader.locator('.codes > summary').click();
  expect(await axe(reader)).toEqual([]);
  const width = await reader.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(reader.viewportSize()?.width);
  await screenshot(reader, `api-${name.replaceAll(' ', '-')}`);
  browser.check();
});

test('opens in a browser as it is sent', async () => {
  const reader = await browser.page({ base: house.base });
  const answer = await reader.goto('/api');
  expect(answer?.status()).toBe(200);
  await reader.locator('#getApiSearch > summary').click();
  expect(await reader.locator('#getApiSearch .inside').isVisible()).toBe(true);
  browser.check();
});
