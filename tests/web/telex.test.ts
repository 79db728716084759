import type { Locator, Page } from 'playwright-core';
import { rooms, type Room } from '../../src/web/rooms/index.tsx';
import { correspondentLines } from '../../src/contract/correspondents.ts';
import { dossierLines } from '../../src/contract/dossiers.ts';
import { registerLines } from '../../src/contract/registers.ts';
import { permissionsOf } from '../../src/kernel/permissions.ts';
import { useBrowser } from '../support/browser.ts';
import { cast, startHouse, type CastName, type TestHouse } from '../support/house.ts';
import { telex, telexInto } from '../support/unikey.ts';
import { wireTo } from '../support/wire.ts';

/**
 * Vietnamese is typed with UniKey, which takes letters back and sends others while a word is being typed. Into every
 * text field that any room shows: what stands there at the end is what was meant, and no key of the house has run.
 */

let house: TestHouse;
const example: Record<string, string> = {};
beforeAll(async () => {
  house = await startHouse();
  const clerk = await house.visit('clerk');
  const draft = await clerk.received('nháp.txt', 'Về việc rà soát hồ sơ');
  const registered = await clerk.received('công văn.txt', 'Về việc rà soát hồ sơ');
  await clerk.register(registered.recordId, { subject: 'Về việc rà soát hồ sơ', leadUnitId: house.units.finance });
  example['/tiep-nhan/:recordId'] = `/tiep-nhan/${draft.recordId}`;
  example['/van-ban/:id'] = `/van-ban/${registered.recordId}`;
  const [book] = (await clerk.ask(registerLines.registers)).rows;
  const [body] = (await clerk.ask(correspondentLines.correspondents)).rows;
  const dossier = await clerk.ask(dossierLines.add, {
    body: {
      ...{
        year: 2026,
        notation: '01.VP',
        title: 'Rà soát hồ sơ',
        titleRank: 1,
        headingId: null,
        unitId: null,
        ownerId: null,
      },
      ...{ retention: 20, retentionBasis: null, language: null, startDate: null, endDate: null, note: null },
    },
  });
  example['/so-dang-ky/:id'] = `/so-dang-ky/${book?.id ?? ''}`;
  example['/co-quan-gui-nhan/:id'] = `/co-quan-gui-nhan/${body?.id ?? ''}`;
  example['/ho-so/:id'] = `/ho-so/${dossier.id}`;
  example['/nguoi/:id'] = `/nguoi/${house.people.staff.id}`;
});
afterAll(() => house.close());

const browser = useBrowser();

/** Marks, capitals, a digit, and every sign that is a key of the house: `g t`, `?`, `/`, `[`, `]`, `u`. */
const keys = 'Vieejc gt ?9/DD';
const meant = 'Việc gt ?9/Đ';
const short = 'DDee';

test('UniKey of the tests writes as Telex does', () => {
  const written = (text: string): string => text.split(' ').map(telex).join(' ');
  expect(written('Veef vieejc suwr dujng ddaats owr DDuwowngf Nguyeenx Hueej')).toBe(
    'Về việc sử dụng đất ở Đường Nguyễn Huệ',
  );
  expect(written('toanf tieengs thuwowngf hoas')).toBe('toàn tiếng thường hóa');
  expect(telex('vieetj')).toBe('việt');
});

async function signedIn(who: CastName, base = house.base): Promise<Page> {
  const page = await browser.page({ base });
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').fill(house.people[who].name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(house.people[who].password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Các phòng' }).waitFor();
  return page;
}

const fieldsOf = (place: Page | Locator): Locator =>
  place.locator(
    'input:is(:not([type]), [type=text], [type=search], [type=password]):not([readonly]), textarea:not([readonly])',
  );

/** Types into each field that can be seen; answers how many there were. */
async function everyField(page: Page, place: Page | Locator, where: string): Promise<number> {
  const unikey = await telexInto(page);
  let typed = 0;
  const fields = fieldsOf(place);
  const path = new URL(page.url()).pathname;
  for (let at = 0; at < (await fields.count()); at += 1) {
    const field = fields.nth(at);
    if (!(await field.isVisible()) || !(await field.isEnabled())) continue;
    const facts = await field.evaluate((element: HTMLInputElement) => ({
      most: element.maxLength,
      before: element.value,
      name: element.labels?.[0]?.textContent ?? element.getAttribute('aria-label') ?? element.placeholder,
      // Takes figures and nothing else: letters never come into it, with Telex or without.
      figures: element.closest('.mantine-NumberInput-root') !== null,
    }));
    const isShort = facts.most >= 0 && facts.most < meant.length;
    const [typing, written] = facts.figures ? ['2026', '2026'] : isShort ? [short, telex(short)] : [keys, meant];
    await field.focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Backspace');
    await unikey.type(typing);
    expect([where, facts.name, await field.inputValue()]).toEqual([where, facts.name, written]);
    expect([where, facts.name, new URL(page.url()).pathname]).toEqual([where, facts.name, path]);
    expect([where, facts.name, await page.getByRole('dialog', { name: 'Phím tắt' }).count()]).toEqual([
      where,
      facts.name,
      0,
    ]);
    // As it was: what this room asks for next must not depend on it.
    await field.fill(facts.before);
    typed += 1;
  }
  await unikey.close();
  return typed;
}

