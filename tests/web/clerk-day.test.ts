import { PDFDocument, StandardFonts } from 'pdf-lib';
import type { Page } from 'playwright-core';
import { intakeLines } from '../../src/contract/intake.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { axe, screenshot, useBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';

/** A clerk's morning at the screen: sign in, drop letters, register them without the mouse, and what may go wrong. */

let house: TestHouse;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());

const browser = useBrowser();

async function letter(words: string, pages = 1): Promise<number[]> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  for (let page = 1; page <= pages; page += 1)
    pdf.addPage().drawText(`${words}, trang ${String(page)}`, { font, size: 13, x: 60, y: 700 });
  return [...(await pdf.save())];
}

interface Dropped {
  readonly name: string;
  readonly bytes: readonly number[];
}

/** Lets files fall on the window, as from a folder of the desktop. */
async function drop(page: Page, files: readonly Dropped[]): Promise<void> {
  const transfer = await page.evaluateHandle((list) => {
    const carried = new DataTransfer();
    for (const { name, bytes } of list) carried.items.add(new File([Uint8Array.from(bytes)], name));
    return carried;
  }, files);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

async function signedIn(path: string): Promise<Page> {
  const page = await browser.page({ base: house.base });
  await page.goto(path);
  await page.getByLabel('Tên đăng nhập').fill(house.people.clerk.name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(house.people.clerk.password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Các phòng' }).waitFor();
  return page;
}

/** A draft of this clerk's, put there over the API and read to its end. */
async function draft(name: string): Promise<string> {
  const clerk = await house.visit('clerk');
  return (await clerk.received(name, Uint8Array.from(await letter('Mot van ban')))).recordId;
}

const trayLine = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name.replace('.', '\\.')) });
const given = (page: Page) => page.locator('[data-given-number]');
const issuer = (page: Page) => page.getByRole('combobox', { name: 'Tên cơ quan ban hành' });
const field = (page: Page, label: string) => page.getByRole('textbox', { name: label, exact: true });

