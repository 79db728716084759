import type { Page } from 'playwright-core';
import { axe, screenshot, useBrowser, type PageOptions } from '../support/browser.ts';
import { startHouse, type CastName, type TestHouse } from '../support/house.ts';

/** The first page of each duty: never empty, only what the duty has, readable by day, by night and by ear. */

let house: TestHouse;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());

const browser = useBrowser();

async function home(who: CastName, options: PageOptions = {}): Promise<Page> {
  const page = await browser.page({ base: house.base, ...options });
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').fill(house.people[who].name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(house.people[who].password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /tháng/ }).waitFor();
  return page;
}

const duties: readonly (readonly [CastName, rooms: readonly string[], there: string])[] = [
  [
    'clerk',
    ['Bàn làm việc', 'Tiếp nhận văn bản', 'Sổ đăng ký', 'Tra cứu', 'Hồ sơ', 'Mã truy cập'],
    'Chờ đăng ký, mới nhận',
  ],
  [
    'archivist',
    ['Bàn làm việc', 'Tiếp nhận văn bản', 'Sổ đăng ký', 'Tra cứu', 'Hồ sơ', 'Mã truy cập'],
    'Chờ đăng ký, mới nhận',
  ],
  ['staff', ['Bàn làm việc', 'Tra cứu', 'Hồ sơ', 'Mã truy cập'], 'Bạn cần tìm văn bản nào?'],
  ['leader', ['Bàn làm việc', 'Tra cứu', 'Hồ sơ', 'Mã truy cập'], 'Bạn cần tìm văn bản nào?'],
  ['auditor', ['Bàn làm việc', 'Nhật ký truy cập', 'Mã truy cập'], 'Nhật ký hôm nay'],
  [
    'administrator',
    ['Bàn làm việc', 'Người và quyền', 'Tạm giữ vì dấu mật', 'Tình trạng hệ thống', 'Mã truy cập'],
    'Tình trạng hệ thống',
  ],
  ['security', ['Bàn làm việc', 'Người và quyền', 'Tạm giữ vì dấu mật', 'Mã truy cập'], 'Người và quyền'],
];

test.each(duties)('%s', async (who, rooms, there) => {
  const page = await home(who);
  await page.getByRole('heading', { name: there }).waitFor();
  const rail = page.getByRole('navigation', { name: 'Các phòng' });
  // The first link is the house's own sign.
  expect((await rail.getByRole('link').allTextContents()).slice(1)).toEqual(rooms);
  await page.waitForLoadState('networkidle');
  await screenshot(page, `home-${who}`);
  expect(await axe(page)).toEqual([]);
});

test.each(['clerk', 'staff', 'auditor', 'administrator'] as const)('%s, by night', async (who) => {
  const page = await home(who, { colorScheme: 'dark', viewport: { width: 1920, height: 1080 } });
  await page.waitForLoadState('networkidle');
  await screenshot(page, `home-${who}-night`);
  expect(await axe(page)).toEqual([]);
});

test('a room that is not for this duty says so; an address that is none says that', async () => {
  const page = await home('staff');
  await page.goto('/nhat-ky');
  await page.getByRole('heading', { name: 'Vai trò của bạn không vào phòng này' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.goto('/khong-co');
  await page.getByRole('heading', { name: 'Không có trang này' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('link', { name: 'Về bàn làm việc' }).click();
  await page.getByRole('heading', { level: 1, name: /tháng/ }).waitFor();
});

test('the search box of staff leads to the search room with the words in the address', async () => {
  const page = await home('staff');
  await page.getByRole('textbox', { name: 'Tra cứu văn bản' }).fill('dự toán 2026');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/tra-cuu' && url.searchParams.get('q') === 'dự toán 2026');
});

test('the first start is over: its page says so and leads to the sign-in', async () => {
  const page = await browser.page({ base: house.base });
  await page.goto('/khoi-dau');
  await page.getByText('Kho đã có quản trị viên').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('link', { name: 'Đến trang đăng nhập' }).click();
  await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
});
