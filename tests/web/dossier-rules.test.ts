import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { Check, DossierItem, DossierRow, Heading } from '../../src/contract/dossiers.ts';
import { day } from '../../src/contract/shapes.ts';
import { askedOf, dossierAddress } from '../../src/web/rooms/dossiers/dossier-address.ts';
import {
  dueInArchive,
  lastDayOf,
  moved,
  nextSheet,
  retentionIn,
  sheetsIn,
  sheetsText,
  standingOf,
} from '../../src/web/rooms/dossiers/dossier-rules.ts';
import { changedFields, fieldsIn, type DossierValues } from '../../src/web/rooms/dossiers/dossier-values.ts';
import { matching, ownNodes, planNodes, type PlanNode } from '../../src/web/rooms/dossiers/plan-nodes.ts';
import { planColumns, readPlanTable } from '../../src/web/rooms/dossiers/plan-table.ts';
import { csvOf, NoTable, xlsxOf } from '../../src/web/parts/spreadsheets.ts';

/** What the dossiers' room decides without a screen. */

const dossier = (id: string, some: Partial<DossierRow> = {}): DossierRow => ({
  id,
  year: 2026,
  notation: `${id}.VP`,
  title: `Tiêu đề ${id}`,
  titleRank: 1,
  rank: 1,
  state: 'open',
  headingId: null,
  owner: null,
  unit: null,
  retention: 20,
  startDate: null,
  endDate: null,
  records: 0,
  ...some,
});
const heading = (id: string, numeral: string, parentId: string | null = null): Heading => ({
  id,
  parentId,
  numeral,
  title: `Đề mục ${id}`,
});
const ids = (nodes: readonly PlanNode[]) =>
  nodes.map(({ id, parentId }) => (parentId === null ? id : `${parentId}/${id}`));

describe('the plan as a tree', () => {
  const headings = [heading('a', 'I'), heading('a1', '1', 'a'), heading('b', 'II')];
  const dossiers = [
    dossier('01', { headingId: 'a' }),
    dossier('02', { headingId: 'a1' }),
    dossier('03', { headingId: 'b', title: 'Lập dự toán ngân sách' }),
    dossier('04'),
    dossier('05', { headingId: 'gone' }),
  ];
  const nodes = planNodes(headings, dossiers, 'Ngoài danh mục');

  test('dossiers stand under their headings, those of no heading last under one that says so', () => {
    expect(ids(nodes)).toEqual(['a/01', 'a1/02', 'b/03', 'a', 'a/a1', 'b', 'outside', 'outside/04', 'outside/05']);
    expect(nodes.find(({ id }) => id === 'a')).toMatchObject({ title: 'I. Đề mục a' });
  });

  test('without headings there is no need of one', () => {
    expect(ids(planNodes([], [dossier('04')], 'Ngoài danh mục'))).toEqual(['04']);
  });

  test.each([
    ['du toan', ['b/03', 'b']],
    ['02.vp', ['a1/02', 'a', 'a/a1']],
    ['ĐỀ MỤC A1', ['a1/02', 'a', 'a/a1']],
    ['không đâu', []],
  ])('%s leaves what answers and what stands above it', (words, expected) => {
    expect(ids(matching(nodes, words))).toEqual(expected);
  });

  test('no words leave everything', () => {
    expect(matching(nodes, '  ')).toBe(nodes);
  });

  test("one's own stand under their years, the newest first", () => {
    const own = [dossier('01', { year: 2025 }), dossier('02'), dossier('03', { year: 2025 })];
    expect(ids(ownNodes(own, String))).toEqual([
      'year-2026',
      'year-2025',
      'year-2025/01',
      'year-2026/02',
      'year-2025/03',
    ]);
  });
});

describe('sheets', () => {
  test.each([
    ['', null],
    ['  ', null],
    ['7', { from: 7, to: 7 }],
    ['4-9', { from: 4, to: 9 }],
    ['04 – 09', { from: 4, to: 9 }],
    ['từ 4 đến 9', { from: 4, to: 9 }],
    ['9-4', undefined],
    ['0', undefined],
    ['x', undefined],
    ['1-2-3', undefined],
    ['1-100001', undefined],
  ])('%j', (typed, expected) => {
    expect(sheetsIn(typed)).toEqual(expected);
  });

  test('what is shown is read again as it was', () => {
    const sheets = fc
      .tuple(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 100_000 }))
      .map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) }));
    fc.assert(fc.property(sheets, (some) => expect(sheetsIn(sheetsText(some))).toEqual(some)));
  });

  test('the next sheet follows the last that is numbered above', () => {
    const rows = [item('a', { sheets: { from: 1, to: 3 } }), item('b'), item('c')];
    expect(nextSheet(rows, 'c')).toBe(4);
    expect(nextSheet(rows, 'a')).toBe(1);
  });
});