test('a wrong password is refused in a sentence; the right one leads back to where the clerk wanted to go', async () => {
  const page = await browser.page({ base: house.base });
  await page.goto('/tiep-nhan');
  await page.getByLabel('Tên đăng nhập').fill(house.people.clerk.name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill('không phải mật khẩu này');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  expect(await page.getByRole('alert').textContent()).toMatch(/Tên đăng nhập hoặc mật khẩu không đúng/);
  expect(await axe(page)).toEqual([]);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(house.people.clerk.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Tiếp nhận văn bản' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/tiep-nhan');
});

test('letters dropped on the window become numbers in the register, without the mouse', async () => {
  const page = await signedIn('/');
  await page.getByRole('heading', { name: /tháng/ }).waitFor();
  expect(await axe(page)).toEqual([]);

  await drop(page, [
    { name: 'Công văn 318.pdf', bytes: await letter('Du toan', 2) },
    { name: 'Giấy mời 140.pdf', bytes: await letter('Hoi nghi') },
    { name: 'hỏng.pdf', bytes: [...Buffer.from('%PDF-1.7 không phải PDF')] },
  ]);
  // From home the desk opens by itself; what was refused says why and may be tried again.
  await page.getByRole('heading', { name: 'Tiếp nhận văn bản' }).waitFor();
  await page.getByText('Tệp bị hỏng').waitFor();
  await page.getByRole('button', { name: 'Tải lại hỏng.pdf' }).waitFor();
  await trayLine(page, 'Công văn 318.pdf').getByText('Đã đọc', { exact: true }).waitFor();
  await trayLine(page, 'Giấy mời 140.pdf').getByText('Đã đọc', { exact: true }).waitFor();
  await screenshot(page, 'clerk-desk');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Bỏ hỏng.pdf khỏi danh sách' }).click();

  await trayLine(page, 'Công văn 318.pdf').getByRole('link', { name: 'Đăng ký' }).press('Enter');
  await page.getByRole('heading', { name: 'Số đến 1' }).waitFor();
  await page.getByRole('img', { name: 'Trang 1' }).waitFor();
  await page.getByText('Trang 1 / 2').waitFor();
  await eventually(() => field(page, 'Số').evaluate((element) => element === document.activeElement));
  await page.keyboard.insertText('318/BTC-NSNN');
  await page.keyboard.type('14022025');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Bộ Tài chính');
  await page.keyboard.press('Alt+6');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('V/v lập dự toán năm 2026');
  await page.keyboard.press('Alt+PageDown');
  await page.getByText('Trang 2 / 2').waitFor();
  expect(await field(page, 'Ngày ban hành').inputValue()).toBe('14/02/2025');
  await screenshot(page, 'clerk-registration');
  expect(await axe(page)).toEqual([]);
  expect(await page.getByRole('combobox', { name: 'Tên loại' }).inputValue()).toBe('Công văn');
  await page.keyboard.press('Control+Enter');

  // The number, large, over the next draft.
  await given(page).waitFor();
  expect(await given(page).textContent()).toBe('1');
  await page.getByRole('heading', { name: 'Số đến 2' }).waitFor();
  await screenshot(page, 'clerk-number');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Ô này cần điền để vào sổ.').waitFor();
  await page.keyboard.type('Bộ Nội vụ');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Tiếp nhận văn bản' }).waitFor();
  expect(await given(page).textContent()).toBe('2');
  await page.getByText('Khay đang trống').waitFor();

  const clerk = await house.visit('clerk');
  const all = await clerk.ask(intakeLines.tray, { query: { state: 'all' } });
  const first = all.rows.find(({ arrivalNumber }) => arrivalNumber === 1);
  const record = await clerk.ask(registryLines.record, { params: { id: first?.recordId ?? '' } });
  expect(record.fields).toMatchObject({
    direction: 'incoming',
    codeNumber: '318',
    codeNotation: 'BTC-NSNN',
    issuedDate: '2025-02-14',
    issuer: 'Bộ Tài chính',
    subject: 'V/v lập dự toán năm 2026',
  });
});

test('a field the register cannot take says so, and nothing is sent', async () => {
  const recordId = await draft('ngày sai.pdf');
  const page = await signedIn(`/tiep-nhan/${recordId}`);
  await field(page, 'Ngày ban hành').fill('30/02/2025');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Ngày không có trong lịch.').waitFor();
  await field(page, 'Ngày ban hành').fill('');
  await field(page, 'Ngày đến').fill('01/01/2099');
  await issuer(page).fill('Bộ Y tế');
  await page.keyboard.press('Control+Enter');
  // This the house says, and it stands at its field.
  await page.getByText('Ngày này chưa đến.').waitFor();
  const clerk = await house.visit('clerk');
  expect((await clerk.ask(registryLines.record, { params: { id: recordId } })).state).toBe('draft');
});

test('a unit that is chosen once more stays chosen', async () => {
  const page = await signedIn(`/tiep-nhan/${await draft('hai lần.pdf')}`);
  const lead = page.getByRole('combobox', { name: 'Đơn vị chủ trì' });
  for (const time of [1, 2]) {
    await lead.fill('ke hoach');
    await page.getByRole('option', { name: /Kế hoạch/ }).click();
    await page.keyboard.press('Tab');
    expect([time, await lead.inputValue()]).toEqual([time, 'Vụ Kế hoạch - Tài chính (KHTC)']);
  }
});

test('work in hand survives a reload, and another clerk who was quicker', async () => {
  const recordId = await draft('hai người.pdf');
  const page = await signedIn(`/tiep-nhan/${recordId}`);
  await field(page, 'Trích yếu nội dung').fill('Trích yếu của người thứ nhất');
  await page.reload();
  await page.getByText('Đã lấy lại những gì bạn gõ dở.').waitFor();
  expect(await field(page, 'Trích yếu nội dung').inputValue()).toBe('Trích yếu của người thứ nhất');

  const other = await house.visit('otherClerk');
  const seen = await other.ask(registryLines.record, { params: { id: recordId } });
  await other.ask(registryLines.correct, {
    params: { id: recordId },
    body: { fields: { subject: 'Trích yếu của người thứ hai', issuer: 'Bộ Công an' }, version: seen.version },
  });
  await issuer(page).fill('Bộ Quốc phòng');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Người khác vừa sửa văn bản này.').waitFor();
  await page.getByText('Bản trong kho vừa đổi thành: Trích yếu của người thứ hai').waitFor();
  expect(await field(page, 'Trích yếu nội dung').inputValue()).toBe('Trích yếu của người thứ nhất');
  await screenshot(page, 'clerk-conflict');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await given(page).waitFor();
  const kept = await other.ask(registryLines.record, { params: { id: recordId } });
  expect([kept.state, kept.fields.subject, kept.fields.issuer]).toEqual([
    'declared',
    'Trích yếu của người thứ nhất',
    'Bộ Quốc phòng',
  ]);
});

test('an annex joins the draft it came with', async () => {
  const recordId = await draft('có phụ lục.pdf');
  const page = await signedIn(`/tiep-nhan/${recordId}`);
  const bytes = Buffer.from(await letter('Phu luc', 3));
  await page.locator('[data-chooser="attachment"]').setInputFiles({ name: 'phụ lục.pdf', mimeType: '', buffer: bytes });
  await page.getByRole('combobox', { name: 'Tệp của văn bản' }).selectOption('phụ lục.pdf');
  await page.getByText('Trang 1 / 3').waitFor();
  expect(await axe(page)).toEqual([]);
});

test('a session that runs out asks for the password and gives the work back; another person finds nothing of it', async () => {
  const recordId = await draft('phiên hết.pdf');
  const page = await signedIn(`/tiep-nhan/${recordId}`);
  await field(page, 'Người ký').fill('Tô Hiến Nghi');
  await page.context().clearCookies();
  await page.keyboard.press('Control+s');
  await page.getByText('Phiên làm việc đã hết.').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByLabel('Tên đăng nhập').fill(house.people.clerk.name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(house.people.clerk.password);
  await page.keyboard.press('Enter');
  await page.getByText('Đã lấy lại những gì bạn gõ dở.').waitFor();
  expect(await field(page, 'Người ký').inputValue()).toBe('Tô Hiến Nghi');

  await page.context().clearCookies();
  await page.keyboard.press('Control+s');
  await page.getByText('Phiên làm việc đã hết.').waitFor();
  await page.getByLabel('Tên đăng nhập').fill(house.people.otherClerk.name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(house.people.otherClerk.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /Số đến/ }).waitFor();
  expect(await field(page, 'Người ký').inputValue()).toBe('');
});

test('a correction of a registered record needs a reason', async () => {
  const recordId = await draft('sửa sau.pdf');
  const clerk = await house.visit('clerk');
  await clerk.register(recordId, { subject: 'Tên cũ', issuer: 'Bộ Y tế' });
  const page = await signedIn(`/tiep-nhan/${recordId}`);
  await page.getByText('Chưa có gì thay đổi để lưu.').waitFor();
  await field(page, 'Trích yếu nội dung').fill('Tên đúng');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Ô này cần điền để vào sổ.').waitFor();
  await field(page, 'Lý do sửa').fill('Gõ nhầm trích yếu');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(`**/van-ban/${recordId}`);
  expect((await clerk.ask(registryLines.record, { params: { id: recordId } })).fields.subject).toBe('Tên đúng');
});

test('a document with a secrecy mark is withheld by one button, and the clerk is told what to do', async () => {
  const recordId = await draft('có dấu.pdf');
  const page = await signedIn(`/tiep-nhan/${recordId}`);
  // Escape closes what lies on top, and only that.
  await page.getByRole('button', { name: 'Mở lịch cho ô Ngày đến' }).click();
  await page.getByRole('dialog', { name: 'Ngày đến' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Văn bản có dấu mật?' }).click();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(new URL(page.url()).pathname).toBe(`/tiep-nhan/${recordId}`);
  await page.getByRole('button', { name: 'Văn bản có dấu mật?' }).click();
  await page.getByRole('button', { name: 'Báo văn bản có dấu mật' }).click();
  await page.getByText('Đã tạm giữ văn bản').waitFor();
  expect(await page.getByRole('dialog').getByRole('listitem').count()).toBeGreaterThanOrEqual(3);
  await screenshot(page, 'clerk-secret');
  await page.getByRole('button', { name: 'Tôi đã đọc' }).click();
  await page.waitForURL('**/tiep-nhan');
  const clerk = await house.visit('clerk');
  expect((await clerk.call(registryLines.record, { params: { id: recordId } })).status).toBe(404);
});

test('keys lead through the house, English is one choice away, and signing out leaves nothing behind', async () => {
  const recordId = await draft('để lại.pdf');
  const page = await signedIn(`/tiep-nhan/${recordId}`);
  await field(page, 'Người ký').fill('Tô Hiến Nghi');
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await page.waitForURL((url) => url.pathname === '/');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Phím dùng được ở đây' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Trần Thị Mai/ }).click();
  await page.getByText('English').click();
  await page.getByRole('navigation', { name: 'Rooms' }).waitFor();
  expect(await page.getAttribute('html', 'lang')).toBe('en');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.evaluate(() => ({ ...sessionStorage }))).toEqual({});
  await page.goto(`/tiep-nhan/${recordId}`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});
