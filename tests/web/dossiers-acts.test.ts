import { dossierLines } from '../../src/contract/dossiers.ts';
import { axe, screenshot } from '../support/browser.ts';
import { inEnglish } from '../support/signed-in.ts';
import { button, dialog, planRows, stands, useDossierOffice, year } from './dossier-office.ts';

/** What happens to a dossier beside its usual way: two at once, documents from elsewhere, doors that stay shut. */

const office = useDossierOffice();

beforeAll(async () => {
  const archivist = await office.visit('archivist');
  await archivist.ask(dossierLines.load, { body: { year, document: null, rows: planRows, apply: true } });
  const staff = await office.visit('staff');
  for (const notation of ['01.KHTC', '02.KHTC']) {
    const { id, version } = await office.one(notation);
    await staff.ask(dossierLines.open, { params: { id }, body: { startDate: null, version } });
  }
  const recordIds = [office.ids.budget, office.ids.guide];
  const { id } = await office.one('02.KHTC');
  await staff.ask(dossierLines.put, { params: { id }, body: { recordIds, as: 'home' } });
});

test('what two persons correct at once is not lost: the later one is told, and what was typed stays', async () => {
  const page = await office.signedIn(`${await office.addressOf('02.KHTC')}?muc=thong-tin`, 'staff');
  await button(page, 'Sửa thông tin').click();
  await dialog(page).getByLabel('Thời hạn lưu trữ').fill('20 năm');
  await dialog(page).getByLabel('Lý do').fill('Theo bảng thời hạn của cơ quan');
  const archivist = await office.visit('archivist');
  const { id, version } = await office.one('02.KHTC');
  await archivist.ask(dossierLines.correct, {
    params: { id },
    body: { fields: { retentionBasis: 'P05-02' }, version, reason: 'Bổ sung căn cứ' },
  });
  await dialog(page).getByRole('button', { name: 'Lưu thay đổi' }).click();
  await dialog(page).getByText('Hồ sơ vừa được người khác thay đổi.').waitFor();
  await dialog(page).getByText('Người khác vừa ghi: P05-02').waitFor();
  expect(await dialog(page).getByLabel('Thời hạn lưu trữ').inputValue()).toBe('20 năm');
  await screenshot(page, 'dossiers-conflict');
  expect(await axe(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Lưu thay đổi' }).click();
  await page.getByText('Thời hạn lưu trữ: 20 năm (P05-02).').waitFor();
  await page.getByRole('tab', { name: 'Lịch sử' }).click();
  await page.getByText('Lý do: Theo bảng thời hạn của cơ quan').waitFor();
  expect(await axe(page)).toEqual([]);
});

test('a document moves here from another home with a reason, and leaves with one', async () => {
  const staff = await office.visit('staff');
  const other = await office.one('01.KHTC');
  await staff.ask(dossierLines.put, { params: { id: other.id }, body: { recordIds: [office.ids.report], as: 'home' } });

  const page = await office.signedIn(await office.addressOf('02.KHTC'), 'staff');
  await button(page, 'Thêm văn bản').click();
  await dialog(page)
    .getByRole('checkbox', { name: /55\/BTC-NSNN/ })
    .check();
  await dialog(page).getByText('đang thuộc hồ sơ 01.KHTC Báo cáo tài chính quý, sẽ chuyển sang đây').waitFor();
  await dialog(page).getByRole('button', { name: 'Thêm 1 văn bản' }).click();
  await dialog(page).getByText('Hãy ghi lý do.').waitFor();
  expect(await axe(page)).toEqual([]);
  await dialog(page).getByLabel('Lý do').fill('Thuộc việc lập dự toán');
  await dialog(page).getByRole('button', { name: 'Thêm 1 văn bản' }).click();
  await stands(page, ['1 318/BTC-NSNN', '2 412/BTC-NSNN', '3 55/BTC-NSNN']);
  expect((await office.one('01.KHTC')).records).toBe(0);

  await button(page, 'Thao tác với 55/BTC-NSNN').click();
  await page.getByRole('menuitem', { name: 'Đưa ra khỏi hồ sơ' }).click();
  await dialog(page).getByLabel('Lý do').fill('Chưa dùng đến');
  expect(await axe(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Đưa ra khỏi hồ sơ' }).click();
  await stands(page, ['1 318/BTC-NSNN', '2 412/BTC-NSNN']);
});

test('is found from the document, which is put in from there as well', async () => {
  const page = await office.signedIn(`/van-ban/${office.ids.report}?muc=ho-so`, 'staff');
  await page.getByText('Văn bản chưa nằm trong hồ sơ nào').waitFor();
  expect(await axe(page)).toEqual([]);
  await button(page, 'Đưa vào hồ sơ…').click();
  await dialog(page)
    .getByRole('radio', { name: /02\.KHTC/ })
    .check();
  expect(await axe(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Đưa vào hồ sơ' }).click();
  await page.getByText('thuộc hồ sơ, văn bản thứ 3').waitFor();
  await screenshot(page, 'dossiers-of-record');
  await page.getByRole('link', { name: '02.KHTC Lập dự toán ngân sách năm sau' }).click();
  await stands(page, ['1 318/BTC-NSNN', '2 412/BTC-NSNN', '3 55/BTC-NSNN']);
});

test('is opened outside the plan for a matter that nobody foresaw', async () => {
  const page = await office.signedIn('/ho-so', 'staff');
  await button(page, 'Thêm vào danh mục').click();
  await page.getByRole('menuitem', { name: 'Mở hồ sơ ngoài danh mục' }).click();
  await dialog(page).getByRole('button', { name: 'Mở hồ sơ' }).click();
  await dialog(page).getByText('Ô này cần điền.').waitFor();
  await dialog(page).getByLabel('Tiêu đề hồ sơ').fill('Khắc phục thiệt hại sau bão');
  await dialog(page).getByLabel('Đề mục').selectOption({ label: 'I. Kế hoạch, tài chính' });
  await dialog(page).getByLabel('Thời hạn lưu trữ').fill('5');
  await page.keyboard.press('Escape');
  await dialog(page).getByRole('button', { name: 'Mở hồ sơ' }).click();
  await page.getByRole('heading', { name: 'Khắc phục thiệt hại sau bão', level: 1 }).waitFor();
  await page.getByText('03.KHTC').first().waitFor();
  expect(await axe(page)).toEqual([]);
  await page.goto('/');
  await page.getByRole('link', { name: /03\.KHTC · Khắc phục thiệt hại sau bão/ }).waitFor();
  await screenshot(page, 'dossiers-home');
  expect(await axe(page)).toEqual([]);
});

test('of another unit, one that never was, and a role without the door', async () => {
  const page = await office.signedIn(await office.addressOf('03.PC'), 'staff');
  await page.getByText('Không có hồ sơ này').waitFor();
  const never = await office.signedIn(`/ho-so/${office.house().people.staff.id}`, 'staff');
  await never.getByText('Không có hồ sơ này').waitFor();
  expect(await never.textContent('section')).toBe(await page.textContent('section'));
  expect(await axe(page)).toEqual([]);
  const auditor = await office.signedIn('/ho-so', 'auditor');
  await auditor.getByText('Vai trò của bạn không vào phòng này').waitFor();
  expect(await axe(auditor)).toEqual([]);
});

test('looks the same by night, on a large screen and in English', async () => {
  const page = await office.signedIn(`${await office.addressOf('02.KHTC')}?xem=danh-muc`, 'archivist', {
    colorScheme: 'dark',
    viewport: { width: 1920, height: 1080 },
  });
  await inEnglish(page);
  await page.getByRole('button', { name: 'Add documents' }).waitFor();
  await stands(page, ['1 318/BTC-NSNN', '2 412/BTC-NSNN', '3 55/BTC-NSNN']);
  await screenshot(page, 'dossiers-dark');
  expect(await axe(page)).toEqual([]);
});

test('its code is offered on the registration form, with its year', async () => {
  const clerk = await office.visit('clerk');
  const { recordId } = await clerk.received('mới.txt', 'Văn bản mới');
  const page = await office.signedIn(`/tiep-nhan/${recordId}`, 'clerk');
  await page.getByText('Thông tin khác').click();
  await page.getByRole('combobox', { name: 'Số và ký hiệu hồ sơ' }).fill('du toan');
  await page.getByRole('option', { name: '02.KHTC Lập dự toán ngân sách năm sau' }).click();
  expect(await page.getByRole('combobox', { name: 'Số và ký hiệu hồ sơ' }).inputValue()).toBe('02.KHTC');
  expect(await page.getByRole('textbox', { name: 'Năm của hồ sơ' }).inputValue()).toBe(String(year));
  expect(await axe(page)).toEqual([]);
});

test('the archive renames a heading, removes an empty one, and finds both in the history of the plan', async () => {
  const archivist = await office.visit('archivist');
  await archivist.ask(dossierLines.addHeading, { body: { year, parentId: null, title: 'Chưa có việc' } });
  const page = await office.signedIn(`/ho-so?xem=danh-muc&nam=${String(year)}`, 'archivist');
  const act = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'Thêm vào danh mục' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await act('Sửa tên đề mục');
  await dialog(page).getByRole('combobox', { name: 'Đề mục' }).selectOption({ label: 'II. Pháp chế' });
  await dialog(page).getByRole('textbox', { name: 'Tên mới' }).fill('Pháp chế, cải cách hành chính');
  await dialog(page).getByRole('button', { name: 'Sửa tên đề mục' }).click();
  await dialog(page).getByText('Hãy ghi lý do.').waitFor();
  await screenshot(page, 'heading-rename');
  expect(await axe(page)).toEqual([]);
  await dialog(page).getByLabel('Lý do').fill('Quyết định sửa đổi danh mục');
  await dialog(page).getByRole('button', { name: 'Sửa tên đề mục' }).click();
  await page.getByRole('treeitem', { name: 'II. Pháp chế, cải cách hành chính' }).waitFor();

  await act('Bỏ đề mục trống');
  expect(await dialog(page).getByRole('combobox', { name: 'Đề mục' }).getByRole('option').allTextContents()).toEqual([
    'III. Chưa có việc',
  ]);
  await dialog(page).getByLabel('Lý do').fill('Năm nay không có việc này');
  await dialog(page).getByRole('button', { name: 'Bỏ đề mục trống' }).click();
  await page.getByRole('treeitem', { name: 'III. Chưa có việc' }).waitFor({ state: 'detached' });

  await act('Lịch sử đề mục');
  await dialog(page).getByText('Lý do: Năm nay không có việc này').waitFor();
  await dialog(page).getByText('Lý do: Quyết định sửa đổi danh mục').waitFor();
  await screenshot(page, 'heading-history');
  expect(await axe(page)).toEqual([]);
});

test('the note of a document is written in its row, and the history keeps what stood there', async () => {
  const staff = await office.visit('staff');
  const { id } = await office.one('01.KHTC');
  await staff.ask(dossierLines.put, { params: { id }, body: { recordIds: [office.ids.guide], as: 'link' } });
  const page = await office.signedIn(await office.addressOf('01.KHTC'), 'staff');
  const noted = async (text: string): Promise<void> => {
    await page
      .getByRole('button', { name: /^Thao tác với / })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Sửa ghi chú' }).click();
    await dialog(page).getByRole('textbox', { name: 'Ghi chú' }).fill(text);
    await dialog(page).getByRole('button', { name: 'Lưu ghi chú' }).click();
    await page.getByRole('row').getByText(text).waitFor();
  };
  await noted('Bản sao');
  await noted('Bản sao y, có chữ ký');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('tab', { name: 'Lịch sử' }).click();
  await page.getByRole('insertion').filter({ hasText: 'Bản sao y, có chữ ký' }).waitFor();
  await page.getByRole('deletion').filter({ hasText: 'Bản sao' }).first().waitFor();
});
