import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { dossierLines, type PlanCells } from '../../src/contract/dossiers.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { xlsxOf } from '../../src/web/parts/spreadsheets.ts';
import { planColumns } from '../../src/web/rooms/dossiers/plan-table.ts';
import { pdfOf } from '../ports/reading-machine-pdf.ts';
import { axe, screenshot, useBrowser } from '../support/browser.ts';
import { startHouse, type CastName, type TestHouse } from '../support/house.ts';

/** A year of a matter in a day: the plan is loaded, its dossier opened, filled, put in order, closed and printed. */

let house: TestHouse;
const year = new Date().getFullYear();
const ids = { budget: '', guide: '', report: '', legal: '' };

const cells = (some: Partial<PlanCells>): PlanCells => ({
  notation: '',
  numeral: '',
  title: '',
  retention: '',
  owner: '',
  unit: '',
  titleRank: '',
  note: '',
  ...some,
});
const plan = [
  cells({ numeral: 'I', title: 'Kế hoạch, tài chính' }),
  cells({ notation: '01.KHTC', title: 'Báo cáo tài chính quý', retention: '20 năm', owner: 'staff', unit: 'KHTC' }),
  cells({ notation: '02.KHTC', title: 'Lập dự toán ngân sách năm sau', owner: 'staff', unit: 'KHTC' }),
  cells({ numeral: 'II', title: 'Pháp chế' }),
  cells({ notation: '03.PC', title: 'Góp ý dự thảo nghị định', retention: '10', owner: 'stranger', unit: 'PC' }),
];
const asFile = async (rows: readonly PlanCells[], name: string) => ({
  name,
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: Buffer.from(await (await xlsxOf([{ name: 'Danh mục', columns: planColumns, rows }])).arrayBuffer()),
});

beforeAll(async () => {
  house = await startHouse();
  const clerk = await house.visit('clerk');
  const put = async (codeNumber: string, subject: string, unit: 'finance' | 'legal'): Promise<string> => {
    const { recordId } = await clerk.received(`${codeNumber}.pdf`, await pdfOf([[subject]]));
    const { version } = await clerk.ask(registryLines.record, { params: { id: recordId } });
    await clerk.ask(registryLines.register, {
      params: { id: recordId },
      body: {
        fields: {
          direction: 'incoming',
          documentType: 'Công văn',
          codeNumber,
          codeNotation: 'BTC-NSNN',
          issuer: 'Bộ Tài chính',
          issuedDate: `${String(year)}-01-14`,
          subject,
        },
        rank: 1,
        leadUnitId: house.units[unit],
        supportingUnitIds: [],
        openToAll: false,
        version,
      },
    });
    return recordId;
  };
  ids.budget = await put('318', 'Lập dự toán chi sự nghiệp', 'finance');
  ids.guide = await put('412', 'Hướng dẫn lập dự toán', 'finance');
  ids.report = await put('55', 'Báo cáo dự toán của các đơn vị', 'finance');
  ids.legal = await put('777', 'Chuyện riêng của Vụ Pháp chế về dự toán', 'legal');
}, 120_000);
afterAll(() => house.close());

const browser = useBrowser();

async function signedIn(path: string, who: CastName, options: object = {}): Promise<Page> {
  const { cookie } = await house.visit(who);
  const page = await browser.page({ base: house.base, ...options });
  page.setDefaultTimeout(10_000);
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url: house.base }]);
  await page.goto(path);
  return page;
}

async function idOf(notation: string): Promise<string> {
  const { rows } = await (await house.visit('archivist')).ask(dossierLines.dossiers, { query: { q: notation } });
  return rows[0]?.id ?? '';
}
const one = async (notation: string) =>
  (await house.visit('archivist')).ask(dossierLines.dossier, { params: { id: await idOf(notation) } });

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog');
/** The numbers of the documents as they stand in the table. */
const order = (page: Page) => page.locator('tr[data-record] td:nth-child(-n+2)').allTextContents();
const stands = (page: Page, expected: readonly string[]) =>
  page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('tr[data-record] td:nth-child(-n+2)')].map((cell) => cell.textContent).join('|') ===
      wanted,
    expected.join('|'),
  );

