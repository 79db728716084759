import fc from 'fast-check';
import type { RegisterEntry } from '../../src/contract/registers.ts';
import type { RecordFile, RecordVersion } from '../../src/contract/registry.ts';
import type { CalendarDate } from '../../src/kernel/dates.ts';
import { NoTable } from '../../src/web/parts/spreadsheets.ts';
import { paperPlace } from '../../src/web/parts/paper-place.ts';
import { correspondentsIn } from '../../src/web/rooms/correspondents/correspondent-table.ts';
import { lastDayOf, otherNames } from '../../src/web/rooms/correspondents/name-words.ts';
import { bookYear, numberSource, wrongNumber } from '../../src/web/rooms/intake/form-values.ts';
import { bodyOfOldName, issuerChoices } from '../../src/web/rooms/intake/issuer-choices.ts';
import { filesByPart, isOlder, newestVersion } from '../../src/web/rooms/record/files-of.ts';
import { bookLines, booksByYear } from '../../src/web/rooms/registers/entry-lines.ts';

/** What the screens of paper, books and bodies decide without a screen. */

const entry = (number: number | null): RegisterEntry => ({
  recordId: `00000000-0000-7000-8000-${String(number ?? 0).padStart(12, '0')}`,
  number,
  taken: true,
  state: 'declared',
  rank: 1,
  arrivalDate: null,
  issuer: null,
  numberAndSymbol: null,
  issuedDate: null,
  documentType: null,
  subject: '',
  signerName: null,
  recipients: [],
  leadUnit: null,
  enteredAt: '2026-01-01T00:00:00Z',
  enteredBy: null,
  withoutFile: true,
});

describe('the lines of a book', () => {
  const said = (numbers: (number | null)[], gaps: { from: number; until: number }[]): string[] =>
    bookLines(numbers.map(entry), gaps).map((line) =>
      line.kind === 'entry' ? String(line.entry.number) : `${String(line.gap.from)}-${String(line.gap.until)}`,
    );

  test('a gap stands between its neighbours, the newest first', () => {
    expect(
      said(
        [130, 121, 117],
        [
          { from: 118, until: 120 },
          { from: 122, until: 129 },
        ],
      ),
    ).toEqual(['130', '122-129', '121', '118-120', '117']);
  });

  test('what lies under the last line that is loaded waits for it', () => {
    expect(said([130, 121], [{ from: 118, until: 120 }])).toEqual(['130', '121']);
  });

  test('two spans between the same lines, and a book without numbers', () => {
    expect(
      said(
        [9, 1],
        [
          { from: 2, until: 3 },
          { from: 6, until: 8 },
        ],
      ),
    ).toEqual(['9', '6-8', '2-3', '1']);
    expect(said([null, null], [{ from: 2, until: 3 }])).toEqual(['null', 'null']);
  });

  test('no entry is lost, none moves, and every gap between them is said once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), (numbers) => {
        const falling = numbers.toSorted((one, other) => other - one);
        const gaps = falling.slice(1).flatMap((lower, at) => {
          const upper = falling[at] ?? 0;
          return upper - lower > 1 ? [{ from: lower + 1, until: upper - 1 }] : [];
        });
        const lines = bookLines(falling.map(entry), gaps);
        expect(lines.flatMap((line) => (line.kind === 'entry' ? [line.entry.number] : []))).toEqual(falling);
        expect(lines.flatMap((line) => (line.kind === 'gap' ? [line.gap] : []))).toEqual(gaps);
      }),
    );
  });

  test('years fall, and in a year what comes in stands before what goes out', () => {
    const books = (
      [
        [2025, 'outgoing'],
        [2026, 'internal'],
        [2026, 'incoming'],
        [2025, 'incoming'],
      ] as const
    ).map(([year, direction]) => ({ year, direction }));
    expect(booksByYear(books).map(({ year, books: of }) => [year, ...of.map(({ direction }) => direction)])).toEqual([
      [2026, 'incoming', 'internal'],
      [2025, 'incoming', 'outgoing'],
    ]);
  });
});

