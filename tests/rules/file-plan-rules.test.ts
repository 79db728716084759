import type { PlanCells } from '../../src/contract/dossiers.ts';
import { readPlan, type KnownPlan } from '../../src/departments/dossiers/rules-load.ts';

describe('a plan from a table', () => {
  const known: KnownPlan = {
    headings: new Map([['I', 'Chung']]),
    dossiers: new Map([
      ['01.VP', { id: '1', title: 'Đã có', fixed: null }],
      ['96.VP', { id: '96', title: 'Đã đóng', fixed: 'closed' }],
      ['97.VP', { id: '97', title: 'Của người khác', fixed: 'not-yours' }],
      ['98.VP', { id: '98', title: 'Ngoài danh mục', fixed: 'code-taken' }],
      ['99.VP', { id: '99', title: null, fixed: 'code-taken' }],
    ]),
    units: new Set(['VP', 'ĐL']),
    people: new Map([
      ['mai', 2],
      ['lan', 1],
    ]),
    clearance: 2,
  };
  const row = (given: Partial<PlanCells>): PlanCells => ({
    notation: '',
    numeral: '',
    title: '',
    retention: '',
    owner: '',
    unit: '',
    titleRank: '',
    note: '',
    ...given,
  });

  test('what stands is there, the rest is read in the order of the form', () => {
    const read = readPlan(
      [
        row({ numeral: 'I', title: 'Chung' }),
        row({ notation: '01.VP', title: 'Đã có', owner: 'đã nghỉ' }),
        row({ numeral: '1.', title: 'Nhỏ' }),
        row({
          notation: '02.VP',
          title: 'Mới',
          retention: 'vĩnh viễn',
          owner: 'MAI',
          unit: 'đl',
          titleRank: 'có điều kiện',
        }),
      ],
      known,
    );
    expect(read).toEqual({
      problems: [],
      headings: [{ key: 'I.1', parentKey: 'I', numeral: '1', ordinal: 1, title: 'Nhỏ' }],
      dossiers: [
        {
          order: 4,
          headingKey: 'I.1',
          notation: '02.VP',
          title: 'Mới',
          titleRank: 2,
          retention: 'permanent',
          owner: 'mai',
          unit: 'ĐL',
          note: null,
        },
      ],
      corrections: [],
      there: { headings: 1, dossiers: 1 },
    });
  });

  test('another title of what stands is a correction of it, and the same title never is', () => {
    const read = readPlan(
      [
        row({ numeral: 'I', title: 'Chung' }),
        row({ notation: '01.VP', title: 'Tên khác' }),
        row({ notation: '96.VP', title: 'Đã đóng' }),
        row({ notation: '97.VP', title: 'Của người khác' }),
        row({ notation: '98.VP', title: 'Ngoài danh mục' }),
      ],
      known,
    );
    expect(read).toMatchObject({
      problems: [],
      dossiers: [],
      corrections: [{ id: '1', row: 2, notation: '01.VP', before: 'Đã có', after: 'Tên khác' }],
      there: { headings: 1, dossiers: 3 },
    });
  });

  test.each<[Partial<PlanCells>, string, string]>([
    [{ numeral: 'I', title: 'Tên khác' }, 'numeral', 'twice'],
    [{ numeral: 'II', title: '' }, 'title', 'needed'],
    [{ numeral: 'II', title: 'a'.repeat(201) }, 'title', 'too-long'],
    [{ numeral: 'II', notation: '09.VP', title: 'a' }, 'numeral', 'not-a-numeral'],
    [{ numeral: 'A', title: 'a' }, 'numeral', 'not-a-numeral'],
    [{ title: 'a' }, 'notation', 'needed'],
    [{ notation: '01.VP', title: '' }, 'title', 'needed'],
    [{ notation: '96.VP', title: 'Tên khác' }, 'title', 'closed'],
    [{ notation: '97.VP', title: 'Tên khác' }, 'title', 'not-yours'],
    [{ notation: '98.VP', title: 'Tên khác' }, 'notation', 'code-taken'],
    [{ notation: '99.VP', title: 'Tên khác' }, 'notation', 'code-taken'],
    [{ notation: '1'.repeat(21), title: 'a' }, 'notation', 'too-long'],
    [{ notation: '09.VP', title: 'a'.repeat(501) }, 'title', 'too-long'],
    [{ notation: '09.VP', title: 'a', note: 'a'.repeat(501) }, 'note', 'too-long'],
    [{ notation: '09.VP', title: 'a', owner: 'ai' }, 'owner', 'unknown-person'],
    [{ notation: '09.VP', title: 'a', owner: 'lan', titleRank: '2' }, 'owner', 'unknown-person'],
    [{ notation: '09.VP', title: 'a', unit: 'X' }, 'unit', 'unknown-unit'],
    [{ notation: '09.VP', title: 'a', titleRank: 'Mật' }, 'titleRank', 'not-a-rank'],
    [{ notation: '09.VP', title: 'a', retention: '200' }, 'retention', 'not-a-period'],
  ])('%j is named', (cells, column, problem) => {
    const { problems } = readPlan([row({ numeral: 'III', title: 'Trên' }), row(cells)], known);
    expect(problems).toEqual([{ row: 2, column, problem }]);
  });

  test('nobody labels a title above their own clearance', () => {
    const rows = [row({ numeral: 'III', title: 'Trên' }), row({ notation: '09.VP', title: 'a', titleRank: '2' })];
    expect(readPlan(rows, { ...known, clearance: 1 }).problems).toEqual([
      { row: 2, column: 'titleRank', problem: 'not-a-rank' },
    ]);
  });

  test('an Arabic numeral stands below a Roman one', () => {
    expect(readPlan([row({ numeral: '1', title: 'a' })], known).problems).toEqual([
      { row: 1, column: 'numeral', problem: 'no-heading-above' },
    ]);
  });
});
