import type { Page } from 'playwright-core';
import { axe, screenshot, useBrowser, type PageOptions } from '../support/browser.ts';
import { startHouse, type CastName, type TestHouse } from '../support/house.ts';
import { inEnglish, signedInAt } from '../support/signed-in.ts';
import { pdfOf } from '../ports/reading-machine-pdf.ts';

/** Copies that bear a name, as whoever reads sees them: on the screen, as a file, on paper. */

let house: TestHouse;
let recordId = '';
beforeAll(async () => {
  house = await startHouse();
  const clerk = await house.visit('clerk');
  const lines = ['Kính gửi: Các đơn vị thuộc Bộ', 'Về việc lập dự toán chi sự nghiệp năm 2026'];
  ({ recordId } = await clerk.received('Công văn 318.pdf', await pdfOf([lines, lines])));
  await clerk.register(recordId, { subject: 'Dự toán chi sự nghiệp', leadUnitId: house.units.finance });
}, 120_000);
afterAll(() => house.close());

const browser = useBrowser();

const signedIn = (path: string, who: CastName = 'staff', options?: PageOptions): Promise<Page> =>
  signedInAt(browser, house, who, path, options);

const sheet = (page: Page) => page.getByRole('group', { name: 'Trang 1' });

test('above Công khai staff see, take and print a copy with their name, each under its number', async () => {
  const page = await signedIn(`/van-ban/${recordId}`);
  await page.getByText(/^Đang xem bản sao số \d+\/20\d\d\/NB có tên bạn\./).waitFor();
  await sheet(page).locator('canvas').waitFor();
  expect(await page.getByRole('link', { name: 'Tải tệp gốc' }).count()).toBe(0);
  // What the mark says is not the document's: it is not among the letters that can be found and selected.
  await page.waitForFunction(() => (document.querySelector('[data-page="1"]')?.textContent ?? '').length > 20);
  expect(await sheet(page).textContent()).not.toContain('Bản sao số');
  expect(await axe(page)).toEqual([]);
  await screenshot(page, 'record-copy');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Tải bản sao có tên bạn' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^Công văn 318 - bản sao \d+-20\d\d-NB\.pdf$/);
  await page.getByText(/^Bản sao số \d+\/20\d\d\/NB có tên bạn, đã vào sổ\.$/).waitFor();
  await page.evaluate(() => {
    window.print = () => {
      const pictures = [...document.querySelectorAll<HTMLImageElement>('body > [aria-hidden] > img')];
      document.title = `printed ${String(pictures.length)} ${String(pictures.every((one) => one.naturalWidth > 1000))}`;
    };
  });
  await page.getByRole('button', { name: 'In bản sao' }).click();
  await page.waitForFunction(() => document.title.startsWith('printed'));
  expect(await page.title()).toMatch(/^printed [1-9]\d* true$/);
});

test('looks the same by night, on a large screen and in English', async () => {
  const page = await signedIn(`/van-ban/${recordId}`, 'staff', {
    colorScheme: 'dark',
    viewport: { width: 1920, height: 1080 },
  });
  await inEnglish(page);
  await page.getByText(/^You are looking at copy no\. \d+\/20\d\d\/NB/).waitFor();
  await page.locator('canvas').first().waitFor();
  await screenshot(page, 'record-copy-dark');
  expect(await axe(page)).toEqual([]);
});
