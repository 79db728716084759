import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core';

/**
 * A real Chromium for the tests, out of the npm package: nothing to install, root or not. `CHROMIUM_PATH` names another.
 *
 * A page that logs an error, throws, misses a file of its own or asks another host for anything has failed its test,
 * whatever the test itself looked at: `check` throws with the list, and `close` checks once more.
 */
export interface TestBrowser {
  /** A page in a context of its own: its own cookies, 1366x768, Vietnamese, Hanoi time. */
  page(options?: PageOptions): Promise<Page>;
  /** Throws with everything that went wrong on any page since the last check. */
  check(): void;
  /** Closes every page and the browser; throws what `check` would throw. */
  close(): Promise<void>;
}

export interface PageOptions extends Omit<BrowserContextOptions, 'baseURL'> {
  /** The server under test, as `http://127.0.0.1:PORT`. `page.goto('/x')` starts there; no other host may be asked. */
  readonly base?: string;
  /** What this test provokes on purpose, matched against the lines that `check` would print. */
  readonly expected?: readonly RegExp[];
}

const require = createRequire(import.meta.url);

/**
 * Chromium and its libraries, unpacked once for this machine and version. Two test workers start at the same moment,
 * and the package takes a half-written file for a whole one: each unpacks aside, and the first to finish gives the name.
 */
function unpackedChromium(): { executable: string; env: Record<string, string> } {
  const own = process.env['CHROMIUM_PATH'];
  if (own !== undefined && own !== '') return { executable: own, env: {} };

  const manifest = require.resolve('@sparticuz/chromium').replace(/build[/\\]index\.js$/, 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const home = join(tmpdir(), `vankho-chromium-${version}-${process.getuid?.() ?? 0}`);
  if (!existsSync(home)) {
    const aside = mkdtempSync(`${home}.`);
    execFileSync(process.execPath, ['--input-type=module', '-e', unpack], {
      // The runtime's name makes the package bring the libraries that a bare machine lacks (nss, nspr, expat).
      env: {
        ...process.env,
        TMPDIR: aside,
        AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x',
        PACKAGE: require.resolve('@sparticuz/chromium'),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // Its own fonts.conf looks into fixed folders.
    const dirs = ['fonts', '/usr/share/fonts'].map(
      (dir) => `<dir>${dir.startsWith('/') ? dir : join(home, dir)}</dir>`,
    );
    const cache = `<cachedir>${join(home, 'fonts-cache')}</cachedir>`;
    writeFileSync(
      join(aside, 'fonts/fonts.conf'),
      `<?xml version="1.0"?>\n<fontconfig>${dirs.join('')}${cache}</fontconfig>\n`,
    );
    try {
      renameSync(aside, home);
    } catch {
      rmSync(aside, { recursive: true, force: true });
    }
  }
  return {
    executable: join(home, 'chromium'),
    env: { FONTCONFIG_PATH: join(home, 'fonts'), LD_LIBRARY_PATH: join(home, 'al2023/lib') },
  };
}

const unpack = `
  const { pathToFileURL } = await import('node:url');
  const { default: chromium } = await import(pathToFileURL(process.env.PACKAGE).href);
  await chromium.executablePath();
`;

/**
 * The arguments are ours, not the package's: those turn web security off, under which a test of cookies, framing or
 * CSP would prove nothing, and put everything into one process, which dies with the first page.
 */
const args = [
  '--no-sandbox', // root has no other way
  '--no-zygote',
  '--font-render-hinting=none',
  '--disable-gpu',
  '--no-pings',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

export async function openBrowser(): Promise<TestBrowser> {
  const { executable, env } = unpackedChromium();
  const inherited = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const browser = await chromium.launch({
    executablePath: executable,
    headless: true,
    args,
    // Without a locale Chromium gives up the Vietnamese name of a download.
    env: { ...Object.fromEntries(inherited), HOME: tmpdir(), LC_ALL: 'C.UTF-8', ...env },
  });
  const problems: string[] = [];

  function check(): void {
    const found = problems.splice(0);
    if (found.length > 0) throw new Error(`The page was not sound:\n${found.map((one) => `  - ${one}`).join('\n')}`);
  }

  return {
    async page({ base, expected = [], ...options } = {}) {
      const context = await browser.newContext({
        viewport: { width: 1366, height: 768 },
        locale: 'vi-VN',
        timezoneId: 'Asia/Ho_Chi_Minh',
        reducedMotion: 'reduce',
        ...(base === undefined ? {} : { baseURL: base }),
        ...options,
      });
      const page = await context.newPage();
      watch(page, base, (problem) => {
        if (!expected.some((pattern) => pattern.test(problem))) problems.push(problem);
      });
      return page;
    },
    check,
    async close() {
      await browser.close();
      check();
    },
  };
}

function watch(page: Page, base: string | undefined, report: (problem: string) => void): void {
  const home = base === undefined ? undefined : new URL(base).origin;
  page.on('pageerror', (error) => report(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    // Chromium writes this line for every reply of 400 and above; which of them are faults is decided below.
    if (message.text().startsWith('Failed to load resource')) return;
    report(`console error: ${message.text()}`);
  });
  page.context().on('request', (request) => {
    const url = new URL(request.url());
    if (['data:', 'blob:', 'about:'].includes(url.protocol) || url.origin === home) return;
    report(`asked another host: ${request.method()} ${url.origin}${url.pathname}`);
  });
  page.context().on('response', (response) => {
    // A refusal is an answer that the page shows. A fault, or a missing script, style, font or picture, is not.
    const kind = response.request().resourceType();
    const answer = ['fetch', 'xhr', 'document', 'eventsource'].includes(kind);
    const status = response.status();
    if (status >= 500 || (status >= 400 && !answer))
      report(`${status} for ${kind} ${new URL(response.url()).pathname}`);
  });
}

/** One browser for a describe block, opened before its first test; each test fails for what its own pages did wrong. */
export function useBrowser(): Pick<TestBrowser, 'page'> {
  let browser: TestBrowser | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterEach(() => browser?.check());
  afterAll(async () => {
    await browser?.close();
  });
  return {
    page(options) {
      if (browser === undefined) throw new Error('The browser opens in beforeAll: ask for a page inside a test.');
      return browser.page(options);
    },
  };
}

export interface Barrier {
  readonly rule: string;
  readonly impact: string;
  readonly help: string;
  readonly where: readonly string[];
}

interface AxeResults {
  readonly violations: readonly {
    id: string;
    impact: string | null;
    help: string;
    nodes: readonly { target: readonly unknown[] }[];
  }[];
}

/** What axe finds on the page as it stands: WCAG 2.2 A and AA, and axe's own good practice. An empty list is a clean page. */
export async function axe(page: Page, within = 'html'): Promise<readonly Barrier[]> {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const results = await page.evaluate(async (selector) => {
    const { axe: engine } = window as unknown as {
      axe: { run(context: string, options: object): Promise<AxeResults> };
    };
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return engine.run(selector, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
  }, within);
  return results.violations.map((one) => ({
    rule: one.id,
    impact: one.impact ?? 'unknown',
    help: one.help,
    where: one.nodes.map((node) => node.target.map(String).join(' ')),
  }));
}

/** Saves a picture for a person to look at and returns its path: in `VANKHO_PICTURES`, or a folder of the system's temporary one. */
export async function screenshot(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<string> {
  const folder = process.env['VANKHO_PICTURES'] ?? join(tmpdir(), 'vankho-pictures');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, fullPage: options.fullPage ?? false, animations: 'disabled' });
  return path;
}