describe('how long it is kept', () => {
  test.each([
    ['', null],
    ['Vĩnh viễn', 'permanent'],
    ['vinh vien', 'permanent'],
    ['Permanent', 'permanent'],
    ['20', 20],
    ['20 năm', 20],
    ['1 year', 1],
    ['0', undefined],
    ['101', undefined],
    ['lâu', undefined],
  ])('%j', (typed, expected) => {
    expect(retentionIn(typed)).toBe(expected);
  });

  test('years are counted from the year in which the matter ended, to its last day', () => {
    expect(lastDayOf(20, '2024-03-01')).toBe('2044-12-31');
    expect(lastDayOf('permanent', '2024-03-01')).toBeNull();
  });

  test.each([
    ['2025-12-31', '2026-12-31'],
    ['2024-02-29', '2025-02-28'],
    ['2023-02-28', '2024-02-28'],
  ])('a matter that ended on %s is due in the archive by %s', (ended, due) => {
    expect(dueInArchive(ended)).toBe(due);
  });
});

test('checks stop, hint, ask or hold', () => {
  const check = (code: Check['code'], some: Partial<Check>): Check => ({
    code,
    by: 'found',
    holds: false,
    needed: true,
    about: [],
    ...some,
  });
  const standing = standingOf([
    check('has-documents', { holds: true }),
    check('no-drafts', { about: [2] }),
    check('paper-scanned', { needed: false, about: [5] }),
    check('title-right', { by: 'asked' }),
  ]);
  expect(standing.good.map(({ code }) => code)).toEqual(['has-documents']);
  expect(standing.stops.map(({ code }) => code)).toEqual(['no-drafts']);
  expect(standing.hints.map(({ code }) => code)).toEqual(['paper-scanned']);
  expect(standing.asked.map(({ code }) => code)).toEqual(['title-right']);
});

function item(recordId: string, some: Partial<DossierItem> = {}): DossierItem {
  return {
    recordId,
    ordinal: 1,
    home: true,
    state: 'declared',
    rank: 1,
    direction: 'incoming',
    numberAndSymbol: null,
    arrivalNumber: null,
    issuedDate: null,
    documentType: null,
    subject: recordId,
    issuer: null,
    sheets: null,
    pages: null,
    paperOnly: false,
    note: null,
    addedAt: '2026-01-01T00:00:00.000Z',
    ...some,
  };
}

describe('the order of documents', () => {
  const rows = ['a', 'b', 'c'].map((id, at) => item(id, { ordinal: at + 1 }));
  const order = (of: ReturnType<typeof moved>) =>
    of && [of.rows.map(({ recordId, ordinal }) => `${String(ordinal)}${recordId}`).join(' '), of.before, of.ordinal];

  test.each([
    ['b', 'up', ['1b 2a 3c', 'a', 1]],
    ['b', 'down', ['1a 2c 3b', null, 3]],
    ['a', 'down', ['1b 2a 3c', 'c', 2]],
    ['c', 'first', ['1c 2a 3b', 'a', 1]],
    ['a', 'last', ['1b 2c 3a', null, 3]],
    ['a', 'up', undefined],
    ['c', 'down', undefined],
    ['c', 'last', undefined],
    ['x', 'up', undefined],
  ] as const)('%s %s', (id, step, expected) => {
    expect(order(moved(rows, id, step, true))).toEqual(expected);
  });

  test('where more follows than is shown, nobody guesses what stands next', () => {
    expect(moved(rows, 'b', 'down', false)).toBeUndefined();
    expect(moved(rows, 'a', 'last', false)).toBeUndefined();
    expect(order(moved(rows, 'a', 'down', false))).toEqual(['1b 2a 3c', 'c', 2]);
  });
});

