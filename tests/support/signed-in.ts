import type { Page } from 'playwright-core';
import type { PageOptions, TestBrowser } from './browser.ts';
import type { CastName, TestHouse } from './house.ts';

/** Somebody of the cast at a page of the house, signed in already: the form of the door has a test of its own. */
export async function signedInAt(
  browser: Pick<TestBrowser, 'page'>,
  house: TestHouse,
  who: CastName,
  path: string,
  options: PageOptions = {},
): Promise<Page> {
  const { cookie } = await house.visit(who);
  const page = await browser.page({ base: house.base, ...options });
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url: house.base }]);
  await page.goto(path);
  return page;
}

/** The same page in English, as somebody has it who chose that before. */
export async function inEnglish(page: Page): Promise<void> {
  await page.evaluate(() => localStorage.setItem('vankho.language', 'en'));
  await page.reload();
}
