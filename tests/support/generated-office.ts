import { demoDocuments, demoOffice, type DemoDocument } from '../../src/commands/demo-office/demo-office.ts';
import type { OfficeFile } from '../../src/commands/office-file.ts';
import type { PlanCells } from '../../src/contract/dossiers.ts';
import { foldedForm } from '../../src/kernel/folding.ts';
import { actions, families, givens, issuers, middles, ownTypes, provinces, topics } from './generated-words.ts';
import { seeded, type Chance } from './seeded.ts';

/**
 * An office made by a seed: its people, its file plan and its letters, alike in every run with that seed. A year of it is
 * 30,000 letters by 200 people in 400 dossiers; more letters are more years.
 */
export const lettersOfAYear = 30_000;
const dossiersOfAUnit = 16;
const lastYear = 2025;
/** Whoever keeps the archive keeps the collections too. */
const archive = 'VTLT';
const companies = 5_000;

export function generatedOffice(seed: number, people: number): OfficeFile {
  const chance = seeded(seed);
  const units = demoOffice.units.filter(({ symbol }) => symbol !== 'LĐB');
  const used = new Set<string>();
  return {
    agency: demoOffice.agency,
    units: demoOffice.units,
    people: Array.from({ length: people }, (_, index) => {
      const fullName = [chance.one(families), chance.one(middles), chance.one(givens)].join(' ');
      const parts = foldedForm(fullName).split(' ');
      const initials = parts.slice(0, -1).map((part) => part.charAt(0));
      let loginName = `${parts.at(-1) ?? ''}.${initials.join('')}`;
      if (used.has(loginName)) loginName = `${loginName}${String(index)}`;
      used.add(loginName);
      return {
        loginName,
        fullName,
        ...dutyOf(
          index,
          units.map(({ symbol }) => symbol),
          chance,
        ),
      };
    }),
  };
}

type Duty = Pick<OfficeFile['people'][number], 'roles' | 'clearance' | 'unit' | 'post'>;

/** The first ones hold the duties that every office has once or twice; one in ten leads a unit; the others are staff. */
function dutyOf(index: number, units: readonly string[], chance: Chance): Duty {
  if (index === 0) return { roles: ['administrator'], clearance: 0, unit: null, post: 'officer' };
  if (index === 1) return { roles: ['auditor'], clearance: 0, unit: 'VP', post: 'officer' };
  if (index === 2) return { roles: ['records-officer'], clearance: 2, unit: 'VTLT', post: 'officer' };
  if (index <= 6) return { roles: ['clerk'], clearance: 2, unit: 'VTLT', post: 'unit-clerk' };
  const unit = units[index % units.length] ?? 'VP';
  return index % 10 === 0
    ? { roles: ['leader'], clearance: 2, unit, post: 'unit-leader' }
    : { roles: ['staff'], clearance: chance.percent(30) ? 2 : 1, unit, post: 'officer' };
}

export interface GeneratedPlan {
  readonly year: number;
  readonly rows: PlanCells[];
}

/** The plan of a year, of the last one when none is said: a heading for each unit, sixteen dossiers in each, kept by its people in turn. */
export function generatedPlan(seed: number, { units, people }: OfficeFile, year = lastYear): GeneratedPlan {
  const chance = seeded(seed + 2);
  const row = { notation: '', numeral: '', title: '', retention: '', owner: '', unit: '', titleRank: '', note: '' };
  const rows = units.flatMap(({ symbol, name }, at) => {
    const keepers = people.filter(({ unit, roles }) => unit === symbol && roles.includes('staff'));
    const dossiers = Array.from({ length: dossiersOfAUnit }, (_, index) => {
      const keeper = keepers[index % Math.max(1, keepers.length)];
      return {
        ...row,
        notation: notationOf(index + 1, symbol),
        title: `${capital(chance.one(actions))} ${chance.one(topics)} năm ${String(year)}`,
        retention: chance.one(['Vĩnh viễn', '70 năm', '20 năm', '10 năm', '5 năm']),
        owner: keeper?.loginName ?? '',
        unit: symbol,
        // Whoever keeps it must be able to read its title.
        titleRank: chance.percent(10) && keeper?.clearance !== 1 ? 'Có điều kiện' : 'Nội bộ',
      };
    });
    return [{ ...row, numeral: roman(at + 1), title: name }, ...dossiers];
  });
  return { year, rows };
}

