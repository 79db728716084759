import { PDFDocument } from 'pdf-lib';
import type { Page } from 'playwright-core';
import { intakeLines } from '../../src/contract/intake.ts';
import { useBrowser } from '../support/browser.ts';
import { startHouse, type TestHouse } from '../support/house.ts';

/** Files on their way in: few at once, through a bad line, while the clerk walks on. */

let house: TestHouse;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());

const browser = useBrowser();

async function paper(page: number): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  for (let made = 0; made < page; made += 1) pdf.addPage();
  return Buffer.from(await pdf.save());
}

async function desk(): Promise<Page> {
  const page = await browser.page({ base: house.base });
  await page.goto('/tiep-nhan');
  await page.getByLabel('Tên đăng nhập').fill(house.people.clerk.name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(house.people.clerk.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Tiếp nhận văn bản' }).waitFor();
  return page;
}

async function choose(page: Page, names: readonly string[]): Promise<void> {
  const files = await Promise.all(
    names.map(async (name, index) => ({ name, mimeType: 'application/pdf', buffer: await paper(index + 1) })),
  );
  await page.locator('[data-chooser="files"]').setInputFiles(files);
}

async function received(): Promise<readonly string[]> {
  const clerk = await house.visit('clerk');
  return (await clerk.ask(intakeLines.tray)).rows.map(({ fileName }) => fileName).sort();
}

test('five files go two at a time, and go on while the clerk is in another room', async () => {
  const page = await desk();
  let [now, most] = [0, 0];
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  await page.route('**/api/uploads', async (route) => {
    now += 1;
    most = Math.max(most, now);
    await gate;
    const response = await route.fetch();
    now -= 1;
    await route.fulfill({ response });
  });
  const names = ['một.pdf', 'hai.pdf', 'ba.pdf', 'bốn.pdf', 'năm.pdf'];
  await choose(page, names);
  await page.getByRole('link', { name: 'Đang tải 5 tệp' }).waitFor();
  await page.getByRole('link', { name: 'Tra cứu', exact: true }).click();
  await page.waitForURL('**/tra-cuu');
  open();
  await page.getByRole('link', { name: /Đang tải/ }).waitFor({ state: 'hidden' });
  expect(most).toBe(2);
  expect(await received()).toEqual(names.sort());
});

test('a file cut off by the line is sent again under the same key, and stands in the tray once', async () => {
  const page = await desk();
  const keys: (string | undefined)[] = [];
  await page.route('**/api/uploads', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    // The first time the file arrives and the answer is lost: the worst case for whoever counts letters.
    if (keys.length === 1) {
      await route.fetch();
      await route.abort('connectionreset');
    } else await route.continue();
  });
  await choose(page, ['mất trả lời.pdf']);
  await page.getByRole('alert').getByText('Hãy kiểm tra dây mạng').waitFor();
  await page.getByRole('button', { name: 'Tải lại mất trả lời.pdf' }).click();
  await page.getByRole('button', { name: 'Tải lại mất trả lời.pdf' }).waitFor({ state: 'hidden' });
  expect(keys).toHaveLength(2);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[1]).toBe(keys[0]);
  expect((await received()).filter((name) => name === 'mất trả lời.pdf')).toHaveLength(1);
});

test('what the house will not keep says why, and may be taken off the list', async () => {
  const page = await desk();
  await page.locator('[data-chooser="files"]').setInputFiles([
    { name: 'rỗng.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
    { name: 'chương trình.exe', mimeType: '', buffer: Buffer.from('MZ this is a program') },
  ]);
  await page.getByText('Tệp không có nội dung (0 byte).').waitFor();
  await page.getByText('Kho không nhận loại tệp này.').waitFor();
  await page.getByRole('button', { name: 'Tải lại tất cả tệp chưa được' }).waitFor();
  await page.getByRole('button', { name: 'Bỏ rỗng.pdf khỏi danh sách' }).click();
  await page.getByRole('button', { name: 'Bỏ chương trình.exe khỏi danh sách' }).click();
  await page.getByRole('heading', { name: 'Chưa tải được' }).waitFor({ state: 'hidden' });
});
