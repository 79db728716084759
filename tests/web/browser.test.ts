import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { axe, openBrowser, screenshot, useBrowser, type TestBrowser } from '../support/browser.ts';

/** The browser of the tests, tested: a harness that misses an error makes every room's test worthless. */

const sound = `<!doctype html><html lang="vi"><head><title>Văn thư</title></head>
  <body><main><h1>Sổ đăng ký văn bản đến</h1><p id="now"></p></main>
  <script src="/s.js"></script></body></html>`;

const pages: Readonly<Record<string, { type: string; body: string; status?: number }>> = {
  '/': { type: 'text/html; charset=utf-8', body: sound },
  '/lax': { type: 'text/html; charset=utf-8', body: sound },
  '/s.js': {
    type: 'text/javascript',
    body: 'document.querySelector("#now").textContent = new Date(0).toLocaleString();',
  },
  '/refused': { type: 'application/problem+json', body: '{}', status: 404 },
  '/fault': { type: 'application/problem+json', body: '{}', status: 500 },
  '/barrier': {
    type: 'text/html',
    body: '<!doctype html><html><body><img src="data:image/png;base64,"></body></html>',
  },
};

let server: Server;
let base = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    const found = pages[request.url ?? ''] ?? { type: 'text/plain', body: '', status: 404 };
    response.writeHead(found.status ?? 200, {
      'content-type': found.type,
      ...(request.url === '/lax' ? {} : { 'content-security-policy': "default-src 'self'; img-src 'self' data:" }),
    });
    response.end(found.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('a sound page', () => {
  const browser = useBrowser();

  test('is Vietnamese, in Hanoi, as large as an office screen, under a strict content policy', async () => {
    const page = await browser.page({ base });
    await page.goto('/');
    expect(await page.textContent('h1')).toBe('Sổ đăng ký văn bản đến');
    expect(await page.textContent('#now')).toBe('08:00:00 1/1/1970');
    expect(page.viewportSize()).toEqual({ width: 1366, height: 768 });
    expect(await page.evaluate(() => navigator.language)).toBe('vi-VN');
    expect(await axe(page)).toEqual([]);
  });

  test('may be refused something', async () => {
    const page = await browser.page({ base });
    await page.goto('/');
    expect(await page.evaluate(async () => (await fetch('/refused')).status)).toBe(404);
  });

  test('has its picture taken', async () => {
    const page = await browser.page({ base });
    await page.goto('/');
    const png = readFileSync(await screenshot(page, 'harness'));
    expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1366, 768]);
  });

  test('two pages share no cookies', async () => {
    const [one, other] = [await browser.page({ base }), await browser.page({ base })];
    await one.goto('/');
    await other.goto('/');
    await one.evaluate(() => (document.cookie = 'who=one'));
    expect(await other.evaluate(() => document.cookie)).toBe('');
  });
});

describe('an unsound page is named', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const cases: Readonly<Record<string, [script: string, named: RegExp]>> = {
    'an error on the console': ["console.error('hỏng')", /console error: hỏng/],
    'an exception': ["setTimeout(() => { throw new Error('rơi'); })", /page error: rơi/],
    'a rejected promise': ["void Promise.reject(new Error('bỏ'))", /page error: bỏ/],
    'another host': [
      "void fetch('http://example.org/font.woff2').catch(() => 0)",
      /asked another host: GET http:\/\/example\.org\/font\.woff2/,
    ],
    'a missing picture': [
      "document.body.append(Object.assign(new Image(), { src: '/gone.png' }))",
      /404 for image \/gone\.png/,
    ],
    'a fault of the server': ["void fetch('/fault')", /500 for fetch \/fault/],
  };

  /** The browser reports when it likes: turns the page's own wheel until it has; jest's time limit ends a silent one. */
  async function reported(page: Page): Promise<string> {
    for (;;) {
      try {
        browser.check();
      } catch (error) {
        return (error as Error).message;
      }
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    }
  }

  test.each(Object.entries(cases))('%s', async (_name, [script, named]) => {
    const page = await browser.page({ base });
    // Under a strict policy Chromium refuses the request itself, and says so on the console.
    await page.goto('/lax');
    await page.evaluate(script);
    expect(await reported(page)).toMatch(named);
    await page.context().close();
  });

  test('but not when the test said that it would come', async () => {
    const page = await browser.page({ base, expected: [/hỏng/] });
    await page.goto('/');
    await page.evaluate("console.error('hỏng'); console.error('khác')");
    const said = await reported(page);
    expect(said).toContain('khác');
    expect(said).not.toContain('hỏng');
  });

  test('and a barrier to a reader of braille is found', async () => {
    const page = await browser.page({ base });
    await page.goto('/barrier');
    expect((await axe(page)).map((barrier) => barrier.rule)).toEqual(
      expect.arrayContaining(['image-alt', 'html-has-lang']),
    );
  });
});
