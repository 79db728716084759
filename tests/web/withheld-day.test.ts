import type { Locator, Page } from 'playwright-core';
import { axe, screenshot, useBrowser, type PageOptions } from '../support/browser.ts';
import { startHouse, type CastName, type TestHouse } from '../support/house.ts';
import { inEnglish, signedInAt } from '../support/signed-in.ts';
import { markedLetter } from '../support/marked-letter.ts';

/** A mark is refused at the desk; a registered document is withheld by its number and cleared by two persons. */

let house: TestHouse;
beforeAll(async () => {
  house = await startHouse();
}, 120_000);
afterAll(() => house.close());

const browser = useBrowser();

const signedIn = (who: CastName, path: string, options?: PageOptions): Promise<Page> =>
  signedInAt(browser, house, who, path, options);
const dialog = (page: Page): Locator => page.getByRole('dialog');

test('a letter that bears the mark stays outside, and its line says what to do', async () => {
  const page = await signedIn('clerk', '/tiep-nhan');
  const send = async (name: string, stamp?: string): Promise<void> => {
    const buffer = await markedLetter({ mark: 'TỐI MẬT', ...(stamp === undefined ? {} : { stamp }) });
    await page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'application/pdf', buffer });
  };
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await send('Công văn.pdf');
  const line = page.getByRole('listitem').filter({ hasText: 'Công văn.pdf' });
  await line.getByText('rút cáp mạng của máy tính và máy quét').waitFor();
  // Sent again it would be refused again: only its removal is offered.
  expect(await line.getByRole('button').count()).toBe(1);
  await screenshot(page, 'withheld-refused');
  expect(await axe(page)).toEqual([]);
  await line.getByRole('button').click();
  await send('Đã giải mật.pdf', 'GIẢI MẬT');
  await page.getByRole('alert').getByText('đã nhận và tạm giữ').waitFor();
});

test('the security officer withholds by number and asks, an administrator confirms', async () => {
  const clerk = await house.visit('clerk');
  const { recordId } = await clerk.received('Báo cáo.txt', 'chữ');
  const { arrivalNumber } = await clerk.register(recordId, { subject: 'Báo cáo quý', openToAll: true });
  const name = `Văn bản đến số ${String(arrivalNumber)} năm`;

  const security = await signedIn('security', '/');
  await security.getByRole('link', { name: /Văn bản đang tạm giữ/u }).click();
  await security.getByRole('heading', { level: 1, name: 'Tạm giữ vì dấu mật' }).waitFor();
  await security.getByRole('button', { name: 'Tạm giữ văn bản' }).click();
  await dialog(security).getByRole('button', { name: 'Tạm giữ', exact: true }).click();
  await dialog(security).getByText('Hãy ghi số trong sổ.').waitFor();
  await dialog(security).getByLabel('Số trong sổ').fill(String(arrivalNumber));
  await dialog(security).getByLabel('Lý do').fill('Văn thư báo lúc 9 giờ');
  await screenshot(security, 'withheld-withholding');
  expect(await axe(security)).toEqual([]);
  await dialog(security).getByRole('button', { name: 'Tạm giữ', exact: true }).click();
  const item = security.getByRole('listitem').filter({ hasText: name });
  await item.waitFor();
  expect(await security.content()).not.toContain('Báo cáo quý');
  await item.getByRole('button', { name: 'Đề nghị thôi tạm giữ' }).click();
  await dialog(security).getByLabel('Số quyết định').fill('15/QĐ-BTN');
  await dialog(security).getByLabel('Lý do').fill('Đã đối chiếu bản giấy');
  await screenshot(security, 'withheld-asking');
  await dialog(security).getByRole('button', { name: 'Đề nghị thôi tạm giữ' }).click();
  await item.getByText('Bạn là người đề nghị: cần một người khác xác nhận.').waitFor();
  await screenshot(security, 'withheld-room');
  expect(await axe(security)).toEqual([]);

  const admin = await signedIn('administrator', '/tam-giu');
  const asked = admin.getByRole('listitem').filter({ hasText: '15/QĐ-BTN' });
  await asked.waitFor();
  expect(await asked.getByText(name).count()).toBe(0);
  await asked.getByRole('button', { name: 'Xác nhận' }).click();
  await dialog(admin).getByRole('button', { name: 'Xác nhận' }).click();
  await admin.getByText('Không có văn bản nào đang tạm giữ').waitFor();
  expect(await axe(admin)).toEqual([]);
  const page = await signedIn('clerk', `/van-ban/${recordId}`);
  await page.getByText('Báo cáo quý').first().waitFor();
});

test('whoever is neither finds no such room', async () => {
  const page = await signedIn('staff', '/tam-giu');
  await page.getByRole('navigation', { name: 'Các phòng' }).waitFor();
  expect(await page.getByRole('link', { name: 'Tạm giữ vì dấu mật' }).count()).toBe(0);
});

test('looks the same by night, on a large screen and in English', async () => {
  const page = await signedIn('security', '/tam-giu', {
    colorScheme: 'dark',
    viewport: { width: 1920, height: 1080 },
  });
  await inEnglish(page);
  await page.getByRole('button', { name: 'Withhold a document' }).waitFor();
  await screenshot(page, 'withheld-dark');
  expect(await axe(page)).toEqual([]);
});
