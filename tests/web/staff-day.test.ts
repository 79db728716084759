import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { pdfOf } from '../ports/reading-machine-pdf.ts';
import { axe, screenshot, useBrowser, type PageOptions } from '../support/browser.ts';
import { startHouse, type CastName, type TestHouse } from '../support/house.ts';
import { signedInAt } from '../support/signed-in.ts';

/** A staff member's day: find a document by half a memory of it, read it at the right page, take the original along. */

let house: TestHouse;
let letter: Buffer;
const ids = { budget: '', picture: '', secret: '', other: '' };
const budgetPages = [
  ['BỘ TÀI CHÍNH', 'Số: 318/BTC-NSNN', 'V/v lập dự toán chi sự nghiệp năm 2026', 'Kính gửi: Bộ Thử nghiệm'],
  ['Trang này nói về dự án và về tính toán.'],
  ['Đề nghị quý Bộ gửi dự toán trước ngày 14 tháng 3.', 'Dự toán chậm không được xem xét.'],
] as const;

beforeAll(async () => {
  house = await startHouse();
  const clerk = await house.visit('clerk');
  const put = async (
    name: string,
    bytes: Uint8Array,
    said: Omit<Parameters<typeof clerk.register>[1], 'leadUnitId'> & { unit: 'finance' | 'legal' },
  ) => {
    const { recordId } = await clerk.received(name, bytes);
    const { unit, ...fields } = said;
    await clerk.register(recordId, { ...fields, leadUnitId: house.units[unit] });
    return recordId;
  };
  letter = await pdfOf(budgetPages);
  ids.budget = await put('Công văn 318.pdf', letter, {
    subject: 'Về việc lập dự toán chi sự nghiệp năm 2026',
    codeNumber: '318',
    codeNotation: 'BTC-NSNN',
    unit: 'finance',
  });
  ids.other = await put('Tờ trình 19.pdf', await pdfOf([['Kế hoạch công tác quý I']]), {
    subject: 'Kế hoạch công tác <script>alert(1)</script> quý I',
    codeNumber: '19',
    codeNotation: 'TTr-VP',
    issuer: 'Văn phòng Chính phủ',
    unit: 'finance',
  });
  ids.picture = await put(
    'sơ đồ.png',
    await sharp({ create: { width: 900, height: 600, channels: 3, background: '#e8eef3' } })
      .png()
      .toBuffer(),
    { subject: 'Sơ đồ phòng họp', codeNumber: '7', codeNotation: 'VP', unit: 'finance', rank: 0 },
  );
  ids.secret = await put('Riêng.pdf', await pdfOf([['Chuyện riêng của vụ khác về dự toán']]), {
    subject: 'Dự toán riêng của Vụ Pháp chế',
    codeNumber: '9',
    codeNotation: 'PC',
    unit: 'legal',
  });
}, 120_000);
afterAll(() => house.close());

const browser = useBrowser();

const signedIn = (path: string, who: CastName = 'staff', options?: PageOptions): Promise<Page> =>
  signedInAt(browser, house, who, path, options);

const box = (page: Page) => page.getByRole('textbox', { name: 'Tìm theo số, trích yếu, nội dung' });
const hits = (page: Page) => page.getByRole('list', { name: 'Văn bản tìm thấy' }).getByRole('link');
/** The line that says how many were found is said only when the answer is there. */
const said = (page: Page, sentence: string) =>
  page
    .getByRole('status')
    .filter({ hasText: new RegExp(`^${sentence}$`) })
    .waitFor();

