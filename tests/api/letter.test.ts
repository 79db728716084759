import { PDFDocument, StandardFonts } from 'pdf-lib';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';

/** One letter from the door to the log, over the API. */

let house: TestHouse;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());

async function letter(words: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage();
  page.drawText(words, { font: await pdf.embedFont(StandardFonts.TimesRoman), size: 13, x: 60, y: 700 });
  return pdf.save();
}

test('a letter is received, registered, found and read, and each of it is in the log', async () => {
  const clerk = await house.visit('clerk');
  const receipt = await clerk.received('Công văn 318.pdf', await letter('Du toan ngan sach nha nuoc nam 2026'));
  const record = await clerk.register(receipt.recordId, {
    subject: 'Về dự toán ngân sách năm 2026',
    codeNumber: '318',
    codeNotation: 'BTC-NSNN',
    leadUnitId: house.units.finance,
  });
  expect(record.arrivalNumber).toBe(1);
  const staff = await house.visit('staff');
  const [found] = await eventually(async () => {
    const { hits } = await staff.ask(searchLines.search, { query: { q: 'du toan ngan sach' } });
    return hits.length > 0 && hits;
  });
  expect(found?.recordId).toBe(receipt.recordId);
  expect((await staff.ask(registryLines.record, { params: { id: receipt.recordId } })).fields.subject).toBe(
    'Về dự toán ngân sách năm 2026',
  );
});
