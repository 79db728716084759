import { PDFDocument, StandardFonts } from 'pdf-lib';
import type { Locator, Page } from 'playwright-core';
import { correspondentLines } from '../../src/contract/correspondents.ts';
import { intakeLines } from '../../src/contract/intake.ts';
import { registerLines } from '../../src/contract/registers.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { vietnamDay, type CalendarDate } from '../../src/kernel/dates.ts';
import { axe, screenshot, useBrowser, type PageOptions } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type CastName, type TestHouse } from '../support/house.ts';
import { signedInAt } from '../support/signed-in.ts';

/** Paper and its books: an envelope on Monday, its scan on Tuesday, the leader's hand on Wednesday; old numbers, old names. */

let house: TestHouse;
beforeAll(async () => {
  house = await startHouse();
}, 120_000);
afterAll(() => house.close());

const browser = useBrowser();
const year = Number(vietnamDay(new Date()).slice(0, 4));

const signedIn = (who: CastName, path: string, options?: PageOptions): Promise<Page> =>
  signedInAt(browser, house, who, path, options);

async function scan(words: string): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  pdf.addPage().drawText(words, { font, size: 15, x: 60, y: 700 });
  return Buffer.from(await pdf.save());
}

const dialog = (page: Page): Locator => page.getByRole('dialog');
const field = (page: Page, label: string): Locator => page.getByRole('textbox', { name: label, exact: true });
const given = (page: Page): Locator => page.locator('[data-given-number]');