describe('the search room', () => {
  test('lists the newest, then finds while the words are typed, with marks where they stand', async () => {
    const page = await signedIn('/tra-cuu');
    await said(page, '3 văn bản bạn được xem, mới nhất trước');
    expect(await box(page).evaluate((field) => field === document.activeElement)).toBe(true);

    await page.keyboard.type('du toan');
    await said(page, '1 kết quả');
    const found = hits(page).first();
    expect(await found.textContent()).toContain('318/BTC-NSNN');
    expect(await found.locator('mark').allTextContents()).toContain('dự toán');
    expect(new URL(page.url()).searchParams.get('q')).toBe('du toan');
    // Nothing of another unit's document, not even a count.
    expect(await page.textContent('main')).not.toContain('Pháp chế');
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'staff-search');
  });

  test('a number is found in any spelling, and what is not there is said calmly', async () => {
    const page = await signedIn('/tra-cuu');
    await said(page, '3 văn bản bạn được xem, mới nhất trước');
    await page.keyboard.type('318 btc nsnn');
    await said(page, '1 kết quả');
    await box(page).fill('không đâu có chữ này');
    await page.getByText('Không tìm thấy “không đâu có chữ này”').waitFor();
    expect(await axe(page)).toEqual([]);
  });

  test('filters go on, the other way and off; the address holds them, and going back undoes them', async () => {
    const page = await signedIn('/tra-cuu');
    await said(page, '3 văn bản bạn được xem, mới nhất trước');
    const filter = (name: string) =>
      page.getByRole('complementary', { name: 'Lọc kết quả' }).getByRole('button', { name });

    await filter('Văn phòng Chính phủ 1').click();
    await said(page, '1 văn bản bạn được xem, mới nhất trước');
    expect(new URL(page.url()).searchParams.getAll('issuer')).toEqual(['Văn phòng Chính phủ']);
    // A second value of the same facet can still be chosen beside the first.
    await filter('Bộ Tài chính 2').click();
    await said(page, '3 văn bản bạn được xem, mới nhất trước');

    await page.goBack();
    await said(page, '1 văn bản bạn được xem, mới nhất trước');
    await page.goBack();
    await said(page, '3 văn bản bạn được xem, mới nhất trước');

    await filter('Loại trừ Bộ Tài chính').click();
    await said(page, '1 văn bản bạn được xem, mới nhất trước');
    expect(new URL(page.url()).searchParams.getAll('notIssuer')).toEqual(['Bộ Tài chính']);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Xóa hết' }).click();
    await said(page, '3 văn bản bạn được xem, mới nhất trước');
    expect(new URL(page.url()).search).toBe('');
  });

  test('a day is typed as an office types it, and one that does not exist is refused', async () => {
    const page = await signedIn('/tra-cuu');
    await said(page, '3 văn bản bạn được xem, mới nhất trước');
    const from = page.getByRole('textbox', { name: 'Từ ngày' });
    await from.fill('31/02/2026');
    await page.keyboard.press('Enter');
    await page.getByText('Viết như 05/02/2025.').waitFor();
    expect(new URL(page.url()).searchParams.get('from')).toBeNull();
    await from.fill('5/2/2026');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Bỏ điều kiện từ 05/02/2026' }).waitFor();
    expect(new URL(page.url()).searchParams.get('from')).toBe('2026-02-05');
  });

  test('is walked without the mouse: down to a hit, a quick look, open, and back to the same hits', async () => {
    const page = await signedIn('/tra-cuu?q=dự toán');
    await said(page, '1 kết quả');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    const look = page.getByRole('complementary', { name: 'Xem nhanh' });
    await look.getByRole('img').waitFor();
    await look.getByText('Lượt xem này được ghi vào nhật ký.').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await look.waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Về việc lập dự toán chi sự nghiệp năm 2026' }).waitFor();
    await page.goBack();
    await said(page, '1 kết quả');
    expect(await box(page).inputValue()).toBe('dự toán');
  });

  test('what somebody typed as markup is text', async () => {
    const page = await signedIn('/tra-cuu?q=kế hoạch công tác');
    await said(page, '1 kết quả');
    expect(await hits(page).first().textContent()).toContain('<script>alert(1)</script>');
    await hits(page).first().click();
    await page.getByRole('heading', { name: /<script>alert\(1\)<\/script>/ }).waitFor();
  });

  test('looks the same by night and on a large screen', async () => {
    const page = await signedIn('/tra-cuu?q=dự toán', 'staff', {
      colorScheme: 'dark',
      viewport: { width: 1920, height: 1080 },
    });
    await said(page, '1 kết quả');
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'staff-search-dark');
  });
});

