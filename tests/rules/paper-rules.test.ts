import fc from 'fast-check';
import { meantBody, nameKey, readBodies, sameName } from '../../src/departments/registry/rules-correspondents.ts';
import {
  bookBeforeSetUp,
  guessFromFileName,
  maySetTo,
  numberFor,
  wrongKind,
  type BookSetting,
} from '../../src/departments/registry/rules-registers.ts';

const direction = fc.constantFrom('incoming', 'outgoing', 'internal');
const number = fc.integer({ min: 1, max: 999_999_999 });
const book: fc.Arbitrary<BookSetting> = fc.record({
  kind: fc.constantFrom('own', 'external'),
  startNumber: number,
  otherSystem: fc.option(fc.string(), { nil: null }),
});

describe('a number', () => {
  test('is allocated only by an incoming book of ours, and taken only where ours never comes', () => {
    fc.assert(
      fc.property(direction, book, fc.option(number, { nil: null }), (of, setting, taken) => {
        const decision = numberFor(of, setting, taken);
        if (decision.number === 'next') return of === 'incoming' && setting.kind === 'own' && taken === null;
        if (decision.number === 'taken')
          return (
            decision.taken === taken &&
            of === 'incoming' &&
            (setting.kind === 'external' || taken < setting.startNumber)
          );
        if (decision.number === 'none') return of !== 'incoming' && taken === null;
        return taken !== null || (of === 'incoming' && setting.kind === 'external');
      }),
    );
  });

  test('at the start is ours, the one below it is the other system’s', () => {
    const setting: BookSetting = { kind: 'own', startNumber: 28_417, otherSystem: null };
    expect([28_416, 28_417].map((taken) => numberFor('incoming', setting, taken))).toEqual([
      { number: 'taken', taken: 28_416 },
      { number: 'refused', why: 'number-not-needed' },
    ]);
  });

  test('once taken never stands where the book may allocate after it was set anew', () => {
    fc.assert(
      fc.property(book, fc.option(number, { nil: null }), fc.boolean(), (setting, highestTaken, allocated) => {
        if (!maySetTo(setting, { allocated, highestTaken })) return allocated || setting.kind === 'own';
        return !allocated && (setting.kind === 'external' || (highestTaken ?? 0) < setting.startNumber);
      }),
    );
    expect(
      maySetTo({ kind: 'own', startNumber: 300, otherSystem: null }, { allocated: false, highestTaken: 300 }),
    ).toBe(false);
    expect(
      maySetTo({ kind: 'own', startNumber: 301, otherSystem: null }, { allocated: false, highestTaken: 300 }),
    ).toBe(true);
  });

  test('of a year nobody set up comes from whoever gave those before', () => {
    expect(bookBeforeSetUp('incoming', undefined)).toEqual({ kind: 'own', startNumber: 1, otherSystem: null });
    expect(bookBeforeSetUp('incoming', { kind: 'own', otherSystem: 'QLVB' })).toEqual({
      kind: 'own',
      startNumber: 1,
      otherSystem: null,
    });
    expect(bookBeforeSetUp('incoming', { kind: 'external', otherSystem: 'QLVB' })).toEqual({
      kind: 'external',
      startNumber: 1,
      otherSystem: 'QLVB',
    });
    expect(bookBeforeSetUp('outgoing', undefined).kind).toBe('external');
    expect([wrongKind('outgoing', 'own'), wrongKind('incoming', 'own'), wrongKind('internal', 'external')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test.each([
  ['den 28417.pdf', 28_417, 2026],
  ['Đến_28417.pdf', 28_417, 2026],
  ['28417.pdf', 28_417, 2026],
  ['028417.tiff', 28_417, 2026],
  ['28417-2025.pdf', 28_417, 2025],
  ['CV đến số 28417 2025.pdf', 28_417, 2025],
  ['công văn đến 7.pdf', 7, 2026],
])('%s is guessed to be number %i of %i', (name, guessed, year) => {
  expect(guessFromFileName(name, 2026)).toEqual({ number: guessed, year });
  expect(guessFromFileName(name.normalize('NFD'), 2026)).toEqual({ number: guessed, year });
});

test.each(['báo cáo 5.pdf', '318-BTC.pdf', 'scan.pdf', '0.pdf', '1234567890.pdf', '5 bản.pdf', '28417-17.pdf', ''])(
  '%j says no number',
  (name) => {
    expect(guessFromFileName(name, 2026)).toBeNull();
  },
);

describe('a name', () => {
  test.each([
    ['Bộ Tài chính', 'BỘ TÀI CHÍNH', true],
    ['Bộ Tài chính', 'bo tai chinh', true],
    ['Bộ Tài chính', 'Bộ Tài chinh', true],
    ['Bộ  Tài-chính', 'Bộ Tài chính', true],
    ['Sở Y tế Hoà Bình', 'Sở Y tế Hòa Bình', true],
    ['Bà Tứ', 'Ba Tư', false],
    ['Sở Nội vụ', 'Sở Nôi vụ', false],
    ['Bộ Tài chính', 'Bộ Tài', false],
  ])('%j and %j are the same: %j', (one, other, same) => {
    expect(sameName(nameKey(one), nameKey(other))).toBe(same);
    expect(sameName(nameKey(other), nameKey(one))).toBe(same);
  });

  test('means whoever bears it exactly, else the only one it may be, else nobody', () => {
    const known = [
      { id: 'a', ...nameKey('Bà Tứ') },
      { id: 'b', ...nameKey('Ba Tư') },
    ];
    expect([meantBody(nameKey('ba tư'), known), meantBody(nameKey('bà tứ'), known)]).toEqual(['b', 'a']);
    expect(meantBody(nameKey('ba tu'), known)).toBeUndefined();
    expect(meantBody(nameKey('ba tu'), known.slice(1))).toBe('b');
    expect(meantBody(nameKey('---'), [{ id: 'c', ...nameKey('***') }])).toBeUndefined();
  });

  test('is always its own', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        (name) => meantBody(nameKey(name), [{ id: 'x', ...nameKey(name) }]) === 'x',
      ),
    );
  });
});

test('a table read against what it was made from adds nothing and is wrong nowhere', () => {
  const word = fc.constantFrom('Sở', 'Bộ', 'Cục', 'Y tế', 'Nội vụ', 'Hà Nội', 'Huế');
  const table = fc.uniqueArray(
    fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(table, (names) => {
      const known = names.map((name, at) => ({ id: String(at), code: `C${String(at)}`, names: [nameKey(name)] }));
      const rows = names.map((name, at) => ({ code: `C${String(at)}`, name, otherNames: '' }));
      const { problems, bodies } = readBodies(rows, known);
      expect(problems).toEqual([]);
      expect(bodies.map((body) => body.id)).toEqual(known.map((body) => body.id));
    }),
  );
});
