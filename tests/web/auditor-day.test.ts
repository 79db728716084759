import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { readingRoomLines } from '../../src/contract/reading-room.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { pdfOf } from '../ports/reading-machine-pdf.ts';
import { axe, screenshot, useBrowser, type PageOptions } from '../support/browser.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { signedInAt } from '../support/signed-in.ts';

/** An auditor's day: who has read this document, what did this person do, what was refused; never what it says. */

let house: TestHouse;
let recordId = '';
const subject = 'Về việc bổ nhiệm nhân sự chủ chốt';

beforeAll(async () => {
  house = await startHouse();
  const clerk = await house.visit('clerk');
  const receipt = await clerk.received('Quyết định 123.pdf', await pdfOf([['Bổ nhiệm nhân sự chủ chốt']]));
  ({ recordId } = receipt);
  await clerk.register(recordId, {
    subject,
    codeNumber: '123',
    codeNotation: 'QĐ-BTN',
    leadUnitId: house.units.finance,
  });
  const staff = await house.visit('staff');
  for (const q of ['b', 'bo', 'bo nhiem']) await staff.ask(searchLines.search, { query: { q } });
  await staff.ask(registryLines.record, { params: { id: recordId } });
  await clerk.call(readingRoomLines.content, { params: { fileId: receipt.fileId }, query: { as: 'attachment' } });
  const stranger = await house.visit('stranger');
  await stranger.call(registryLines.record, { params: { id: recordId } });
}, 120_000);
afterAll(() => house.close());

const browser = useBrowser();

const signedIn = (path: string, options?: PageOptions): Promise<Page> =>
  signedInAt(browser, house, 'auditor', path, options);

const rows = (page: Page) => page.locator('tbody tr');
const summary = (page: Page) => page.getByRole('status').filter({ hasText: /sự kiện/ });
const reference = (page: Page) => page.getByRole('textbox', { name: 'Số ký hiệu hoặc số đến của văn bản' });

async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}

test('the day at a glance: a sentence, bars that lead into their hour, searches while typing folded into one', async () => {
  const page = await signedIn('/nhat-ky');
  await rows(page).first().waitFor();
  await summary(page).waitFor();
  expect(await summary(page).textContent()).toMatch(/^Ngày \d\d\/\d\d\/\d{4}: \d+ sự kiện, 1 không thành công\.$/);
  const searches = rows(page).filter({ hasText: 'Tra cứu' });
  expect(await searches.count()).toBe(1);
  expect(await searches.textContent()).toContain('×3');
  const refused = rows(page).filter({ hasText: 'Yêu cầu bị từ chối' });
  expect(await refused.textContent()).toContain('Lê Hoàng Yến');
  expect(await axe(page)).toEqual([]);
  await screenshot(page, 'auditor-log');

  // Every bar says its hour and its figures; the one with events leads into it.
  await page.getByRole('button', { name: /: \d+ sự kiện, 1 không thành công$/ }).click();
  await page.getByText(/^Chỉ từ \d\d:00 đến \d\d:00 ngày/).waitFor();
  expect(new URL(page.url()).searchParams.get('gio')).toMatch(/T\d\d:00:00\.000Z$/);
  await refused.waitFor();
  await page.getByRole('button', { name: 'Xem cả khoảng' }).click();

  await page.getByRole('button', { name: 'Xem dạng bảng' }).click();
  await page.getByRole('table', { name: 'Số sự kiện theo thời gian' }).waitFor();
  expect(await axe(page)).toEqual([]);
});

test('who has read 123/QĐ-BTN this month: the number, and one press', async () => {
  const page = await signedIn('/nhat-ky');
  await rows(page).first().waitFor();
  await reference(page).fill('123/QĐ-BTN');
  await page.getByRole('button', { name: 'Tháng này' }).click();
  const readers = page.getByRole('region', { name: 'Ai đã xem' });
  await readers.getByText(/^2 người đã xem trong khoảng này:/).waitFor();
  expect(await readers.getByRole('button').allTextContents()).toEqual(
    expect.arrayContaining(['Nguyễn Đức Anh', 'Trần Thị Mai']),
  );
  expect(await readers.textContent()).toContain('tải về 1 lần');
  // The one who was refused has not read it.
  expect(await readers.textContent()).not.toContain('Lê Hoàng Yến');
  const address = new URL(page.url()).searchParams;
  expect([address.get('reference'), address.get('from')?.slice(-3)]).toEqual(['123/QĐ-BTN', '-01']);
  expect(await axe(page)).toEqual([]);
  await screenshot(page, 'auditor-readers');
});