describe('the reading room', () => {
  const sheet = (page: Page, number: number) => page.getByRole('group', { name: `Trang ${String(number)}` });
  /** The match in front, as the sheet it lies on and the words under it. */
  const front = (page: Page) =>
    page.evaluate(() => {
      const mark = document.querySelector('[data-match][data-front="true"]');
      return mark?.closest('[data-page]')?.getAttribute('data-page') ?? null;
    });

  test('opens at the page of the hit with the words marked on the paper, and steps to the next', async () => {
    const page = await signedIn(`/van-ban/${ids.budget}?trang=3&q=dự toán`);
    await sheet(page, 3).locator('[data-match]').first().waitFor();
    // Three times together: `dự án` and `tính toán` of page 2 are not it.
    await page
      .getByRole('status')
      .filter({ hasText: /^2\/3$/ })
      .waitFor();
    expect(await front(page)).toBe('3');
    expect(await sheet(page, 3).locator('canvas').count()).toBe(1);

    await page.getByRole('button', { name: 'Kết quả sau' }).click();
    await page
      .getByRole('status')
      .filter({ hasText: /^3\/3$/ })
      .waitFor();
    await page.getByRole('button', { name: 'Kết quả sau' }).click();
    await page
      .getByRole('status')
      .filter({ hasText: /^1\/3$/ })
      .waitFor();
    await sheet(page, 1).locator('[data-match][data-front="true"]').waitFor();
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'staff-record');
  });

  test('marks lie on their words', async () => {
    const page = await signedIn(`/van-ban/${ids.budget}?q=dự toán`);
    await sheet(page, 1).locator('[data-match]').first().waitFor();
    const [mark, line] = await page.evaluate(() => {
      const box = document.querySelector('[data-page="1"] [data-match]')?.getBoundingClientRect();
      const span = [...document.querySelectorAll('[data-page="1"] .textLayer span')].find((one) =>
        one.textContent.includes('dự toán'),
      );
      return [box?.toJSON(), span?.getBoundingClientRect().toJSON()];
    });
    // `V/v lập dự toán chi sự nghiệp năm 2026`: in Tinos they begin at 0.201 of the line and take 0.187 of it.
    const from = (mark.left - line.left) / line.width;
    expect(from).toBeGreaterThan(0.19);
    expect(from).toBeLessThan(0.21);
    expect(mark.width / line.width).toBeGreaterThan(0.175);
    expect(mark.width / line.width).toBeLessThan(0.2);
    expect(Math.abs(mark.top - line.top)).toBeLessThan(line.height);
  });

  test('words that nowhere stand together are marked each for itself, and the room says so', async () => {
    const page = await signedIn(`/van-ban/${ids.budget}?q=toán chậm trước`);
    await page.getByText('Các từ không đứng liền nhau ở đâu cả').waitFor();
    await page.getByRole('textbox', { name: 'Tìm trong văn bản' }).fill('thủy điện');
    await page
      .getByRole('status')
      .filter({ hasText: /^không có$/ })
      .waitFor();
  });

  test('the letters can be selected, the pages turned and enlarged with keys', async () => {
    const page = await signedIn(`/van-ban/${ids.budget}`);
    await sheet(page, 1).locator('.textLayer span').first().waitFor();
    await page.evaluate(() => {
      const span = document.querySelector('[data-page="1"] .textLayer span');
      if (span) getSelection()?.selectAllChildren(span);
    });
    expect(await page.evaluate(() => String(getSelection()))).toBe('BỘ TÀI CHÍNH');

    await page.getByRole('region', { name: 'Nội dung tệp Công văn 318.pdf' }).focus();
    await page.keyboard.press('ArrowRight');
    const number = page.getByRole('textbox', { name: 'Trang', exact: true });
    await page.waitForFunction(() => location.search.includes('trang=2'));
    expect(await number.inputValue()).toBe('2');
    await number.fill('3');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.search.includes('trang=3'));
    const before = await sheet(page, 3).evaluate((one) => one.getBoundingClientRect().width);
    await page.getByRole('region', { name: 'Nội dung tệp Công văn 318.pdf' }).focus();
    await page.keyboard.press('+');
    await page.waitForFunction(
      (width) => (document.querySelector('[data-page="3"]')?.getBoundingClientRect().width ?? 0) > width,
      before,
    );
    // At a new size the same page stays in front.
    expect(await number.inputValue()).toBe('3');
  });

  test('the original comes down with the bytes and the name it came with', async () => {
    const page = await signedIn(`/van-ban/${ids.budget}`, 'clerk');
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Tải tệp gốc' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe('Công văn 318.pdf');
    expect(readFileSync(await download.path()).equals(letter)).toBe(true);
  });

  test('every tab is clean: text as read, all fields, hashes', async () => {
    const page = await signedIn(`/van-ban/${ids.budget}?q=dự toán`);
    await page.getByRole('tab', { name: 'Chữ đọc được' }).click();
    await page.getByRole('heading', { name: 'Trang 3' }).waitFor();
    expect(await page.locator('main mark').allTextContents()).toEqual(['dự toán', 'dự toán', 'Dự toán']);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Thông tin' }).click();
    await page.getByRole('row', { name: 'Ký hiệu của văn bản BTC-NSNN CodeNotation' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Toàn vẹn' }).click();
    await page.getByText('SHA-512', { exact: true }).waitFor();
    expect(await axe(page)).toEqual([]);
    // A staff member has no right to the history: no door is shown.
    expect(await page.getByRole('tab', { name: 'Lịch sử' }).count()).toBe(0);
  });

  test('the head of the unit sees who changed what', async () => {
    const page = await signedIn(`/van-ban/${ids.budget}?muc=lich-su`, 'leader');
    await page.getByText('Trần Thị Mai, Văn phòng').waitFor();
    await page.getByText('Về việc lập dự toán chi sự nghiệp năm 2026').nth(1).waitFor();
    expect(await axe(page)).toEqual([]);
  });

  test('a picture is shown as it came, and enlarged', async () => {
    const page = await signedIn(`/van-ban/${ids.picture}`);
    const image = page.getByRole('img', { name: 'Ảnh của tệp sơ đồ.png' });
    await page.waitForFunction(() => (document.querySelector('main img')?.getBoundingClientRect().width ?? 0) > 100);
    const before = (await image.boundingBox())?.width ?? 0;
    await page.getByRole('button', { name: 'Phóng to' }).click();
    await page.waitForFunction((width) => (document.querySelector('main img')?.clientWidth ?? 0) > width, before);
    expect(await axe(page)).toEqual([]);
  });

  test('a document of another unit, one that never was, and no address at all look the same', async () => {
    const page = await signedIn(`/van-ban/${ids.secret}`);
    const shown: (string | null)[] = [];
    for (const id of [ids.secret, '01a20bab-256e-72fa-b4c3-7fdf497f6075', 'khong-phai-ma']) {
      await page.goto(`/van-ban/${id}`);
      await page.getByText('Không có văn bản này, hoặc bạn không được xem').waitFor();
      shown.push(await page.textContent('main'));
    }
    expect(new Set(shown).size).toBe(1);
    expect(await axe(page)).toEqual([]);
  });

  test('by night, on a large screen, in English', async () => {
    const page = await signedIn('/', 'staff', { colorScheme: 'dark', viewport: { width: 1920, height: 1080 } });
    await page.evaluate(() => localStorage.setItem('vankho.language', 'en'));
    await page.goto(`/van-ban/${ids.budget}?q=dự toán`);
    await sheet(page, 1)
      .or(page.getByRole('group', { name: 'Page 1' }))
      .locator('[data-match]')
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Download a copy with your name' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'staff-record-dark');
  });
});