/** Buttons that open a window of this page, and the fields in it. What a button does besides is the house's own to undo: it is thrown away. */
async function everyWindow(page: Page, where: string): Promise<number> {
  let typed = 0;
  const buttons = page.getByRole('main').getByRole('button');
  const names = await buttons.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent));
  for (const name of new Set(names)) {
    const button = buttons.nth(names.indexOf(name));
    if (!(await button.isVisible().catch(() => false)) || !(await button.isEnabled().catch(() => false))) continue;
    await button.click({ timeout: 2_000 }).catch(() => undefined);
    const dialog = page.getByRole('dialog').filter({ visible: true }).first();
    if (!(await dialog.isVisible())) {
      if (page.url() !== where) await page.goto(where);
      continue;
    }
    typed += await everyField(page, dialog, `${where}: ${name}`);
    await page.goto(where);
    await page.getByRole('main').waitFor();
    await page.waitForLoadState('networkidle');
  }
  return typed;
}

/** Who may enter; a room is looked at once. */
function duties(): ReadonlyMap<CastName, readonly Room[]> {
  const order: readonly CastName[] = ['clerk', 'administrator', 'auditor', 'security', 'archivist', 'leader', 'staff'];
  const given = new Map<CastName, Room[]>();
  for (const room of rooms) {
    const who = order.find((one) =>
      cast[one].roles.some((role) => room.permission === null || permissionsOf[role].includes(room.permission)),
    );
    if (!who) throw new Error(`nobody of the cast may enter ${room.name}`);
    given.set(who, [...(given.get(who) ?? []), room]);
  }
  return given;
}

test.each([...duties()].map(([who, its]) => [who, its.map(({ name }) => name).join(', '), its] as const))(
  'what %s types is what stands there: %s',
  async (who, _names, its) => {
    const page = await signedIn(who);
    page.on('filechooser', () => undefined);
    let typed = 0;
    let inWindows = 0;
    for (const { name, path } of its) {
      const address = path.includes(':') ? example[path] : path;
      if (address === undefined) throw new Error(`this test has no example of ${path}, the address of ${name}`);
      await page.goto(address);
      await page.getByRole('main').waitFor();
      await page.waitForLoadState('networkidle');
      typed += await everyField(page, page, address);
      inWindows += await everyWindow(page, new URL(address, house.base).href);
    }
    expect(typed).toBeGreaterThan(0);
    // New person, new unit, and what may be done with a person.
    if (who === 'administrator') expect(inWindows).toBeGreaterThan(6);
  },
  240_000,
);

test('at the door', async () => {
  const page = await browser.page({ base: house.base });
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').waitFor();
  expect(await everyField(page, page, 'sign-in')).toBe(2);
});

test('a search that answers while the next word is typed takes no letter away', async () => {
  const wire = await wireTo(house.base);
  const page = await signedIn('staff', wire.url);
  await page.goto('/tra-cuu');
  await page.waitForLoadState('networkidle');
  // Every answer comes late, into the middle of a later word.
  wire.slow(200);
  const unikey = await telexInto(page);
  await page.locator('input:focus').waitFor();
  await unikey.type('Veef vieejc raf soats hoof sow');
  await page.waitForURL((url) => url.searchParams.get('q') === 'Về việc rà soát hồ sơ');
  await page
    .getByText(/1 kết quả/u)
    .first()
    .waitFor();
  expect(await page.locator('input:focus').inputValue()).toBe('Về việc rà soát hồ sơ');
  await page.close();
  await wire.close();
});

test('keys that work in a form work after UniKey has typed in it', async () => {
  const page = await signedIn('clerk');
  await page.goto(example['/tiep-nhan/:recordId'] ?? '');
  const subject = page.getByRole('textbox', { name: /Trích yếu/u });
  await subject.waitFor();
  await subject.fill('');
  const unikey = await telexInto(page);
  await subject.focus();
  await unikey.type('Veef vieejc suwr dujng ddaats');
  await page.keyboard.press('Alt+1');
  expect(await subject.evaluate((element) => element === document.activeElement)).toBe(false);
  expect(await subject.inputValue()).toBe('Về việc sử dụng đất');
});
