import type { Locator, Page } from 'playwright-core';
import { axe, screenshot, useBrowser, type PageOptions } from '../support/browser.ts';
import { startHouse, type CastName, type TestHouse } from '../support/house.ts';
import { signedInAt } from '../support/signed-in.ts';

/** A day of the administrator: somebody comes, sets a password of their own, is given more, and leaves again. */

let house: TestHouse;
beforeAll(async () => {
  house = await startHouse();
}, 120_000);
afterAll(() => house.close());

const browser = useBrowser();

const signedIn = (who: CastName, path: string, options?: PageOptions): Promise<Page> =>
  signedInAt(browser, house, who, path, options);

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').fill(name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

const dialog = (page: Page): Locator => page.getByRole('dialog');
const panel = (page: Page, name: string): Locator => page.getByRole('complementary', { name, exact: true });
const row = (page: Page, name: string): Locator => page.getByRole('row').filter({ hasText: name });

/** Fills the window for a new person and answers the password that is shown this once. */
async function add(
  page: Page,
  person: { readonly fullName: string; readonly loginName: string; readonly role: string },
): Promise<string> {
  await page.getByRole('button', { name: 'Thêm người' }).click();
  await dialog(page).getByLabel('Họ và tên').fill(person.fullName);
  await dialog(page).getByLabel('Tên đăng nhập').fill(person.loginName);
  await dialog(page).getByRole('checkbox', { name: person.role }).check();
  await dialog(page).getByLabel('Lý do').fill('Quyết định 301/QĐ-BTN');
  await dialog(page).getByRole('button', { name: 'Thêm người' }).click();
  await dialog(page).getByText(`Đã thêm ${person.fullName}. Tên đăng nhập: ${person.loginName}.`).waitFor();
  return dialog(page).getByLabel('Mật khẩu dùng lần đầu').inputValue();
}

