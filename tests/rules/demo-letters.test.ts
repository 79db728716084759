import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { demoDocuments, demoOffice, demoPlans, type DemoDocument } from '../../src/commands/demo-office/demo-office.ts';
import { drawLetter } from '../../src/commands/demo-office/draw-letter.ts';
import { recordFields } from '../../src/contract/registry.ts';
import { isCalendarDate } from '../../src/kernel/dates.ts';
import { clashingRoles, roles } from '../../src/kernel/permissions.ts';
import type { ReadingMachine } from '../../src/departments/intake/ports.ts';
import { readPlan } from '../../src/departments/dossiers/rules-load.ts';
import { createReadingMachine } from '../../src/platform/reading-machine/machine.ts';

/** The demo office: its data fit together, and each letter is set as Nghị định 30/2020, Phụ lục I asks. */

describe('the office', () => {
  const symbols = demoOffice.units.map(({ symbol }) => symbol);

  test('units stand after the unit above them, each symbol once', () => {
    expect(new Set(symbols).size).toBe(symbols.length);
    const early = demoOffice.units.filter(
      ({ parent }, index) => parent !== null && !symbols.slice(0, index).includes(parent),
    );
    expect(early).toEqual([]);
    expect(demoOffice.agency).toEqual({ code: 'G02', symbol: 'BCT', name: 'Bộ Công Thương' });
  });

  test('people have a unit, names of their own and duties that one person may hold; every duty is held', () => {
    expect(new Set(demoOffice.people.map(({ loginName }) => loginName)).size).toBe(demoOffice.people.length);
    expect(demoOffice.people.filter(({ unit }) => !symbols.includes(unit ?? ''))).toEqual([]);
    expect(demoOffice.people.flatMap((person) => clashingRoles(person.roles))).toEqual([]);
    expect(new Set(demoOffice.people.flatMap((person) => person.roles))).toEqual(new Set(roles));
  });

  test('documents are of three levels, from units that exist, on days that exist', () => {
    const count = (rank: number): number => demoDocuments.filter((document) => document.rank === rank).length;
    expect([count(0), count(1), count(2)]).toEqual([5, 31, 4]);
    for (const document of demoDocuments) {
      const units = [document.leadUnitSymbol, ...document.supportingUnitSymbols];
      expect(units.filter((symbol) => !symbols.includes(symbol))).toEqual([]);
      const days = [document.issuedDate, document.arrivalDate ?? '', document.dueDate ?? ''].filter(
        (day) => day !== '',
      );
      expect(days.filter((day) => !isCalendarDate(day))).toEqual([]);
      expect(document.arrivalDate !== null).toBe(document.direction === 'incoming');
      expect((document.arrivalDate ?? document.issuedDate) >= document.issuedDate).toBe(true);
      expect(document.fileName).toMatch(/^[^/\\:*?"<>|]+\.pdf$/u);
    }
    expect(new Set(demoDocuments.map(({ fileName }) => fileName)).size).toBe(40);
  });

  test('every field fits the register', () => {
    const { direction, documentType, codeNumber, codeNotation, issuedDate, issuer, subject } = recordFields.shape;
    const { signerName, signerPosition, urgency, recipients, dueDate, arrivalDate, dossierNotation } =
      recordFields.shape;
    const said = { direction, documentType, codeNumber, codeNotation, issuedDate, issuer, subject, signerName };
    const more = { signerPosition, urgency, recipients, dueDate, arrivalDate, dossierNotation };
    for (const document of demoDocuments) {
      for (const [name, shape] of Object.entries({ ...said, ...more })) {
        const value = document[name as keyof DemoDocument];
        expect([document.id, name, shape.safeParse(value).data]).toEqual([document.id, name, value]);
      }
    }
  });
});

describe('file plans', () => {
  const empty = { notation: '', numeral: '', title: '', retention: '', owner: '', unit: '', titleRank: '', note: '' };
  const clearances = new Map(demoOffice.people.map(({ loginName, clearance }) => [loginName, clearance]));

  test.each(demoPlans.map((plan) => [plan.year, plan] as const))(
    '%i loads without a fault, and whoever keeps a dossier may see the samples that come into it',
    (year, { rows, planned }) => {
      const read = readPlan(
        rows.map((row) => ({ ...empty, ...row })),
        {
          headings: new Map(),
          dossiers: new Map(),
          units: new Set(demoOffice.units.map(({ symbol }) => symbol)),
          people: clearances,
          clearance: 2,
        },
      );
      expect(read.problems).toEqual([]);
      const of = (notation: string) =>
        demoDocuments.filter((one) => one.dossierNotation === notation && one.issuedDate.startsWith(String(year)));
      const open = read.dossiers.filter(({ notation }) => !planned.includes(notation));
      expect(open.length).toBe(read.dossiers.length - planned.length);
      for (const { notation, owner } of open) {
        expect([notation, of(notation).length > 0]).toEqual([notation, true]);
        expect(of(notation).filter(({ rank }) => rank > (clearances.get(owner ?? '') ?? 0))).toEqual([]);
      }
    },
  );
});

describe('letters', () => {
  let folder = '';
  let machine: ReadingMachine;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vankho-letters-'));
    machine = createReadingMachine({ children: 2, memoryMegabytes: 1024, secondsPerFile: 60, secondsPerPage: 60 });
  });
  afterAll(async () => {
    await machine.close();
    await rm(folder, { recursive: true });
  });

  const plain = (text: string): string => text.replace(/\s+/gu, ' ');

  test.each(demoDocuments.map((document) => [document.id, document] as const))(
    '%s says what its register entry says, on every page that it is a sample, and keeps its margins',
    async (id, document) => {
      const path = join(folder, `${id}.pdf`);
      await writeFile(path, await drawLetter(document));
      const { pages, problem } = await machine.readText({ path, format: 'pdf' });
      expect([problem, pages.length]).toEqual([undefined, document.pageAmount]);
      expect(pages.filter(({ text, needsOcr }) => needsOcr || !text.includes('DỮ LIỆU MẪU'))).toEqual([]);
      const whole = plain(pages.map(({ text }) => text).join('\n'));
      if (document.codeNumber !== null) expect(whole).toContain(`Số: ${document.codeNumber}/${document.codeNotation}`);
      expect(whole).toContain(document.subject);
      expect(whole).toContain(document.signerName);
      for (const paragraph of document.print.body.filter((text) => !/^(\w+:|\||\*)/u.test(text))) {
        expect(whole).toContain(paragraph.slice(0, 60));
      }
      for (const { number } of pages) {
        const picture = await machine.render({ path, format: 'pdf' }, number, 630);
        const ink = await inkBox('png' in picture ? picture.png : new Uint8Array());
        // Left 30-35 mm, right 15-20, bottom 20-25; the page number stands in the upper margin. Half a millimetre of grace.
        expect(ink.left).toBeGreaterThanOrEqual(29.5);
        expect(ink.right).toBeLessThanOrEqual(210 - 14.5);
        expect(ink.bottom).toBeLessThanOrEqual(297 - 19.5);
        expect(ink.top).toBeGreaterThanOrEqual(number === 1 ? 19.5 : 8);
        expect(number === 1 || ink.top < 15).toBe(true);
      }
    },
  );
});

/** Where dark ink begins and ends on an A4 page, in millimetres; the pale mark across the page does not count. */
async function inkBox(png: Uint8Array): Promise<Readonly<Record<'left' | 'top' | 'right' | 'bottom', number>>> {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  const box = { left: info.width, top: info.height, right: 0, bottom: 0 };
  data.forEach((shade, index) => {
    if (shade > 140) return;
    const [x, y] = [index % info.width, Math.floor(index / info.width)];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x + 1);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y + 1);
  });
  const millimetres = 210 / info.width;
  return {
    left: box.left * millimetres,
    right: box.right * millimetres,
    top: box.top * millimetres,
    bottom: box.bottom * millimetres,
  };
}
