import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { axe, screenshot, useBrowser, type PageOptions } from '../support/browser.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { inEnglish } from '../support/signed-in.ts';

/** The administrator's room: which part stands, the room on the disk, and jobs that gave up. */

let house: TestHouse;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());

const browser = useBrowser();

async function room(options: PageOptions = {}): Promise<Page> {
  const page = await browser.page({ base: house.base, ...options });
  await page.goto('/he-thong');
  await page.getByLabel('Tên đăng nhập').fill(house.people.administrator.name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(house.people.administrator.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Tình trạng hệ thống' }).waitFor();
  await page.getByText('Cả bốn bộ phận đang chạy.').waitFor();
  return page;
}

async function deadJob(said: string): Promise<string> {
  const queue = house.database.pool('vk_queue');
  const { rows } = await queue.query<{ id: string }>(
    `select id::text as id from graphile_worker.add_job('search.index', json_build_object('recordId', $1::text),
       run_at => now() + interval '1 day', max_attempts => 1)`,
    [randomUUID()],
  );
  const id = rows[0]?.id ?? '';
  await queue.query('update graphile_worker._private_jobs set attempts = 1, last_error = $2 where id = $1', [id, said]);
  return id;
}

test('says what stands, what room is left, and lets jobs try again, one or all', async () => {
  const [one] = [await deadJob('store-full'), await deadJob('search engine unavailable'), await deadJob('tên người')];
  const page = await room();
  await page.getByRole('meter', { name: 'Ổ đĩa' }).waitFor();
  await page.getByText(/^Còn .+ trong /u).waitFor();
  await page.getByText(/^Đủ, lúc /u).waitFor();
  for (const why of ['Kho tệp đầy', 'Máy tra cứu không trả lời', /^Lỗi khác/u]) await page.getByText(why).waitFor();
  expect(await page.getByText('tên người').count()).toBe(0);
  await screenshot(page, 'system-room');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: `Thử lại việc ${one}` }).click();
  await page.getByText(`Đã cho việc ${one} thử lại`).waitFor();
  await page.getByText('Kho tệp đầy').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Thử lại tất cả' }).click();
  await page.getByText('Đã cho 2 việc thử lại').waitFor();
  await page.getByText('Không có việc nào bỏ cuộc').waitFor();
});

test('is reached from the rail, from the first page and by keys', async () => {
  const page = await room();
  await page.goto('/');
  await page.getByRole('link', { name: 'Mở tình trạng hệ thống' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('v');
  await page.waitForURL('**/he-thong');
});

test('by night, wide, in English', async () => {
  await deadJob('object store: unavailable');
  const page = await room({ colorScheme: 'dark', viewport: { width: 1920, height: 1080 } });
  await inEnglish(page);
  await page.getByText('The file store did not answer').waitFor();
  await screenshot(page, 'system-room-night-en');
  expect(await axe(page)).toEqual([]);
});