describe('the plan', () => {
  test('is loaded from a spreadsheet by the records officer: each wrong cell is named first', async () => {
    const page = await signedIn('/ho-so?xem=danh-muc', 'archivist');
    await page.getByText(`Năm ${String(year)} chưa có danh mục hồ sơ`).waitFor();
    expect(await axe(page)).toEqual([]);
    await button(page, 'Thêm vào danh mục').click();
    await page.getByRole('menuitem', { name: 'Nạp danh mục từ bảng tính' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Nạp danh mục từ bảng tính' }).click();
    await page.getByRole('heading', { name: 'Nạp danh mục hồ sơ', level: 1 }).waitFor();
    const files = page.locator('input[type=file]');

    await files.setInputFiles({ name: 'ghi chú.csv', mimeType: 'text/csv', buffer: Buffer.from('một,hai\n1,2\n') });
    await page.getByText('ghi chú.csv: không thấy danh mục').waitFor();

    const wrong = plan.map((row) => (row.notation === '02.KHTC' ? { ...row, retention: 'lâu', owner: 'ai đó' } : row));
    await files.setInputFiles(await asFile(wrong, 'sai.xlsx'));
    await page.getByText('2 ô chưa đúng').waitFor();
    await page.getByRole('row', { name: '4 Thời hạn bảo quản lâu ghi Vĩnh viễn hoặc số năm' }).waitFor();
    await page.getByRole('row', { name: '4 Người lập hồ sơ ai đó không có người này' }).waitFor();
    expect(await page.getByRole('button', { name: /^Nạp \d/ }).count()).toBe(0);
    await screenshot(page, 'dossiers-plan-wrong');
    expect(await axe(page)).toEqual([]);

    await page.getByLabel('Văn bản ban hành danh mục').fill('118/QĐ-BTN');
    await files.setInputFiles(await asFile(plan, 'đúng.xlsx'));
    await page.getByRole('button', { name: `Nạp 2 đề mục, 3 hồ sơ vào danh mục năm ${String(year)}` }).click();
    await page.getByRole('heading', { name: `Đã nạp danh mục hồ sơ năm ${String(year)}` }).waitFor();
    expect(await axe(page)).toEqual([]);

    await page.getByRole('link', { name: 'Xem danh mục' }).click();
    await page.getByText('Ban hành theo 118/QĐ-BTN').waitFor();
    await page.getByRole('treeitem', { name: /03\.PC Góp ý dự thảo nghị định/ }).waitFor();
    await screenshot(page, 'dossiers-plan');
    expect(await axe(page)).toEqual([]);
  });

  test('is taken out as it was loaded, and a heading is added with the next numeral', async () => {
    const page = await signedIn('/ho-so?xem=danh-muc', 'archivist');
    await button(page, 'Thêm vào danh mục').click();
    const coming = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Xuất danh mục ra CSV' }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toBe(`danh-muc-ho-so-${String(year)}.csv`);
    const lines = readFileSync(await file.path(), 'utf8').split('\r\n');
    expect(lines[0]).toBe(`\ufeff${planColumns.map(([, word]) => word).join(',')}`);
    expect(lines[2]).toBe('01.KHTC,,Báo cáo tài chính quý,20 năm,staff,KHTC,Nội bộ,');

    await button(page, 'Thêm vào danh mục').click();
    await page.getByRole('menuitem', { name: 'Thêm đề mục' }).click();
    await dialog(page).getByLabel('Tên đề mục').fill('Điện lực');
    expect(await axe(page)).toEqual([]);
    await dialog(page).getByRole('button', { name: 'Thêm đề mục' }).click();
    await page.getByRole('treeitem', { name: 'III. Điện lực' }).waitFor();
  });

  test('is narrowed without marks, walked with the arrows, opened with Enter', async () => {
    const page = await signedIn('/ho-so?xem=danh-muc', 'archivist');
    await page.getByRole('treeitem', { name: /01\.KHTC/ }).waitFor();
    await page.keyboard.press('l');
    await page.keyboard.type('du toan');
    await page.getByRole('treeitem', { name: /01\.KHTC/ }).waitFor({ state: 'detached' });
    await page.getByRole('treeitem', { name: 'I. Kế hoạch, tài chính' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Lập dự toán ngân sách năm sau', level: 1 }).waitFor();
    await page.getByRole('textbox', { name: 'Lọc danh mục' }).fill('không đâu');
    await page.getByText('Không có hồ sơ nào khớp “không đâu”').waitFor();
    expect(await axe(page)).toEqual([]);
  });
});

describe('the dossier', () => {
  test('is opened by its keeper from home, and says what keeps it from being closed', async () => {
    const page = await signedIn('/', 'staff');
    await page.getByText('Bạn không có hồ sơ nào đang lập').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('link', { name: 'Mở phòng hồ sơ' }).click();
    await page.getByRole('treeitem', { name: /02\.KHTC/ }).click();
    await page.getByText('Chưa xác định thời hạn lưu trữ.').waitFor();
    await button(page, 'Mở hồ sơ').click();
    expect(await axe(page)).toEqual([]);
    await dialog(page).getByRole('textbox', { name: 'Thời gian bắt đầu' }).fill('2/1');
    await dialog(page).getByRole('button', { name: 'Mở hồ sơ' }).click();
    await page.getByText(`Hồ sơ đang lập, từ 02/01/${String(year)}.`).waitFor();
    expect(await button(page, 'Kết thúc hồ sơ').isDisabled()).toBe(true);
    await page.getByText('còn thiếu: chưa có văn bản nào; chưa có thời hạn lưu trữ').waitFor();
    await screenshot(page, 'dossiers-empty');
    expect(await axe(page)).toEqual([]);
  });

  test('is filled with several at once, by a key and a search', async () => {
    const page = await signedIn(`/ho-so/${await idOf('02.KHTC')}`, 'staff');
    await page.getByText('Hồ sơ chưa có văn bản nào').waitFor();
    await page.keyboard.press('t');
    const box = dialog(page).getByLabel('Tìm văn bản');
    await box.fill('du toan');
    await dialog(page).getByText('3 kết quả').waitFor();
    await dialog(page)
      .getByRole('checkbox', { name: /318\/BTC-NSNN/ })
      .check();
    await dialog(page)
      .getByRole('checkbox', { name: /412\/BTC-NSNN/ })
      .check();
    await dialog(page).getByText('Đã chọn 2 văn bản').waitFor();
    await screenshot(page, 'dossiers-add');
    expect(await axe(page)).toEqual([]);
    await dialog(page).getByRole('button', { name: 'Thêm 2 văn bản' }).click();
    await stands(page, ['1', '318/BTC-NSNN', '2', '412/BTC-NSNN']);
    expect(await axe(page)).toEqual([]);
  });

  test('has its order changed with the keys, and the row stays under the fingers', async () => {
    const page = await signedIn(`/ho-so/${await idOf('02.KHTC')}`, 'staff');
    const first = page.getByRole('link', { name: '318/BTC-NSNN' });
    await first.focus();
    await page.keyboard.press('Alt+ArrowDown');
    await stands(page, ['1', '412/BTC-NSNN', '2', '318/BTC-NSNN']);
    await page.getByRole('status').filter({ hasText: 'Văn bản ở thứ tự 2' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === '318/BTC-NSNN');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('412/BTC-NSNN');
    await page.waitForLoadState('networkidle');
    await page.reload();
    await stands(page, ['1', '412/BTC-NSNN', '2', '318/BTC-NSNN']);
    // With the mouse the same is done from the row's own list.
    await button(page, 'Thao tác với 318/BTC-NSNN').click();
    await page.getByRole('menuitem', { name: 'Lên đầu hồ sơ' }).click();
    await stands(page, ['1', '318/BTC-NSNN', '2', '412/BTC-NSNN']);
  });

  test('has its sheets written where they stand, one row after another', async () => {
    const page = await signedIn(`/ho-so/${await idOf('02.KHTC')}`, 'staff');
    await button(page, 'Tờ số của 318/BTC-NSNN').click();
    await page.keyboard.type('3-1');
    await page.keyboard.press('Enter');
    await page.getByText('Ghi như 4-9 hoặc 7.').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('1-3');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Tờ số của 412/BTC-NSNN' }).waitFor();
    await page.keyboard.type('4');
    await page.keyboard.press('Enter');
    await button(page, 'Tờ số của 318/BTC-NSNN: 1-3').waitFor();
    await button(page, 'Tờ số của 412/BTC-NSNN: 4').waitFor();
  });

  test('what two persons correct at once is not lost: the later one is told, and what was typed stays', async () => {
    const page = await signedIn(`/ho-so/${await idOf('02.KHTC')}?muc=thong-tin`, 'staff');
    await button(page, 'Sửa thông tin').click();
    await dialog(page).getByLabel('Thời hạn lưu trữ').fill('20 năm');
    await dialog(page).getByLabel('Lý do').fill('Theo bảng thời hạn của cơ quan');
    const archivist = await house.visit('archivist');
    const { id, version } = await one('02.KHTC');
    await archivist.ask(dossierLines.correct, {
      params: { id },
      body: { fields: { retentionBasis: 'P05-02' }, version, reason: 'Bổ sung căn cứ' },
    });
    await dialog(page).getByRole('button', { name: 'Lưu thay đổi' }).click();
    await dialog(page).getByRole('alert').waitFor();
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

  test('who may not see one document in it sees neither it nor a hole', async () => {
    const archivist = await house.visit('archivist');
    const id = await idOf('02.KHTC');
    await archivist.ask(dossierLines.put, { params: { id }, body: { recordIds: [ids.legal], as: 'link' } });
    const { version } = await one('02.KHTC');
    await archivist.ask(dossierLines.move, {
      params: { id, recordId: ids.legal },
      body: { before: ids.guide, version },
    });
    const theirs = await signedIn(`/ho-so/${id}`, 'archivist');
    await stands(theirs, [
      '1',
      '318/BTC-NSNN',
      '2',
      '777/BTC-NSNNliên kết'.replace('liên', ' liên'),
      '3',
      '412/BTC-NSNN',
    ]);
    const page = await signedIn(`/ho-so/${id}`, 'staff');
    await stands(page, ['1', '318/BTC-NSNN', '2', '412/BTC-NSNN']);
    await page.getByRole('tab', { name: 'Văn bản (2)' }).waitFor();
    await page.getByRole('treeitem', { name: /02\.KHTC Lập dự toán ngân sách năm sau 2$/ }).waitFor();
    await page.getByRole('tab', { name: 'Lịch sử' }).click();
    await page.getByText('318/BTC-NSNN: thuộc hồ sơ này').waitFor();
    expect(await page.textContent('main')).not.toMatch(/777|Pháp chế/);
    await archivist.ask(dossierLines.take, {
      params: { id, recordId: ids.legal },
      body: { reason: 'Để nhầm hồ sơ' },
    });
  });

  test('a document moves here from another home with a reason, and leaves with one', async () => {
    const staff = await house.visit('staff');
    const other = await one('01.KHTC');
    await staff.ask(dossierLines.open, { params: { id: other.id }, body: { startDate: null, version: other.version } });
    await staff.ask(dossierLines.put, { params: { id: other.id }, body: { recordIds: [ids.report], as: 'home' } });

    const page = await signedIn(`/ho-so/${await idOf('02.KHTC')}`, 'staff');
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
    await stands(page, ['1', '318/BTC-NSNN', '2', '412/BTC-NSNN', '3', '55/BTC-NSNN']);
    expect((await one('01.KHTC')).records).toBe(0);

    await button(page, 'Thao tác với 55/BTC-NSNN').click();
    await page.getByRole('menuitem', { name: 'Đưa ra khỏi hồ sơ' }).click();
    await dialog(page).getByLabel('Lý do').fill('Chưa dùng đến');
    expect(await axe(page)).toEqual([]);
    await dialog(page).getByRole('button', { name: 'Đưa ra khỏi hồ sơ' }).click();
    await stands(page, ['1', '318/BTC-NSNN', '2', '412/BTC-NSNN']);
  });

  test('is found from the document, which is put in from there as well', async () => {
    const page = await signedIn(`/van-ban/${ids.report}?muc=ho-so`, 'staff');
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
    await stands(page, ['1', '318/BTC-NSNN', '2', '412/BTC-NSNN', '3', '55/BTC-NSNN']);
  });

  test('is closed with the checklist, and its list comes down as PDF and as a spreadsheet', async () => {
    const page = await signedIn(`/ho-so/${await idOf('02.KHTC')}`, 'staff');
    await button(page, 'Kết thúc hồ sơ').click();
    await dialog(page).getByText('Có văn bản trong hồ sơ').waitFor();
    await dialog(page).getByRole('button', { name: 'Kết thúc hồ sơ' }).click();
    expect(await dialog(page).getByText('Cần xác nhận.').count()).toBe(2);
    expect(await axe(page)).toEqual([]);
    await dialog(page).getByRole('checkbox', { name: 'Tiêu đề đúng với nội dung hồ sơ' }).check();
    await dialog(page).getByRole('checkbox', { name: 'Thời hạn lưu trữ đúng với nội dung hồ sơ' }).check();
    await dialog(page)
      .getByRole('textbox', { name: 'Thời gian kết thúc' })
      .fill(`31/1/${String(year)}`);
    await dialog(page).getByLabel('Chứng từ kết thúc').fill('Quyết định giao dự toán số 20/QĐ-BTN');
    await screenshot(page, 'dossiers-close');
    await dialog(page).getByRole('button', { name: 'Kết thúc hồ sơ' }).click();
    await page
      .getByText(
        `Thời hạn lưu trữ: 20 năm (P05-02), đến hết 31/12/${String(year + 20)}. Việc kết thúc 31/01/${String(year)}, nộp lưu trữ hiện hành chậm nhất 31/01/${String(year + 1)}.`,
      )
      .waitFor();
    expect(await button(page, 'Thêm văn bản').count()).toBe(0);
    await screenshot(page, 'dossiers-closed');
    expect(await axe(page)).toEqual([]);

    for (const [name, start] of [
      ['Bản in PDF', '%PDF-'],
      ['Bảng tính XLSX', 'PK'],
    ] as const) {
      await button(page, 'Mục lục văn bản').click();
      const coming = page.waitForEvent('download');
      await page.getByRole('menuitem', { name }).click();
      const bytes = readFileSync(await (await coming).path());
      expect(bytes.subarray(0, start.length).toString('latin1')).toBe(start);
    }
  });

  test('is opened again by the archive alone, with a reason', async () => {
    const staff = await signedIn(`/ho-so/${await idOf('02.KHTC')}`, 'staff');
    await staff.getByRole('tab', { name: 'Văn bản (3)' }).waitFor();
    expect(await button(staff, 'Mở lại hồ sơ').count()).toBe(0);
    const page = await signedIn(`/ho-so/${await idOf('02.KHTC')}`, 'archivist');
    await button(page, 'Mở lại hồ sơ').click();
    await dialog(page).getByLabel('Lý do').fill('Còn một văn bản đến sau');
    expect(await axe(page)).toEqual([]);
    await dialog(page).getByRole('button', { name: 'Mở lại hồ sơ' }).click();
    await button(page, 'Thêm văn bản').waitFor();
  });

  test('is opened outside the plan for a matter that nobody foresaw', async () => {
    const page = await signedIn('/ho-so', 'staff');
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
    const page = await signedIn(`/ho-so/${await idOf('03.PC')}`, 'staff');
    await page.getByText('Không có hồ sơ này').waitFor();
    const never = await signedIn(`/ho-so/${house.people.staff.id}`, 'staff');
    await never.getByText('Không có hồ sơ này').waitFor();
    expect(await never.textContent('section')).toBe(await page.textContent('section'));
    expect(await axe(page)).toEqual([]);
    const auditor = await signedIn('/ho-so', 'auditor');
    await auditor.getByText('Vai trò của bạn không vào phòng này').waitFor();
    expect(await axe(auditor)).toEqual([]);
  });

  test('looks the same by night, on a large screen and in English', async () => {
    const page = await signedIn(`/ho-so/${await idOf('02.KHTC')}?xem=danh-muc`, 'archivist', {
      colorScheme: 'dark',
      viewport: { width: 1920, height: 1080 },
    });
    await page.evaluate(() => localStorage.setItem('vankho.language', 'en'));
    await page.reload();
    await page.getByRole('button', { name: 'Add documents' }).waitFor();
    await stands(page, ['1', '318/BTC-NSNN', '2', '412/BTC-NSNN', '3', '55/BTC-NSNN']);
    await screenshot(page, 'dossiers-dark');
    expect(await axe(page)).toEqual([]);
    expect(await order(page)).toHaveLength(6);
  });
});
