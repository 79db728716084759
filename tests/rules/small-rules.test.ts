import fc from 'fast-check';
import { clashingRoles, grantedPermissions, roles } from '../../src/kernel/permissions.ts';
import { isCalendarDate, vietnamDay } from '../../src/kernel/dates.ts';
import { newId } from '../../src/kernel/ids.ts';
import { keptLine, keptText } from '../../src/kernel/text.ts';
import {
  leadsBelow,
  type Post,
  mustWait,
  passwordProblem,
  reachedUnits,
  sessionEnds,
  throttle,
} from '../../src/departments/identity/rules.ts';
import { keptName, requestHash } from '../../src/departments/intake/rules.ts';
import { rangeOf } from '../../src/departments/strongroom/rules.ts';

describe('roles', () => {
  test('nobody who may read documents may read the log or run the machine, whatever they hold', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...roles)), (held) => {
        if (clashingRoles(held).length > 0) return;
        const may = grantedPermissions(held);
        const reads = may.has('document.view') || may.has('document.search');
        expect(reads && (may.has('audit.read') || may.has('system.jobs') || may.has('people.manage'))).toBe(false);
      }),
    );
  });
});

describe('days', () => {
  test.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2024-02-29', true],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['1799-12-31', false],
  ])('%s is a day: %s', (text, is) => {
    expect(isCalendarDate(text)).toBe(is);
  });
  test('the office’s day begins at 17:00 UTC', () => {
    expect([vietnamDay(new Date('2026-06-14T16:59:59Z')), vietnamDay(new Date('2026-06-14T17:00:00Z'))]).toEqual([
      '2026-06-14',
      '2026-06-15',
    ]);
  });
});

test('identifiers are UUIDv7, in the order of their moments, and never the same', () => {
  const ids = Array.from({ length: 2000 }, (_one, index) => newId(new Date(1_800_000_000_000 + index)));
  expect(new Set(ids).size).toBe(2000);
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
});

describe('text as it is kept', () => {
  test('NFC, without what turns or hides it; line ends stay in a text and go from a name', () => {
    expect(keptText('  Đường\u0301\u202e\u0000\nhai ')).toBe('Đườn\u0067\u0301\nhai'.normalize('NFC'));
    expect(keptLine('a\nb\u2066c')).toBe('abc');
  });
  test('keeping twice is keeping once', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => keptText(keptText(text)) === keptText(text)));
  });
});

describe('file names', () => {
  test.each([
    ['D:\\Quý I\\Công văn.pdf', 'Công văn.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['thư\u202efdp.exe', 'thưfdp.exe'],
    ['..', 'tep'],
    ['', 'tep'],
    [`${'dài'.repeat(100)}.pdf`, `${'dài'.repeat(100).slice(0, 251)}.pdf`],
  ])('%j is kept as %j', (given, kept) => {
    expect(keptName(given)).toBe(kept);
  });
  test('two requests are one when bytes, name and what was said are', () => {
    const sha = Buffer.alloc(32, 7);
    expect(requestHash('a', { x: 1 }, sha)).toEqual(requestHash('a', { x: 1 }, sha));
    for (const other of [
      requestHash('b', { x: 1 }, sha),
      requestHash('a', { x: 2 }, sha),
      requestHash('a', { x: 1 }, Buffer.alloc(32, 8)),
    ])
      expect(other).not.toEqual(requestHash('a', { x: 1 }, sha));
  });
});

describe('a range of bytes (RFC 9110, 14)', () => {
  test.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=5-', { start: 5, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-30', { start: 0, end: 9 }],
    ['bytes=2-99', { start: 2, end: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', undefined],
    ['bytes=0-1,4-5', undefined],
    ['lines=0-1', undefined],
    ['bytes=-', undefined],
    [undefined, undefined],
  ])('%j of ten bytes is %j', (header, range) => {
    expect(rangeOf(header, 10)).toEqual(range);
  });
});

describe('sign-in', () => {
  const start = new Date('2026-06-15T01:00:00Z');
  test('a session ends an hour after its last use, half an hour where more may be seen, twelve hours after its start', () => {
    const minutes = (clearance: 0 | 2, seen: number) =>
      (sessionEnds(start, new Date(start.getTime() + seen * 60_000), clearance).getTime() - start.getTime()) / 60_000;
    expect([minutes(0, 0), minutes(2, 0), minutes(0, 700), minutes(2, 719)]).toEqual([60, 30, 720, 720]);
  });

  test('a stranger’s failures elsewhere never make a known place wait', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (everywhereForName) => {
        expect(mustWait({ hereForName: 0, here: 0, everywhereForName, placeIsKnown: true })).toBe(false);
      }),
    );
    expect(mustWait({ hereForName: throttle.hereForName, here: 0, everywhereForName: 0, placeIsKnown: true })).toBe(
      true,
    );
    expect(mustWait({ hereForName: 0, here: throttle.here, everywhereForName: 0, placeIsKnown: true })).toBe(true);
    expect(
      mustWait({ hereForName: 0, here: 0, everywhereForName: throttle.everywhereForName, placeIsKnown: false }),
    ).toBe(true);
  });

  test.each([
    ['ngắn', 'short'],
    ['aaaaaaaaaaaaaaaa', 'common'],
    ['matkhau123456789', 'common'],
    ['xin chào nguyenmai', 'own-name'],
    ['một câu dài mà chỉ tôi nhớ', undefined],
  ])('the password %j: %j', (password, problem) => {
    expect(passwordProblem(password, { name: 'nguyenmai', fullName: 'Nguyễn Mai' })).toBe(problem);
  });
});

describe('units a person reaches', () => {
  const tree = [
    { id: 'ministry', parentId: null, successorId: null },
    { id: 'office', parentId: 'ministry', successorId: null },
    { id: 'desk', parentId: 'office', successorId: null },
    { id: 'legal', parentId: 'ministry', successorId: null },
  ];
  test.each([
    ['officer', 'office', ['office']],
    ['unit-clerk', 'office', ['office']],
    ['unit-leader', 'office', ['desk', 'office']],
    ['ministry-leader', 'ministry', ['desk', 'legal', 'ministry', 'office']],
  ] as const)('%s of %s reaches %j', (post, unitId, reached) => {
    expect(reachedUnits([{ unitId, post }], tree, new Set(['leader'])).sort()).toEqual(reached);
    expect(leadsBelow(post)).toBe(reached.length > 1);
    // Without the duty of a leader a post that leads reaches its own unit.
    expect(reachedUnits([{ unitId, post }], tree, new Set(['staff']))).toEqual([unitId]);
  });

  test('what came before a unit is reached with it, however many times it was reorganised', () => {
    const history = [
      ...tree,
      { id: 'legal-2019', parentId: 'ministry', successorId: 'legal-2023' },
      { id: 'legal-2023', parentId: 'ministry', successorId: 'legal' },
      { id: 'treaties', parentId: 'legal-2023', successorId: 'legal' },
      { id: 'circle', parentId: null, successorId: 'circle' },
    ];
    const reached = (unitId: string, held: Post): string[] =>
      reachedUnits([{ unitId, post: held }], history, new Set(['leader'])).sort();
    expect(reached('legal', 'officer')).toEqual(['legal', 'legal-2019', 'legal-2023', 'treaties']);
    expect(reached('legal-2023', 'officer')).toEqual(['legal-2019', 'legal-2023']);
    expect(reached('office', 'unit-leader')).toEqual(['desk', 'office']);
    expect(reached('circle', 'officer')).toEqual(['circle']);
  });
});