/** A plan for each year that so many letters are spread over. */
export function generatedPlans(seed: number, office: OfficeFile, letters: number): GeneratedPlan[] {
  const first = firstYear(letters);
  return Array.from({ length: lastYear - first + 1 }, (_, index) => generatedPlan(seed, office, first + index));
}

const firstYear = (letters: number): number => lastYear - Math.ceil(letters / lettersOfAYear) + 1;

const notationOf = (number: number, unit: string): string => `${String(number).padStart(2, '0')}.${unit}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function roman(number: number): string {
  const tens = 'X'.repeat(Math.floor(number / 10));
  return tens + (['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'][number % 10] ?? '');
}

/** Who is asked for in benches and drills: the first of that role, by login name. */
export function firstOf(office: OfficeFile, role: OfficeFile['people'][number]['roles'][number]): string {
  const person = office.people.find(({ roles }) => roles.includes(role));
  if (!person) throw new Error(`nobody is ${role} in an office of ${String(office.people.length)}`);
  return person.loginName;
}

export interface GeneratedLetter extends Omit<DemoDocument, 'direction'> {
  readonly direction: 'incoming' | 'outgoing' | 'internal';
  /** A word that stands in this letter alone. */
  readonly mark: string;
  readonly openToAll: boolean;
  /** The collection of the year (tập lưu) in which every tenth letter is linked besides. */
  readonly linkNotation: string | null;
}

/** Paragraphs of the demo's letters that make sense in any other. */
const paragraphs = demoDocuments
  .flatMap(({ print }) => print.body)
  .filter((text) => text.length > 90 && !/^(ci:|[cih]:|\||\*\*)/u.test(text));

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const oneDay = 86_400_000;

/** Letters in the order of their arrival; `count` of them spread over as many years as that takes. */
export function* generatedLetters(
  seed: number,
  count: number,
  { pages = 1 }: { readonly pages?: number } = {},
): Generator<GeneratedLetter> {
  const chance = seeded(seed + 1);
  const from = Date.UTC(firstYear(count), 0, 3);
  const until = Date.UTC(lastYear, 11, 30);
  const units = demoOffice.units.map(({ symbol }) => symbol);
  for (let index = 0; index < count; index += 1) {
    const arrived = from + ((until - from) * index) / count;
    yield letter(chance, index, arrived, units, pages);
  }
}

function letter(
  chance: Chance,
  index: number,
  arrived: number,
  units: readonly string[],
  pages: number,
): GeneratedLetter {
  const direction = chance.percent(60) ? 'incoming' : chance.percent(75) ? 'outgoing' : 'internal';
  const [documentType, codeNotation, issuer] = sender(chance, direction, chance.one(units), index);
  const issued = direction === 'incoming' ? arrived - chance.whole(1, 9) * oneDay : arrived;
  const [lead = 'VP', ...supporting] = chance.some(units, chance.whole(1, 4));
  const subject = `${documentType === 'Công văn' ? 'V/v' : 'Về'} ${chance.one(actions)} ${chance.one(topics)} ${scope(chance, issued)}`;
  const mark = `vk${(index + 46_656).toString(36)}z`;
  const codeNumber = String(1 + (index % 9_000));
  const signerName = [chance.one(families), chance.one(middles), chance.one(givens)].join(' ');
  const body = [
    `Căn cứ Công văn số ${String(chance.whole(10, 6_000))}/${chance.one(chance.one(issuers).symbols)} ngày ${day(
      issued - 20 * oneDay,
    )
      .split('-')
      .reverse()
      .join('/')}; mã tra cứu của văn bản này là ${mark}.`,
    ...chance.some(paragraphs, pages * chance.whole(4, 6) + (pages - 1) * 4),
    `Đề nghị ${chance.one(provinces)} và ${chance.one(issuers).name} gửi báo cáo trước ngày ${day(issued + 15 * oneDay)
      .split('-')
      .reverse()
      .join('/')}./.`,
  ];
  return {
    id: `GEN-${String(index).padStart(6, '0')}`,
    direction,
    documentType,
    codeNumber,
    codeNotation,
    issuedDate: day(issued),
    issuer,
    subject,
    signerName,
    signerPosition: chance.one(['Cục trưởng', 'Vụ trưởng', 'Phó Chánh Văn phòng', 'Thứ trưởng']),
    urgency: chance.percent(85) ? 'normal' : chance.one(['urgent', 'very-urgent', 'express'] as const),
    recipients: [direction === 'incoming' ? demoOffice.agency.name : chance.one(issuers).name],
    rank: chance.percent(25) ? 0 : chance.percent(80) ? 1 : 2,
    leadUnitSymbol: lead,
    supportingUnitSymbols: supporting,
    openToAll: chance.percent(5),
    arrivalDate: direction === 'incoming' ? day(arrived) : null,
    dueDate: direction === 'incoming' && chance.percent(40) ? day(arrived + 20 * oneDay) : null,
    // A few dossiers of a unit hold most of its letters.
    dossierNotation: notationOf(1 + Math.floor(dossiersOfAUnit * chance.next() ** 3), lead),
    linkNotation: index % 10 === 0 ? notationOf(1, archive) : null,
    fileName: `${codeNumber}-${codeNotation.replaceAll('/', '-')} ${mark}.pdf`,
    pageAmount: pages,
    mark,
    print: {
      superior: null,
      head: null,
      place: 'Hà Nội',
      addressees: [direction === 'incoming' ? demoOffice.agency.name : chance.one(issuers).name],
      body,
      annex: [],
      signatureLines: ['TL. BỘ TRƯỞNG'],
      copies: ['- Như trên;', `- Lưu: VT, ${lead}.`],
    },
  };
}

function sender(
  chance: Chance,
  direction: GeneratedLetter['direction'],
  unit: string,
  index: number,
): readonly [documentType: string, codeNotation: string, issuer: string] {
  const { symbol, name } = demoOffice.agency;
  if (direction !== 'incoming') {
    const [type, short] = chance.one(ownTypes);
    return chance.percent(60) && direction === 'outgoing'
      ? ['Công văn', `${symbol}-${unit}`, name]
      : [type, `${short}-${symbol}`, name];
  }
  if (index % 7 === 0) return ['Công văn', 'CV', company((index / 7) % companies)];
  if (chance.percent(30)) return ['Công văn', 'UBND-KT', `Ủy ban nhân dân ${chance.one(provinces)}`];
  const body = chance.one(issuers);
  return ['Công văn', chance.one(body.symbols), body.name];
}

const companyWord = 'Công ty TNHH';
export const isCompany = (issuer: string): boolean => issuer.startsWith(companyWord);

/** Of the many bodies that write once or twice. */
function company(number: number): string {
  const one = <T>(of: readonly T[], at: number): T | undefined => of[at % of.length];
  const owner = `${one(families, number) ?? ''} ${one(givens, Math.floor(number / families.length)) ?? ''}`;
  return `${companyWord} ${owner} ${one(provinces, number) ?? ''}`;
}

function scope(chance: Chance, issued: number): string {
  const year = new Date(issued).getUTCFullYear();
  const quarter = ['I', 'II', 'III', 'IV'][chance.whole(0, 3)] ?? 'I';
  const place = chance.one(provinces);
  return chance.one([
    `quý ${quarter} năm ${String(year)}`,
    `tại ${place}`,
    `trên địa bàn ${place} năm ${String(year)}`,
  ]);
}

/** What a machine would read of the letter, for archives that are filled without files. */
export function textOf({ issuer, codeNumber, codeNotation, subject, signerName, print }: GeneratedLetter): string {
  return [issuer, `Số: ${codeNumber ?? ''}/${codeNotation ?? ''}`, subject, ...print.body, signerName].join('\n');
}
