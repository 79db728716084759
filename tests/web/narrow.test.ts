import type { Page } from 'playwright-core';
import { dossierLines } from '../../src/contract/dossiers.ts';
import { axe, screenshot, useBrowser } from '../support/browser.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { letter } from '../api/samples.ts';
import { planRows, year } from './dossier-office.ts';

/** Reading and searching on a telephone, 390 by 844: nothing wider than the screen, nothing too small for a finger. */

let house: TestHouse;
let recordId: string;
let dossierId: string;
beforeAll(async () => {
  house = await startHouse();
  const clerk = await house.visit('clerk');
  const receipt = await clerk.received('Công văn.pdf', await letter('Ve viec ra soat ho so', 'trang hai'));
  recordId = receipt.recordId;
  await clerk.register(recordId, {
    subject: 'Về việc rà soát, sắp xếp hồ sơ, tài liệu của cơ quan trước khi nộp vào lưu trữ lịch sử',
    codeNumber: '123',
    codeNotation: 'BTC-QLCS',
    leadUnitId: house.units.finance,
  });
  const archivist = await house.visit('archivist');
  await archivist.ask(dossierLines.load, { body: { year, document: null, rows: planRows, apply: true } });
  const { rows } = await archivist.ask(dossierLines.dossiers, { query: { q: '02.KHTC' } });
  dossierId = rows[0]?.id ?? '';
  const { version } = await archivist.ask(dossierLines.dossier, { params: { id: dossierId } });
  await archivist.ask(dossierLines.open, { params: { id: dossierId }, body: { startDate: null, version } });
  await archivist.ask(dossierLines.put, { params: { id: dossierId }, body: { recordIds: [recordId], as: 'home' } });
});
afterAll(() => house.close());

const browser = useBrowser();
const telephone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** What sticks out to the right of the screen, and what a finger cannot hit (WCAG 2.2, 2.5.8). */
async function faults(page: Page): Promise<{ wide: string[]; small: string[] }> {
  return page.evaluate(() => {
    const name = (one: Element): string =>
      `${one.tagName.toLowerCase()} ${one.getAttribute('aria-label') ?? one.textContent.trim().slice(0, 40)}`;
    const seen = (one: Element): boolean => {
      const box = one.getBoundingClientRect();
      return (
        box.width > 1 && box.height > 1 && one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      );
    };
    const targets = [
      ...document.querySelectorAll('a[href], button, input, select, textarea, [role=button], [role=tab]'),
    ];
    const inText = (one: Element): boolean => getComputedStyle(one).display === 'inline' && one.tagName === 'A';
    return {
      wide:
        document.documentElement.scrollWidth > innerWidth
          ? [...document.body.querySelectorAll('*')]
              .filter((one) => seen(one) && one.getBoundingClientRect().right > innerWidth + 1)
              .map(name)
              .slice(0, 5)
          : [],
      small: targets
        .filter((one) => seen(one) && !inText(one) && !one.matches('[type=checkbox], [type=radio]'))
        .filter((one) => Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height) < 24)
        .map(name),
    };
  });
}

/** Answers what is wrong, so that one run names it all. */
async function unsound(page: Page, picture: string): Promise<object[]> {
  await page.waitForLoadState('networkidle');
  await screenshot(page, picture);
  const { wide, small } = await faults(page);
  const barriers = await axe(page);
  return wide.length + small.length + barriers.length === 0 ? [] : [{ picture, wide, small, barriers }];
}

test('staff signs in, finds and reads on a telephone', async () => {
  const found: object[] = [];
  const page = await browser.page({ base: house.base, ...telephone });
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').waitFor();
  found.push(...(await unsound(page, 'narrow-sign-in')));
  await page.getByLabel('Tên đăng nhập').fill(house.people.staff.name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(house.people.staff.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Bạn cần tìm văn bản nào?' }).waitFor();
  await page.getByRole('link', { name: /02\.KHTC/ }).waitFor();
  found.push(...(await unsound(page, 'narrow-home')));
  await page.goto('/tra-cuu?q=ra+soat');
  const hit = page.getByRole('link', { name: /rà soát, sắp xếp/u }).first();
  await hit.waitFor();
  found.push(...(await unsound(page, 'narrow-search')));
  const firstHit = await hit.boundingBox();
  await page.goto(`/van-ban/${recordId}`);
  const paper = page.locator('canvas').first();
  await paper.waitFor();
  found.push(...(await unsound(page, 'narrow-record')));
  expect(found).toEqual([]);
  const box = await paper.boundingBox();
  expect(box?.x ?? -1).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
  expect(box?.width).toBeGreaterThan(250);
  // What was found is on the first screen.
  expect(firstHit?.y).toBeLessThan(600);
});

test('the plan, and a dossier with the way back to it, stand one after another', async () => {
  const { cookie } = await house.visit('staff');
  const page = await browser.page({ base: house.base, ...telephone });
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url: house.base }]);
  await page.goto('/ho-so');
  const line = page.getByRole('treeitem', { name: /02\.KHTC/ });
  await line.waitFor();
  const found = await unsound(page, 'narrow-plan');
  await line.click();
  const title = page.getByRole('heading', { name: 'Lập dự toán ngân sách năm sau', level: 1 });
  await title.waitFor();
  expect((await title.boundingBox())?.width).toBeGreaterThan(250);
  await line.waitFor({ state: 'hidden' });
  found.push(...(await unsound(page, 'narrow-dossier')));
  expect(found).toEqual([]);
  expect(new URL(page.url()).pathname).toBe(`/ho-so/${dossierId}`);
  await page.getByRole('link', { name: 'Về danh mục hồ sơ' }).click();
  await line.waitFor();
});
