import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { useBrowser } from '../support/browser.ts';
import { startHouse, type CastName, type TestHouse } from '../support/house.ts';
import { rooms } from '../../src/web/rooms/index.tsx';

/** What the first screen costs on a branch office's line, and whether every key of the house is told where it works. */

let house: TestHouse;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());

const browser = useBrowser();
/** Bytes of JavaScript, as gzip sends them, before somebody at an office can begin. */
const most = 250_000;

async function signIn(page: Page, who: CastName): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(house.people[who].name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(house.people[who].password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /tháng/ }).waitFor();
  await page.waitForLoadState('networkidle');
}

test('the first screen is under 250 kB of JavaScript, for everybody', async () => {
  const page = await browser.page({ base: house.base });
  const scripts = new Map<string, number>();
  const plain: string[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    const name = new URL(response.url()).pathname;
    // Compressed on the line, not only in this sum.
    if (response.headers()['content-encoding'] !== 'gzip') plain.push(name);
    void response.body().then((body) => scripts.set(name, gzipSync(body, { level: 9 }).length));
  });
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').waitFor();
  await page.waitForLoadState('networkidle');
  const sum = (): number => [...scripts.values()].reduce((all, one) => all + one, 0);
  expect(plain).toEqual([]);
  expect(scripts.size).toBeGreaterThan(1);
  expect([[...scripts], sum() <= most]).toEqual([[...scripts], true]);
  // The door and the first room behind it, whoever comes.
  await signIn(page, 'administrator');
  expect([[...scripts], sum() <= most]).toEqual([[...scripts], true]);
});

/** Besides the letters of the rooms on the rail and every key that the page itself shows. */
const everywhere = ['?', 'g b'];

test.each(['clerk', 'administrator', 'auditor'] as const)(
  'the keys of every room of %s are told under ?',
  async (who) => {
    const page = await browser.page({ base: house.base });
    await page.goto('/');
    await signIn(page, who);
    const rail = page.getByRole('navigation', { name: 'Các phòng' });
    const paths = await rail.getByRole('link').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    const letters = rooms.filter(({ path, letter }) => letter !== undefined && paths.includes(path));
    expect(letters.map(({ path }) => path).sort()).toEqual([...new Set(paths)].sort());
    for (const path of new Set(paths)) {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      const shown = (await page.locator('kbd:visible').allTextContents()).filter((key) => key.length === 1);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.keyboard.press('?');
      const list = page.getByRole('dialog');
      await list.waitFor();
      const told = await list
        .getByRole('rowheader')
        .evaluateAll((all) =>
          all.map((one) => [...one.querySelectorAll('kbd')].map((key) => key.textContent).join(' ')),
        );
      const wanted = [...everywhere, ...letters.map(({ letter }) => `g ${letter ?? ''}`), ...shown];
      expect([path, wanted.filter((key) => !told.includes(key))]).toEqual([path, []]);
      await page.keyboard.press('Escape');
    }
  },
);