test('a new person: the password is shown once, and is worth nothing until it is one of their own', async () => {
  const admin = await signedIn('administrator', '/nguoi');
  await row(admin, 'Trần Thị Mai').waitFor();
  expect(await axe(admin)).toEqual([]);
  await screenshot(admin, 'people-list');
  const given = await add(admin, { fullName: 'Hà Thị Lan', loginName: 'lan.ha', role: 'Chuyên viên' });
  expect(given.length).toBeGreaterThanOrEqual(12);
  expect(await axe(admin)).toEqual([]);
  await admin.getByRole('button', { name: 'Tôi đã cất mật khẩu' }).click();
  await panel(admin, 'Hà Thị Lan').waitFor();
  expect(await admin.content()).not.toContain(given);
  await screenshot(admin, 'people-one');
  expect(await axe(admin)).toEqual([]);

  const page = await browser.page({ base: house.base });
  await signIn(page, 'lan.ha', given);
  await page.getByRole('heading', { level: 1, name: 'Đặt mật khẩu của bạn' }).waitFor();
  await screenshot(page, 'people-given-password');
  expect(await axe(page)).toEqual([]);
  // Whatever address is asked for, only this page opens.
  await page.goto('/tra-cuu');
  await page.locator('input[name=current]').fill(given);
  const own = 'sông núi nước Nam vua Nam ở';
  const fill = async (next: string): Promise<void> => {
    await page.locator('input[name=next]').fill(next);
    await page.locator('input[name=again]').fill(next);
    await page.getByRole('button', { name: 'Đặt mật khẩu và tiếp tục' }).click();
  };
  await fill('matkhau matkhau 1');
  await page.getByText('Mật khẩu này quá dễ đoán. Hãy chọn một câu khác.').waitFor();
  await fill(own);
  await page.getByRole('navigation', { name: 'Các phòng' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/tra-cuu');

  // The person's own room: this session is marked, and the wrong password is said where it was typed.
  await page.goto('/tai-khoan');
  await page.getByText('phiên này', { exact: true }).waitFor();
  expect(await axe(page)).toEqual([]);
  await screenshot(page, 'people-account');
});

test('a role that needs two persons waits, says so, and can be withdrawn by who asked', async () => {
  const page = await signedIn('administrator', '/nguoi');
  await add(page, { fullName: 'Lê Kiểm Toán', loginName: 'toan.le', role: 'Kiểm tra viên' });
  await page.getByText('Chờ người thứ hai xác nhận vai trò: Kiểm tra viên.').waitFor();
  await page.getByRole('button', { name: 'Tôi đã cất mật khẩu' }).click();
  await page.getByRole('link', { name: /^Chờ người thứ hai/ }).click();
  const waiting = page.getByRole('listitem').filter({ hasText: 'Lê Kiểm Toán' });
  await waiting.getByText('Bạn là người đề nghị: cần một người khác xác nhận.').waitFor();
  expect(await axe(page)).toEqual([]);
  await screenshot(page, 'people-changes');
  await waiting.getByRole('button', { name: /^Rút đề nghị/ }).click();
  await dialog(page).getByLabel('Lý do').fill('Đã có người khác');
  await dialog(page).getByRole('button', { name: 'Rút đề nghị' }).click();
  await waiting.waitFor({ state: 'detached' });
});

test('leaving says first what is left behind; the name stays among those who left', async () => {
  const page = await signedIn('administrator', '/nguoi');
  await row(page, 'Lê Hoàng Yến').getByRole('button').click();
  await panel(page, 'Lê Hoàng Yến').getByRole('button', { name: 'Thôi việc' }).click();
  await dialog(page)
    .getByText(/Để lại cho người khác làm tiếp|Người này không để lại việc gì dở dang/)
    .waitFor();
  // Without a reason nothing is asked.
  await dialog(page).getByRole('button', { name: 'Cho thôi việc' }).click();
  await dialog(page).getByText('Hãy ghi lý do.').waitFor();
  await dialog(page).getByLabel('Lý do').fill('Nghỉ hưu');
  await dialog(page).getByRole('button', { name: 'Cho thôi việc' }).click();
  await panel(page, 'Lê Hoàng Yến').getByText('Đã thôi việc: không còn vai trò và chức danh nào.').waitFor();
  await row(page, 'Lê Hoàng Yến').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Đã thôi việc' }).click();
  await row(page, 'Lê Hoàng Yến').waitFor();
});

test('a unit ends and its people go to the successor; ended ones stand behind a switch', async () => {
  const page = await signedIn('administrator', '/nguoi/don-vi');
  const line = (name: string): Locator => page.getByRole('treeitem', { name: new RegExp(name) });
  await page.getByRole('button', { name: 'Thêm đơn vị' }).click();
  await dialog(page).getByLabel('Tên đơn vị').fill('Vụ Kế hoạch');
  await dialog(page).getByLabel('Chữ viết tắt').fill('KH');
  await dialog(page).getByLabel('Lý do').fill('Nghị định 40');
  await dialog(page).getByRole('button', { name: 'Thêm đơn vị' }).click();
  await panel(page, 'Vụ Kế hoạch').waitFor();

  await line('Vụ Kế hoạch - Tài chính').click();
  await panel(page, 'Vụ Kế hoạch - Tài chính').getByRole('button', { name: 'Kết thúc đơn vị' }).click();
  await dialog(page)
    .getByText(/người của đơn vị sang đơn vị kế tục, giữ nguyên chức danh/)
    .waitFor();
  await dialog(page).getByRole('combobox', { name: 'Đơn vị kế tục' }).click();
  await page.getByRole('option', { name: 'KH · Vụ Kế hoạch' }).click();
  await dialog(page).getByLabel('Lý do').fill('Nghị định 40');
  await dialog(page).getByRole('button', { name: 'Kết thúc đơn vị' }).click();
  await panel(page, 'Vụ Kế hoạch - Tài chính')
    .getByText(/^Đã kết thúc từ/)
    .waitFor();
  await line('đã kết thúc → Vụ Kế hoạch').waitFor();
  expect(await axe(page)).toEqual([]);
  await screenshot(page, 'people-units');

  // By keys: one stop for the whole tree, arrows walk, Escape closes what stands at the right.
  await line('Vụ Pháp chế').focus();
  await page.keyboard.press('Enter');
  await panel(page, 'Vụ Pháp chế').waitFor();
  await page.keyboard.press('Escape');
  await panel(page, 'Vụ Pháp chế').waitFor({ state: 'detached' });
});

test('the room is closed to everybody else', async () => {
  const page = await signedIn('auditor', '/nguoi');
  await page.getByRole('heading', { name: 'Vai trò của bạn không vào phòng này' }).waitFor();
});