describe('where an arrival number comes from', () => {
  const today = '2026-03-02' as CalendarDate;
  const own = { kind: 'own', number: 28420, startNumber: 28417 } as const;
  const fresh = { kind: 'own', number: 7, startNumber: 1 } as const;
  const external = { kind: 'external', number: null, startNumber: 1 } as const;

  test.each([
    ['incoming', '30/12/2025', '', 2025],
    ['incoming', '', '01/02/2024', 2026],
    ['outgoing', '30/12/2025', '01/02/2024', 2024],
    ['internal', '', 'sang năm', 2026],
  ])('%s, arrived %s, issued %s: the book of %d', (direction, arrivalDate, issuedDate, year) => {
    expect(bookYear({ direction, arrivalDate, issuedDate }, today)).toBe(year);
  });

  test('a book of ours gives it, with an older one where it did not begin at 1; the others do not', () => {
    expect(numberSource('incoming', own)).toEqual({
      from: 'house',
      next: 28420,
      mayBeOlder: true,
      startNumber: 28417,
    });
    expect(numberSource('incoming', fresh)).toMatchObject({ from: 'house', mayBeOlder: false });
    expect(numberSource('incoming', external)).toEqual({ from: 'other-system' });
    expect(numberSource('outgoing', external)).toEqual({ from: 'document' });
  });

  test.each([
    ['', own, null],
    ['28416', own, null],
    ['28417', own, 'number-not-needed'],
    ['', external, 'number-needed'],
    ['12', external, null],
    ['0', external, 'not-a-number'],
    ['12a', external, 'not-a-number'],
    ['1234567890', external, 'not-a-number'],
  ] as const)('"%s" typed', (typed, book, wrong) => {
    expect(wrongNumber(typed, numberSource('incoming', book))).toBe(wrong);
  });
});

describe('versions of a document', () => {
  const versions: RecordVersion[] = [2, 1].map((number) => ({
    number,
    kind: 'scan',
    note: null,
    addedAt: '2026-01-01T00:00:00Z',
    addedBy: null,
  }));
  const file = (id: string, role: 'main' | 'attachment', version: number): RecordFile => ({
    id,
    role,
    name: id,
    mediaType: 'application/pdf',
    format: 'pdf',
    size: 1,
    sha256: '',
    sha512: '',
    receivedAt: '2026-01-01T00:00:00Z',
    stage: 'ready',
    pages: 1,
    pagesRead: 1,
    problem: null,
    damaged: false,
    version,
  });
  const files = [file('second', 'main', 2), file('annex', 'attachment', 1), file('first', 'main', 1)];

  test('only a main file that another followed is older; an annex of the first stays with the document', () => {
    expect(newestVersion({ versions })).toBe(2);
    expect(newestVersion({ versions: [] })).toBe(0);
    expect(files.filter((one) => isOlder({ versions }, one)).map(({ id }) => id)).toEqual(['first']);
    const { now, before } = filesByPart({ versions, files });
    expect([now.map(({ id }) => id), before.map(({ id }) => id)]).toEqual([['second', 'annex'], ['first']]);
  });
});

describe('where paper lies', () => {
  const words = { store: 'kho', shelf: 'giá', box: 'hộp' } as const;
  const said = (paperStore: string | null, paperShelf: string | null, paperBox: string | null): string =>
    paperPlace({ paperStore, paperShelf, paperBox }, (part, name) => `${words[part]} ${name}`);

  test.each([
    ['A', '3', '12', 'kho A, giá 3, hộp 12'],
    ['Kho A', null, 'hộp 12', 'Kho A, hộp 12'],
    ['Khoa Luật', null, '', 'kho Khoa Luật'],
    [null, null, null, ''],
  ])('%s, %s, %s', (store, shelf, box, place) => {
    expect(said(store, shelf, box)).toBe(place);
  });
});

describe('bodies with many names', () => {
  const named = (name: string, until: string | null = null) => ({ id: name, name, from: null, until: until as never });
  const finance = {
    name: 'Bộ Tài chính',
    names: [named('Bộ Tài chính'), named('BTC'), named('Bộ Tài chánh', '1976-07-02')],
  };

  test('the form offers each name once, bodies first', () => {
    expect(issuerChoices([finance], ['UBND tỉnh', 'Bộ Tài chính'])).toEqual(['Bộ Tài chính', 'UBND tỉnh']);
  });

  test.each([
    ['bộ tài chánh', 'Bộ Tài chính'],
    ['Bộ Tài chính', null],
    ['BTC', null],
    ['', null],
  ])('"%s" was the name of %s', (typed, name) => {
    expect(bodyOfOldName([finance], typed)).toBe(name);
  });

  test('the others are listed once; a span ends on the day before the next begins', () => {
    expect(otherNames({ name: 'A', names: [named('A'), named('B'), named('B'), named('C')] })).toEqual(['B', 'C']);
    expect(lastDayOf('2026-03-01')).toBe('2026-02-28');
  });

  test('a table is known by its column of names, in any order, with or without the rest', () => {
    expect(
      correspondentsIn([
        [
          ['Tên khác', 'TÊN CƠ QUAN'],
          ['BYT', 'Bộ Y tế'],
        ],
        [['x'], ['y']],
      ]),
    ).toEqual([{ code: '', name: 'Bộ Y tế', otherNames: 'BYT' }]);
    expect(() => correspondentsIn([[['Mã định danh'], ['G09']]])).toThrow(NoTable);
  });
});
