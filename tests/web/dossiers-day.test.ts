import { readFileSync } from 'node:fs';
import { dossierLines, type PlanCells } from '../../src/contract/dossiers.ts';
import { xlsxOf } from '../../src/web/parts/spreadsheets.ts';
import { planColumns } from '../../src/web/rooms/dossiers/plan-table.ts';
import { axe, screenshot } from '../support/browser.ts';
import { button, dialog, planRows, stands, useDossierOffice, year } from './dossier-office.ts';

/** A year of a matter in a day: the plan is loaded, its dossier opened, filled, put in order, closed and printed. */

const office = useDossierOffice();

const asFile = async (rows: readonly PlanCells[], name: string) => ({
  name,
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: Buffer.from(await (await xlsxOf([{ name: 'Danh mục', columns: planColumns, rows }])).arrayBuffer()),
});

describe('the plan', () => {
  test('is loaded from a spreadsheet by the records officer: each wrong cell is named first', async () => {
    const page = await office.signedIn('/ho-so?xem=danh-muc', 'archivist');
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

    const wrong = planRows.map((row) =>
      row.notation === '02.KHTC' ? { ...row, retention: 'lâu', owner: 'ai đó' } : row,
    );
    await files.setInputFiles(await asFile(wrong, 'sai.xlsx'));
    await page.getByText('2 ô chưa đúng').waitFor();
    await page.getByRole('row', { name: '4 Thời hạn bảo quản lâu ghi Vĩnh viễn hoặc số năm' }).waitFor();
    await page.getByRole('row', { name: '4 Người lập hồ sơ ai đó không có người này' }).waitFor();
    expect(await page.getByRole('button', { name: /^Nạp \d/ }).count()).toBe(0);
    await screenshot(page, 'dossiers-plan-wrong');
    expect(await axe(page)).toEqual([]);

    await page.getByLabel('Văn bản ban hành danh mục').fill('118/QĐ-BTN');
    await files.setInputFiles(await asFile(planRows, 'đúng.xlsx'));
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
    const page = await office.signedIn('/ho-so?xem=danh-muc', 'archivist');
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

  test('changes nothing when it is loaded again; another title is shown beside the one that stands, and corrected', async () => {
    const page = await office.signedIn('/ho-so/nap', 'archivist');
    await page.getByRole('heading', { name: 'Nạp danh mục hồ sơ', level: 1 }).waitFor();
    const files = page.locator('input[type=file]');
    await files.setInputFiles(await asFile(planRows, 'như cũ.xlsx'));
    await page.getByText('Mọi đề mục và hồ sơ trong bảng đều đã có, không có gì thay đổi.').waitFor();
    const titled = (title: string) => planRows.map((row) => (row.notation === '03.PC' ? { ...row, title } : row));
    for (const [title, stood] of [
      ['Góp ý dự thảo luật', 'Góp ý dự thảo nghị định'],
      ['Góp ý dự thảo nghị định', 'Góp ý dự thảo luật'],
    ] as const) {
      await files.setInputFiles(await asFile(titled(title), 'sửa.xlsx'));
      await page.getByRole('row', { name: `6 03.PC ${stood} ${title}` }).waitFor();
      await screenshot(page, 'dossiers-plan-corrections');
      expect(await axe(page)).toEqual([]);
      await page.getByRole('button', { name: `Sửa 1 tiêu đề trong danh mục năm ${String(year)}` }).click();
      await page.getByRole('heading', { name: `Đã nạp danh mục hồ sơ năm ${String(year)}` }).waitFor();
      await page.getByRole('button', { name: 'Nạp bảng khác' }).click();
    }
  });

  test('is narrowed without marks, walked with the arrows, opened with Enter', async () => {
    const page = await office.signedIn('/ho-so?xem=danh-muc', 'archivist');
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
    const page = await office.signedIn('/', 'staff');
    await page.getByText('Bạn không có hồ sơ nào đang lập').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('link', { name: 'Mở phòng hồ sơ' }).click();
    await page.getByRole('treeitem', { name: /02\.KHTC/ }).click();
    await page.getByText('Chưa xác định thời hạn lưu trữ.').waitFor();
    await button(page, 'Mở hồ sơ').click();
    expect(await axe(page)).toEqual([]);
    await dialog(page).getByRole('textbox', { name: 'Thời gian bắt đầu' }).fill('1/1');
    await dialog(page).getByRole('button', { name: 'Mở hồ sơ' }).click();
    await page.getByText(`Hồ sơ đang lập, từ 01/01/${String(year)}.`).waitFor();
    expect(await button(page, 'Kết thúc hồ sơ').isDisabled()).toBe(true);
    await page.getByText('còn thiếu: chưa có văn bản nào; chưa có thời hạn lưu trữ').waitFor();
    await screenshot(page, 'dossiers-empty');
    expect(await axe(page)).toEqual([]);
  });

  test('is filled with several at once, by a key and a search', async () => {
    const page = await office.signedIn(await office.addressOf('02.KHTC'), 'staff');
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
    await stands(page, ['1 318/BTC-NSNN', '2 412/BTC-NSNN']);
    expect(await axe(page)).toEqual([]);
  });

  test('has its order changed with the keys, and the row stays under the fingers', async () => {
    const page = await office.signedIn(await office.addressOf('02.KHTC'), 'staff');
    const first = page.getByRole('link', { name: '318/BTC-NSNN' });
    await first.focus();
    await page.keyboard.press('Alt+ArrowDown');
    await stands(page, ['1 412/BTC-NSNN', '2 318/BTC-NSNN']);
    await page.getByRole('status').filter({ hasText: 'Văn bản ở thứ tự 2' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === '318/BTC-NSNN');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('412/BTC-NSNN');
    await page.waitForLoadState('networkidle');
    await page.reload();
    await stands(page, ['1 412/BTC-NSNN', '2 318/BTC-NSNN']);
    // With the mouse the same is done from the row's own list.
    await button(page, 'Thao tác với 318/BTC-NSNN').click();
    await page.getByRole('menuitem', { name: 'Lên đầu hồ sơ' }).click();
    await stands(page, ['1 318/BTC-NSNN', '2 412/BTC-NSNN']);
  });

  test('has its sheets written where they stand, one row after another', async () => {
    const page = await office.signedIn(await office.addressOf('02.KHTC'), 'staff');
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

  test('who may not see one document in it sees neither it nor a hole', async () => {
    const archivist = await office.visit('archivist');
    const id = (await office.one('02.KHTC')).id;
    await archivist.ask(dossierLines.put, { params: { id }, body: { recordIds: [office.ids.legal], as: 'link' } });
    const { version } = await office.one('02.KHTC');
    await archivist.ask(dossierLines.move, {
      params: { id, recordId: office.ids.legal },
      body: { before: office.ids.guide, version },
    });
    const theirs = await office.signedIn(`/ho-so/${id}`, 'archivist');
    await stands(theirs, []);
    const page = await office.signedIn(`/ho-so/${id}`, 'staff');
    await stands(page, ['1 318/BTC-NSNN', '2 412/BTC-NSNN']);
    await page.getByRole('tab', { name: 'Văn bản (2)' }).waitFor();
    await page.getByRole('treeitem', { name: /02\.KHTC Lập dự toán ngân sách năm sau 2$/ }).waitFor();
    await page.getByRole('tab', { name: 'Lịch sử' }).click();
    await page.getByText('318/BTC-NSNN: thuộc hồ sơ này').waitFor();
    expect(await page.textContent('main')).not.toMatch(/777|Pháp chế/);
    await archivist.ask(dossierLines.take, {
      params: { id, recordId: office.ids.legal },
      body: { reason: 'Để nhầm hồ sơ' },
    });
  });

  test('is closed with the checklist, and its list comes down as PDF and as a spreadsheet', async () => {
    const page = await office.signedIn(await office.addressOf('02.KHTC'), 'staff');
    await page.getByText('còn thiếu: chưa có thời hạn lưu trữ').waitFor();
    await page.getByRole('tab', { name: 'Thông tin' }).click();
    expect(await axe(page)).toEqual([]);
    await button(page, 'Sửa thông tin').click();
    await dialog(page).getByLabel('Thời hạn lưu trữ').fill('20 năm');
    await dialog(page).getByLabel('Lý do').fill('Theo bảng thời hạn của cơ quan');
    await dialog(page).getByRole('button', { name: 'Lưu thay đổi' }).click();
    await page.getByRole('tab', { name: 'Văn bản (2)' }).click();

    await button(page, 'Kết thúc hồ sơ').click();
    await dialog(page).getByText('Có văn bản trong hồ sơ').waitFor();
    await dialog(page).getByRole('button', { name: 'Kết thúc hồ sơ' }).click();
    expect(await dialog(page).getByText('Cần xác nhận.').count()).toBe(2);
    expect(await axe(page)).toEqual([]);
    await dialog(page).getByRole('checkbox', { name: 'Tiêu đề đúng với nội dung hồ sơ' }).check();
    await dialog(page).getByRole('checkbox', { name: 'Thời hạn lưu trữ đúng với nội dung hồ sơ' }).check();
    await dialog(page)
      .getByRole('textbox', { name: 'Thời gian kết thúc' })
      .fill(`1/1/${String(year)}`);
    await dialog(page).getByLabel('Chứng từ kết thúc').fill('Quyết định giao dự toán số 20/QĐ-BTN');
    await screenshot(page, 'dossiers-close');
    await dialog(page).getByRole('button', { name: 'Kết thúc hồ sơ' }).click();
    await page
      .getByText(
        `Thời hạn lưu trữ: 20 năm, đến hết 31/12/${String(year + 20)}. Việc kết thúc 01/01/${String(year)}, nộp lưu trữ hiện hành chậm nhất 01/01/${String(year + 1)}.`,
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
    const staff = await office.signedIn(await office.addressOf('02.KHTC'), 'staff');
    await staff.getByRole('tab', { name: 'Văn bản (2)' }).waitFor();
    expect(await button(staff, 'Mở lại hồ sơ').count()).toBe(0);
    const page = await office.signedIn(await office.addressOf('02.KHTC'), 'archivist');
    await button(page, 'Mở lại hồ sơ').click();
    await dialog(page).getByLabel('Lý do').fill('Còn một văn bản đến sau');
    expect(await axe(page)).toEqual([]);
    await dialog(page).getByRole('button', { name: 'Mở lại hồ sơ' }).click();
    await button(page, 'Thêm văn bản').waitFor();
  });
});
