import type { Page } from 'playwright-core';
import { dossierLines, type PlanCells } from '../../src/contract/dossiers.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { vietnamDay } from '../../src/kernel/dates.ts';
import { pdfOf } from '../ports/reading-machine-pdf.ts';
import { useBrowser, type PageOptions } from '../support/browser.ts';
import { startHouse, type CastName, type TestHouse } from '../support/house.ts';
import { signedInAt } from '../support/signed-in.ts';

/** An office with four letters, one of them another unit's alone, and a plan that is not loaded yet. */

export const year = Number(vietnamDay(new Date()).slice(0, 4));

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
export const planRows = [
  cells({ numeral: 'I', title: 'Kế hoạch, tài chính' }),
  cells({ notation: '01.KHTC', title: 'Báo cáo tài chính quý', retention: '20 năm', owner: 'staff', unit: 'KHTC' }),
  cells({ notation: '02.KHTC', title: 'Lập dự toán ngân sách năm sau', owner: 'staff', unit: 'KHTC' }),
  cells({ numeral: 'II', title: 'Pháp chế' }),
  cells({ notation: '03.PC', title: 'Góp ý dự thảo nghị định', retention: '10', owner: 'stranger', unit: 'PC' }),
];

export function useDossierOffice() {
  let house: TestHouse | undefined;
  const browser = useBrowser();
  const ids = { budget: '', guide: '', report: '', legal: '' };
  const there = (): TestHouse => {
    if (house === undefined) throw new Error('The house stands after beforeAll: ask inside a test.');
    return house;
  };

  beforeAll(async () => {
    house = await startHouse();
    ids.budget = await registered('318', 'Lập dự toán chi sự nghiệp', 'finance');
    ids.guide = await registered('412', 'Hướng dẫn lập dự toán', 'finance');
    ids.report = await registered('55', 'Báo cáo dự toán của các đơn vị', 'finance');
    ids.legal = await registered('777', 'Chuyện riêng của Vụ Pháp chế về dự toán', 'legal');
  }, 120_000);
  afterAll(() => house?.close());

  async function registered(codeNumber: string, subject: string, unit: 'finance' | 'legal'): Promise<string> {
    const clerk = await there().visit('clerk');
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
          issuedDate: `${String(year - 1)}-12-14`,
          subject,
        },
        rank: 1,
        leadUnitId: there().units[unit],
        supportingUnitIds: [],
        openToAll: false,
        version,
      },
    });
    return recordId;
  }

  async function signedIn(path: string, who: CastName, options?: PageOptions): Promise<Page> {
    const page = await signedInAt(browser, there(), who, path, options);
    page.setDefaultTimeout(15_000);
    return page;
  }

  /** The dossier of this code, as the records officer sees it. */
  async function one(notation: string) {
    const archivist = await there().visit('archivist');
    const { rows } = await archivist.ask(dossierLines.dossiers, { query: { q: notation } });
    return archivist.ask(dossierLines.dossier, { params: { id: rows[0]?.id ?? '' } });
  }
  const addressOf = async (notation: string): Promise<string> => `/ho-so/${(await one(notation)).id}`;

  return { ids, house: there, visit: (who: CastName) => there().visit(who), signedIn, one, addressOf };
}

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
export const dialog = (page: Page) => page.getByRole('dialog');

/** Waits until the documents stand so in the table: place and number of each. */
export async function stands(page: Page, expected: readonly string[]): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('tr[data-record]')]
        .map((row) => `${row.querySelector('td')?.textContent ?? ''} ${row.querySelector('a')?.textContent ?? ''}`)
        .join(', ') === wanted,
    expected.join(', '),
  );
}