describe('the fields as they are typed', () => {
  const today = day.parse('2026-11-25');
  const typed: DossierValues = {
    notation: '01.VP',
    headingId: null,
    title: 'Hồ sơ',
    titleRank: 1,
    unitId: null,
    ownerId: null,
    retention: '20 năm',
    retentionBasis: ' ',
    language: '',
    startDate: '2/1/2026',
    endDate: '',
    note: '',
  };

  test('become what the contract takes', () => {
    expect(fieldsIn(typed, today, true)).toEqual({
      wrong: {},
      fields: {
        ...typed,
        retention: 20,
        retentionBasis: null,
        language: null,
        startDate: '2026-01-02',
        endDate: null,
        note: null,
      },
    });
  });

  test.each([
    [{ title: ' ' }, { title: 'needed' }],
    [{ notation: '' }, { notation: 'needed' }],
    [{ retention: 'lâu' }, { retention: 'not-a-period' }],
    [{ startDate: '31/2/2026' }, { startDate: 'not-a-date' }],
    [{ endDate: '1/1/2026' }, { endDate: 'before-start' }],
    [{ startDate: '', endDate: '1/1/2026' }, {}],
  ])('%j', (some, wrong) => {
    expect(fieldsIn({ ...typed, ...some }, today, true).wrong).toEqual(wrong);
  });

  test('only what was changed is sent', () => {
    const before = fieldsIn(typed, today, true).fields;
    const now = fieldsIn({ ...typed, title: 'Khác', startDate: '02/01/2026' }, today, true).fields;
    expect(changedFields(before, now)).toEqual({ title: 'Khác' });
  });
});

test('the address says what is shown, and what it cannot say is not believed', () => {
  expect(askedOf(new URLSearchParams('xem=danh-muc&nam=2025&muc=lich-su'))).toEqual({
    view: 'plan',
    year: 2025,
    section: 'history',
  });
  expect(askedOf(new URLSearchParams('xem=x&nam=25&muc=y'))).toEqual({
    view: undefined,
    year: undefined,
    section: 'documents',
  });
  expect(dossierAddress('1', { view: 'mine', section: 'documents' })).toBe('/ho-so/1?xem=cua-toi');
  expect(dossierAddress(null, { view: 'plan', year: 2025, section: 'fields' })).toBe(
    '/ho-so?xem=danh-muc&nam=2025&muc=thong-tin',
  );
});

describe('the plan in a spreadsheet', () => {
  const rows = [
    {
      notation: '',
      numeral: 'I',
      title: 'Công tác "văn phòng", chung',
      retention: '',
      owner: '',
      unit: '',
      titleRank: '',
      note: '',
    },
    {
      notation: '01.VP',
      numeral: '',
      title: 'Danh mục hồ sơ; năm 2026',
      retention: '20 năm',
      owner: 'ha.vt',
      unit: 'VP',
      titleRank: 'Nội bộ',
      note: 'dòng một\ndòng hai',
    },
  ];

  test('what is written is read again as it was, as XLSX and as CSV', async () => {
    const xlsx = new File([await xlsxOf([{ name: 'Danh mục', columns: planColumns, rows }])], 'ra.xlsx');
    expect(await readPlanTable([xlsx])).toEqual({ rows, ignored: [] });
    const lines = [planColumns.map(([, word]) => word), ...rows.map((row) => planColumns.map(([name]) => row[name]))];
    expect(await readPlanTable([new File([csvOf(lines)], 'ra.csv')])).toEqual({ rows, ignored: [] });
  });

  test.each(['=HYPERLINK("x")', '+84', '-Kế hoạch', '@tin', "'=A1", "''-1", "'thường'"])(
    'a title that is %s is no formula in CSV, and is read again as it was',
    async (title) => {
      const file = new File(
        [
          csvOf([
            ['Số và ký hiệu hồ sơ', 'Tên đề mục và tiêu đề hồ sơ'],
            ['01.VP', title],
          ]),
        ],
        'ra.csv',
      );
      const [, line] = parse(await file.text(), { bom: true });
      expect(line?.[1]).toMatch(/^[^=+\-@\t\r]/u);
      expect((await readPlanTable([file])).rows.map((row) => row.title)).toEqual([title]);
    },
  );

  test('a table without codes is no plan', async () => {
    await expect(readPlanTable([new File(['một,hai\n1,2\n'], 'x.csv')])).rejects.toThrow(NoTable);
  });
});