test('while an answer is asked for anew, what stands there can still be read', async () => {
  const page = await signedIn('/nhat-ky');
  await rows(page).first().waitFor();
  const table = page.locator('table[data-stale]');
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/\/api\/audit/, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Tháng này' }).click();
  await page.locator('table[data-stale="true"]').waitFor();
  expect(await axe(page)).toEqual([]);
  await screenshot(page, 'auditor-waiting');
  answer();
  await page.locator('table[data-stale="false"]').waitFor();
  expect(await table.count()).toBe(1);
});

test('a row opens whole, and leads to all of its person and all on its document; going back undoes it', async () => {
  const page = await signedIn('/nhat-ky');
  const download = rows(page).filter({ hasText: 'Tải tệp gốc' });
  await download.getByRole('button').focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Chi tiết sự kiện' });
  await panel.getByText('123/QĐ-BTN').waitFor();
  expect(await panel.textContent()).toContain('phiên đăng nhập');
  expect(await axe(page)).toEqual([]);
  await screenshot(page, 'auditor-event');

  await panel.getByRole('button', { name: 'Mọi việc của người này' }).click();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('tbody tr')].every((row) => row.textContent.includes('Trần Thị Mai')),
  );
  expect(new URL(page.url()).searchParams.get('personId')).toBe(house.people.clerk.id);
  await panel.getByRole('button', { name: 'Mọi việc trên văn bản này' }).click();
  // The table keeps the last answer's rows until the next is there, so the row says nothing yet: the field does.
  await page.locator('input[value="123/QĐ-BTN"]').waitFor();
  expect(new URL(page.url()).searchParams.get('recordId')).toBe(recordId);
  await rows(page).filter({ hasText: 'Đăng ký văn bản' }).waitFor();
  expect(await reference(page).inputValue()).toBe('123/QĐ-BTN');
  await page.goBack();
  await page.waitForFunction(() => location.search.includes('personId'));

  await page
    .getByRole('complementary', { name: 'Chi tiết sự kiện' })
    .getByRole('button', { name: 'Đóng chi tiết' })
    .click();
  await panel.waitFor({ state: 'detached' });
});

test('filters by person, action and outcome narrow the table and stand in the address', async () => {
  const page = await signedIn('/nhat-ky');
  await rows(page).first().waitFor();
  await choose(page, 'Kết quả', 'Không thấy');
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
  expect(await rows(page).textContent()).toContain('Lê Hoàng Yến');
  await choose(page, 'Người', /^Nguyễn Đức Anh/);
  await page.getByText('Không có sự kiện nào khớp').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Bỏ lọc' }).click();
  await choose(page, 'Thao tác', 'Tải tệp gốc');
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
  expect(new URL(page.url()).searchParams.get('action')).toBe('content.downloaded');
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
});

test('the log goes out as CSV, and neither screen nor file says what stands in a document', async () => {
  const page = await signedIn('/nhat-ky');
  await rows(page).filter({ hasText: 'Đăng ký văn bản' }).waitFor();
  // Once a row is open, the panel follows the keys down the table.
  const buttons = page.locator('button[data-row]');
  const last = await buttons.last().getAttribute('data-row');
  await buttons.first().click();
  const panel = page.getByRole('complementary', { name: 'Chi tiết sự kiện' });
  for (let id: string | null = null; id !== last;) {
    id = await page.locator('tr[data-open="true"] button').getAttribute('data-row');
    expect(await panel.textContent()).toContain(`Bản ghi số${id ?? ''}`);
    const shown = (await page.textContent('body')) ?? '';
    expect([subject, 'bo nhiem', 'Quyết định 123.pdf'].filter((secret) => shown.includes(secret))).toEqual([]);
    await page.keyboard.press('ArrowDown');
  }
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Xuất CSV' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^nhat-ky-\d{4}-\d\d-\d\d\.csv$/);
  const csv = readFileSync(await download.path(), 'utf8');
  expect(csv).toContain('123/QĐ-BTN');
  expect([csv.includes(subject), csv.includes('bo nhiem')]).toEqual([false, false]);
});

test('the auditor has no door to search or documents', async () => {
  const page = await signedIn(`/van-ban/${recordId}`);
  await page.getByText('Vai trò của bạn không vào phòng này').waitFor();
  await page.goto('/tra-cuu?q=bo nhiem');
  await page.getByText('Vai trò của bạn không vào phòng này').waitFor();
});

test('by night, on a large screen, in English', async () => {
  const page = await signedIn('/', { colorScheme: 'dark', viewport: { width: 1920, height: 1080 } });
  await page.evaluate(() => localStorage.setItem('vankho.language', 'en'));
  await page.goto('/nhat-ky?reference=123/QĐ-BTN');
  await page.getByRole('region', { name: 'Who has seen it' }).waitFor();
  await rows(page).filter({ hasText: 'Downloaded the original' }).click();
  await page.getByRole('complementary', { name: 'The event whole' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await screenshot(page, 'auditor-dark');
});
