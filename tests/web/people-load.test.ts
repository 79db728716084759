import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTables, tablesFile } from '../../src/web/rooms/people/load-tables.ts';
import { axe, screenshot, useBrowser } from '../support/browser.ts';
import { startHouse, type TestHouse } from '../support/house.ts';

/** A ministry's people come in from one spreadsheet: looked at first, every wrong cell named, then loaded, then out again. */

let house: TestHouse;
let folder: string;
beforeAll(async () => {
  house = await startHouse();
  folder = mkdtempSync(join(tmpdir(), 'vankho-load-'));
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

const browser = useBrowser();

const units = [{ symbol: 'CNTT', name: 'Trung tâm Công nghệ thông tin', nameEn: '', parent: 'VP' }];
const person = {
  loginName: 'huong.nt',
  fullName: 'Nguyễn Thị Hường',
  unit: 'CNTT',
  post: '',
  roles: 'chuyên viên',
  clearance: 'Nội bộ',
};
async function spreadsheet(name: string, people: readonly (typeof person)[]): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, Buffer.from(await (await tablesFile({ units, people })).arrayBuffer()));
  return path;
}

test('an administrator looks, corrects, loads, and takes the tables out again', async () => {
  const page = await browser.page({ base: house.base });
  await page.goto('/nguoi/nap');
  await page.getByLabel('Tên đăng nhập').fill(house.people.administrator.name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(house.people.administrator.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Nạp từ bảng tính' }).waitFor();
  const files = page.locator('input[type=file]');

  await files.setInputFiles({ name: 'ghi chú.csv', mimeType: 'text/csv', buffer: Buffer.from('một,hai\n1,2\n') });
  await page.getByText('ghi chú.csv: không thấy bảng nào').waitFor();

  await files.setInputFiles(await spreadsheet('sai.xlsx', [{ ...person, roles: 'thủ kho' }, person]));
  await page.getByText('2 ô chưa đúng').waitFor();
  await page.getByRole('row', { name: 'Người 2 Vai trò thủ kho không có vai trò này' }).waitFor();
  await page.getByRole('row', { name: 'Người 3 Tên đăng nhập huong.nt đã có ở dòng khác' }).waitFor();
  expect(await page.getByRole('button', { name: /^Nạp / }).count()).toBe(0);
  await screenshot(page, 'people-load-wrong');
  expect(await axe(page)).toEqual([]);

  const second = { ...person, loginName: 'binh.lv', fullName: 'Lê Văn Bình', roles: 'văn thư' };
  await files.setInputFiles(await spreadsheet('đúng.xlsx', [person, second]));
  await page.getByLabel('Lý do, căn cứ').fill('Quyết định số 12/QĐ-TCCB');
  await page.getByRole('button', { name: 'Nạp 1 đơn vị, 2 người' }).click();
  await page.getByRole('heading', { name: 'Đã nạp' }).waitFor();
  await page.getByText('1 quyền chờ người thứ hai').waitFor();
  expect(await page.getByRole('row', { name: /^huong\.nt [a-z2-9-]{19}$/ }).count()).toBe(1);
  await screenshot(page, 'people-loaded');
  expect(await axe(page)).toEqual([]);

  const passwords = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Tải danh sách mật khẩu' }).click();
  const list = readFileSync(await (await passwords).path(), 'utf8');
  expect(list).toMatch(/^\ufeffTên đăng nhập,Mật khẩu\r\nhuong\.nt,[a-z2-9-]{19}\r\nbinh\.lv,[a-z2-9-]{19}\r\n$/);

  await page.getByRole('button', { name: 'Xong' }).click();
  const out = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Xuất ra XLSX' }).click();
  const file = new File([readFileSync(await (await out).path())], 'ra.xlsx');
  const tables = await readTables([file]);
  expect(tables.units).toContainEqual(units[0]);
  expect(tables.people).toContainEqual({
    ...person,
    post: 'officer',
    roles: 'staff',
    clearance: '1',
  });
});