/** Lets a file fall on the window while a dialog asks for one: it goes there, not into the tray. */
async function drop(page: Page, name: string, words: string): Promise<void> {
  const bytes = [...(await scan(words))];
  const transfer = await page.evaluateHandle(
    (file) => {
      const carried = new DataTransfer();
      carried.items.add(new File([Uint8Array.from(file.bytes)], file.name, { type: 'application/pdf' }));
      return carried;
    },
    { name, bytes },
  );
  for (const event of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('body', event, { dataTransfer: transfer });
  await dialog(page).getByText(name).waitFor();
}

/** A letter of last year's that has no file, put there over the API. */
async function paper(subject: string, issuer: string, takenNumber?: number): Promise<void> {
  const archivist = await house.visit('archivist');
  await archivist.ask(registryLines.registerPaper, {
    body: {
      fields: {
        direction: 'incoming',
        subject,
        issuer,
        paperKind: 'paper',
        arrivalDate: `${String(year - 1)}-12-30` as CalendarDate,
      },
      rank: 1,
      leadUnitId: null,
      supportingUnitIds: [],
      openToAll: true,
      ...(takenNumber === undefined ? {} : { takenNumber }),
    },
  });
}

test('an envelope on Monday, its scan on Tuesday, the leader’s hand on Wednesday', async () => {
  // Monday: an unopened envelope is in the register at once, without a file.
  const page = await signedIn('clerk', '/tiep-nhan');
  await page.getByRole('heading', { name: 'Tiếp nhận văn bản' }).waitFor();
  await page.keyboard.press('p');
  await page.getByRole('heading', { name: 'Số đến 1' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Hãy chọn vật đã nhận.').waitFor();
  await page.getByRole('radio', { name: /Phong bì đề tên, chưa mở/ }).check();
  await field(page, 'Kho').fill('A');
  await field(page, 'Giá').fill('3');
  await field(page, 'Hộp').fill('12');
  await page.getByRole('combobox', { name: 'Tên cơ quan ban hành' }).fill('Bộ Nội vụ');
  await field(page, 'Trích yếu nội dung').fill('Phong bì đề tên Vụ trưởng Vụ KHTC, chưa mở');
  await screenshot(page, 'paper-form');
  expect(await axe(page)).toEqual([]);

  // The browser dies; the form has no draft in the house, and is there all the same.
  await page.close();
  const again = await page.context().newPage();
  await again.goto('/tiep-nhan/ban-giay');
  await again.getByText('Đã lấy lại những gì bạn gõ dở.').waitFor();
  expect(await field(again, 'Hộp').inputValue()).toBe('12');
  await again.keyboard.press('Control+Enter');
  await given(again).waitFor();
  expect(await given(again).textContent()).toBe('1');
  await screenshot(again, 'paper-number');
  expect(await axe(again)).toEqual([]);
  await again.keyboard.press('Enter');
  await again.getByRole('heading', { name: 'Số đến 2' }).waitFor();
  expect(await field(again, 'Hộp').inputValue()).toBe('');

  const clerk = await house.visit('clerk');
  const { entry } = await clerk.ask(registerLines.byNumber, { query: { number: 1, year } });
  expect([entry.withoutFile, entry.subject]).toEqual([true, 'Phong bì đề tên Vụ trưởng Vụ KHTC, chưa mở']);
  await again.goto(`/van-ban/${entry.recordId}`);
  await again.getByText('Bản giấy: kho A, giá 3, hộp 12.').waitFor();
  await again.getByText('Chưa có bản quét.').waitFor();
  await screenshot(again, 'paper-record');
  expect(await axe(again)).toEqual([]);

  // Tuesday: its scan lies in the tray. It finds its document by the number.
  const { recordId } = await clerk.received('scan 0007.pdf', await scan('Noi dung trong phong bi'));
  const fileStage = async () => (await clerk.ask(registryLines.record, { params: { id: recordId } })).files[0]?.stage;
  await eventually(async () => (await fileStage()) === 'ready');
  const setStage = (stage: string): Promise<unknown> =>
    house.database.owner().query('update vankho.record_file set stage = $2 where record_id = $1', [recordId, stage]);
  await setStage('checked');
  await again.goto('/tiep-nhan');
  await again.getByRole('button', { name: 'Gắn vào số đến…: scan 0007.pdf' }).click();
  await again.getByRole('textbox', { name: 'Số đến' }).fill('77');
  await again.getByText(`Không có văn bản nào mang số đến 77 năm ${String(year)} mà bạn được xem.`).waitFor();
  await again.getByRole('textbox', { name: 'Số đến' }).fill('1');
  await dialog(again).getByText('Phong bì đề tên Vụ trưởng Vụ KHTC, chưa mở').waitFor();
  await dialog(again).getByText('Chưa có bản quét nào.').waitFor();
  // It is still being read; its picture comes by itself once it can be drawn.
  await dialog(again).getByText('Chưa có ảnh trang đầu của tệp này').waitFor();
  await setStage('ready');
  await dialog(again).getByRole('img', { name: 'Trang đầu của scan 0007.pdf' }).waitFor();
  await screenshot(again, 'paper-join');
  expect(await axe(again)).toEqual([]);
  await again.keyboard.press('Enter');
  await again.getByText('Đã gắn scan 0007.pdf vào số đến 1').waitFor();
  await again.getByText('Khay đang trống').waitFor();
  await again.goto(`/van-ban/${entry.recordId}`);
  await again
    .getByRole('region', { name: 'Tệp (1)' })
    .getByRole('button', { name: 'scan 0007.pdf', exact: true })
    .waitFor();

  // Wednesday: scanned again, with the leader's handwriting. The first still opens, and is marked as such.
  await again.getByRole('button', { name: 'Thêm bản quét, phiên bản' }).click();
  await drop(again, 'bút phê.pdf', 'Y kien lanh dao');
  await dialog(again).getByRole('button', { name: 'Thêm phiên bản' }).click();
  await dialog(again).getByText('Hãy ghi lý do.').waitFor();
  await dialog(again).getByLabel('Lý do').fill('Quét lại, có bút phê của lãnh đạo');
  await screenshot(again, 'paper-add-version');
  expect(await axe(again)).toEqual([]);
  await dialog(again).getByRole('button', { name: 'Thêm phiên bản' }).click();
  await again.getByText('Đã thêm phiên bản mới').waitFor();
  await again.getByRole('tab', { name: 'Phiên bản (2)' }).click();
  await again.getByText('Quét lại, có bút phê của lãnh đạo').waitFor();
  await screenshot(again, 'paper-versions');
  expect(await axe(again)).toEqual([]);
  await again.getByRole('button', { name: 'Mở phiên bản 1' }).click();
  await again.getByText('Đây là phiên bản 1, không phải bản mới nhất.').waitFor();
  await again.getByRole('region', { name: 'Nội dung tệp scan 0007.pdf' }).waitFor();
  await screenshot(again, 'paper-older-version');
  expect(await axe(again)).toEqual([]);
  await again.getByRole('button', { name: 'Mở bản mới nhất' }).click();
  await again.getByRole('region', { name: 'Nội dung tệp bút phê.pdf' }).waitFor();

  expect((await clerk.ask(intakeLines.tray)).rows).toEqual([]);
  const record = await clerk.ask(registryLines.record, { params: { id: entry.recordId } });
  expect(record.versions.map(({ number, kind }) => [number, kind]).sort()).toEqual([
    [1, 'scan'],
    [2, 'rescan'],
  ]);
  await again.context().close();
});

test('a book that goes on from the earlier system’s numbers takes those below its start, and says which are missing', async () => {
  const page = await signedIn('archivist', '/so-dang-ky');
  await page.getByRole('heading', { name: 'Sổ đăng ký', exact: true }).waitFor();
  // The book that is shown unasked is marked in the list, as any other.
  await page.locator('a[aria-current=page]', { hasText: 'Văn bản đến' }).waitFor();
  // This year's has given a number already: the reason stands beside the button.
  const change = page.getByRole('button', { name: 'Sửa cách đặt sổ' });
  await page.getByText('Sổ đã cấp số nên không đổi được nữa.').waitFor();
  expect(await change.isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Mở sổ' }).click();
  await dialog(page).getByText('Sổ này đã có.').waitFor();
  await dialog(page)
    .getByRole('textbox', { name: 'Năm' })
    .fill(String(year - 1));
  await dialog(page).getByRole('textbox', { name: 'Số bắt đầu' }).fill('28417');
  await dialog(page).getByRole('textbox', { name: 'Hệ thống đã cấp các số nhỏ hơn' }).fill('QLVB');
  await screenshot(page, 'register-set-up');
  expect(await axe(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Mở sổ' }).click();
  await page.getByText('Văn Khố cấp số từ 28417 trở đi. Số nhỏ hơn do QLVB đã cấp và được nhập như cũ.').waitFor();

  await page.getByRole('button', { name: 'Lịch sử' }).click();
  await dialog(page).getByText('Cách đặt sổ chưa đổi lần nào').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Sửa cách đặt sổ' }).click();
  await dialog(page).getByRole('textbox', { name: 'Hệ thống đã cấp các số nhỏ hơn' }).fill('QLVB của Bộ');
  await dialog(page).getByLabel('Lý do').fill('Ghi đủ tên hệ thống');
  await dialog(page).getByRole('button', { name: 'Lưu thay đổi' }).click();
  await page.getByText('Số nhỏ hơn do QLVB của Bộ đã cấp').waitFor();
  await page.getByRole('button', { name: 'Lịch sử' }).click();
  await dialog(page).getByText('Lý do: Ghi đủ tên hệ thống').waitFor();
  await screenshot(page, 'register-history');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Sửa cách đặt sổ' }).click();
  await dialog(page).getByRole('textbox', { name: 'Hệ thống đã cấp các số nhỏ hơn' }).fill('QLVB');
  await dialog(page).getByLabel('Lý do').fill('Tên quen dùng');
  await dialog(page).getByRole('button', { name: 'Lưu thay đổi' }).click();
  await page.getByText('Số nhỏ hơn do QLVB đã cấp').waitFor();

  // A letter of last year: the number of that year's book comes next, or an old one is taken.
  await page.goto('/tiep-nhan/ban-giay');
  await page.getByRole('heading', { name: 'Số đến 2' }).waitFor();
  await field(page, 'Ngày đến').fill(`30/12/${String(year - 1)}`);
  await page.getByRole('heading', { name: 'Số đến 28417' }).waitFor();
  await page.getByRole('radio', { name: /^Văn bản giấy/ }).check();
  await page.getByRole('combobox', { name: 'Tên cơ quan ban hành' }).fill('BTC');
  await field(page, 'Trích yếu nội dung').fill('Công văn cũ của Bộ Tài chính');
  await page.getByRole('button', { name: 'Ghi số đã có' }).click();
  const old = page.getByRole('textbox', { name: 'Số đến (do QLVB cấp)' });
  await old.fill('28417');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Số này sổ tự cấp. Để trống, hoặc ghi số nhỏ hơn của hệ thống cũ.').waitFor();
  await old.fill('28410');
  await page.getByRole('heading', { name: 'Số đến 28410' }).waitFor();
  await screenshot(page, 'paper-old-number');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await given(page).waitFor();
  expect(await given(page).textContent()).toBe('28410');

  await paper('Văn bản trước đó', 'Bộ Tài chính', 28406);
  await paper('Văn bản đầu tiên của kho', 'Bộ Tài chính');
  await page.goto('/so-dang-ky');
  await page
    .getByRole('link', { name: /Văn bản đến/ })
    .nth(1)
    .click();
  await page.getByRole('row', { name: /28410.*Số của hệ thống cũ/ }).waitFor();
  await page.getByRole('cell', { name: 'Từ 28407 đến 28409: QLVB không có' }).waitFor();
  expect(await page.getByRole('columnheader').allTextContents()).toEqual([
    'Ngày đến',
    'Số đến',
    'Tác giả',
    'Số, ký hiệu văn bản',
    'Ngày tháng văn bản',
    'Tên loại và trích yếu nội dung',
    'Đơn vị hoặc người nhận',
    'Ghi chú',
  ]);
  await screenshot(page, 'register-book');
  expect(await axe(page)).toEqual([]);
});

test('two spellings of one body are merged, and search counts one', async () => {
  const page = await signedIn('archivist', '/co-quan-gui-nhan');
  await page.getByRole('heading', { name: 'Cơ quan gửi, nhận' }).waitFor();
  // The rail says where the room belongs.
  await page
    .getByRole('navigation', { name: 'Các phòng' })
    .locator('a[aria-current=page]', { hasText: 'Sổ đăng ký' })
    .waitFor();
  await page.getByRole('textbox', { name: 'Tìm cơ quan' }).fill('bo tai chinh');
  // The list is narrowed once the typing rests; until then it is the one before.
  await page.getByRole('button', { name: 'Bộ Nội vụ', exact: true }).waitFor({ state: 'hidden' });
  await page.locator('table[data-stale=false]').waitFor();
  await page.getByRole('button', { name: 'Bộ Tài chính', exact: true }).click();
  await page.getByRole('complementary', { name: 'Bộ Tài chính' }).getByText('gặp trên văn bản').waitFor();
  await screenshot(page, 'correspondents');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Gộp với cơ quan khác' }).click();
  await dialog(page).getByRole('combobox', { name: 'Gộp với' }).fill('btc');
  await page.getByRole('option', { name: /^BTC/ }).click();
  await dialog(page).getByLabel('Lý do').fill('BTC là chữ viết tắt');
  await screenshot(page, 'correspondents-merge');
  expect(await axe(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Gộp', exact: true }).click();
  await page.getByText('Đã gộp vào Bộ Tài chính').waitFor();

  // A new name from a day on; the old one is still found, and the form says what it is called now.
  await page.getByRole('button', { name: 'Đổi tên' }).click();
  await dialog(page).getByLabel('Tên mới').fill('Bộ Tài chính và Đầu tư');
  await dialog(page).getByRole('button', { name: 'Đổi tên' }).click();
  await page.getByRole('complementary', { name: 'Bộ Tài chính và Đầu tư' }).waitFor();

  const archivist = await house.visit('archivist');
  const list = await archivist.ask(correspondentLines.correspondents, { query: { q: 'btc' } });
  expect(list.rows.map(({ name, records }) => [name, records])).toEqual([['Bộ Tài chính và Đầu tư', 3]]);

  await paper('Văn bản của bộ khác', 'Bộ Nội vụ');
  await page.goto('/tra-cuu?q=v%C4%83n');
  const facet = page.getByRole('region', { name: 'Cơ quan ban hành' });
  await eventually(async () => {
    await page.reload();
    await facet.getByText('Bộ Nội vụ').waitFor({ timeout: 3_000 });
    return true;
  });
  expect(await facet.getByRole('button', { name: /Bộ Tài chính|BTC/, pressed: false }).allTextContents()).toEqual([
    'Bộ Tài chính và Đầu tư3',
    '',
  ]);
});

test('the list comes in from a spreadsheet, every wrong cell named first, and goes out again', async () => {
  const page = await signedIn('archivist', '/co-quan-gui-nhan/nap');
  const files = page.locator('input[type=file]');
  const csv = (text: string) => ({ name: 'cơ quan.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await files.setInputFiles(csv('một,hai\n1,2\n'));
  await page.getByText('cơ quan.csv: không thấy cột Tên cơ quan ở dòng đầu.').waitFor();
  await files.setInputFiles(csv('Mã định danh;Tên cơ quan;Tên khác\nG09;;BYT\n'));
  await page.getByRole('row', { name: '2 Tên cơ quan — cần điền' }).waitFor();
  await screenshot(page, 'correspondents-wrong');
  expect(await axe(page)).toEqual([]);
  await files.setInputFiles(csv('Mã định danh;Tên cơ quan;Tên khác\nG09;Bộ Y tế;BYT, Bộ Y Tế\n'));
  await page.getByRole('button', { name: 'Nạp 1 cơ quan' }).click();
  await page.getByRole('heading', { name: 'Đã nạp' }).waitFor();
  expect(await axe(page)).toEqual([]);
  const out = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Xuất ra XLSX' }).click();
  expect((await out).suggestedFilename()).toBe('co-quan-gui-nhan.xlsx');
});

test('an auditor and a member of staff find none of these rooms', async () => {
  const page = await signedIn('staff', '/so-dang-ky');
  await page.getByRole('heading', { name: 'Vai trò của bạn không vào phòng này' }).waitFor();
  await page.goto('/co-quan-gui-nhan');
  await page.getByRole('heading', { name: 'Vai trò của bạn không vào phòng này' }).waitFor();
});