describe('access tokens', () => {
  test('a token is shown once, listed, and taken away after a second question', async () => {
    const page = await signedIn('/ma-truy-cap');
    await page.getByText('Bạn chưa có mã truy cập nào').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Tạo mã truy cập' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Tạo mã' }).click();
    await dialog.getByText('Hãy đặt tên cho mã.').waitFor();
    await dialog.getByRole('textbox', { name: 'Tên mã' }).fill('Máy của tôi');
    await dialog.getByRole('checkbox', { name: 'Tra cứu' }).check();
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Tạo mã' }).click();
    const secret = await dialog.getByRole('textbox', { name: 'Mã truy cập mới' }).inputValue();
    expect(secret.length).toBeGreaterThan(30);
    expect(await axe(page)).toEqual([]);

    await dialog.getByRole('button', { name: 'Tôi đã cất mã' }).click();
    await dialog.waitFor({ state: 'detached' });
    const row = page.getByRole('row', { name: /Máy của tôi/ });
    await row.waitFor();
    await page.reload();
    await row.waitFor();
    expect(await page.content()).not.toContain(secret);

    await row.getByRole('button', { name: 'Hủy' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Hủy mã' }).click();
    await page.getByText('Bạn chưa có mã truy cập nào').waitFor();
    expect(await axe(page)).toEqual([]);
  });
});
