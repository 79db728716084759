import fc from 'fast-check';
import type { RecordFields } from '../../src/contract/registry.ts';
import {
  changesBetween,
  fieldsBeforeRegistration,
  impossibleDates,
  bookFor,
  missingForRegister,
  numberAndSymbol,
  subjectFromFileName,
} from '../../src/departments/registry/rules.ts';
import type { CalendarDate } from '../../src/kernel/dates.ts';

const today = '2026-06-15' as CalendarDate;
const draft = fieldsBeforeRegistration('Công văn_318.pdf', 'incoming');
/** As a test writes it: days as plain text. */
type Said = Partial<Omit<RecordFields, 'arrivalDate' | 'issuedDate'>> & {
  arrivalDate?: string | null;
  issuedDate?: string | null;
};
const with_ = (said: Said): RecordFields => ({ ...draft, ...said }) as RecordFields;

test.each([
  ['Công văn_318.pdf', 'Công văn 318'],
  ['không đuôi', 'không đuôi'],
  ['.pdf', '.pdf'],
  ['a.b.c.docx', 'a.b.c'],
  ['x'.repeat(600) + '.txt', 'x'.repeat(500)],
])('before anybody has described it, %s is called %s', (name, subject) => {
  expect(subjectFromFileName(name)).toBe(subject);
});

describe('what the register needs', () => {
  test('a subject always, an issuer of what comes in', () => {
    expect(missingForRegister(with_({ issuer: null }))).toEqual(['issuer']);
    expect(missingForRegister(with_({ issuer: '', subject: '' }))).toEqual(['subject', 'issuer']);
    expect(missingForRegister(with_({ direction: 'outgoing', issuer: null }))).toEqual([]);
    expect(missingForRegister(with_({ issuer: 'Bộ Tài chính' }))).toEqual([]);
  });

  test.each<[Said, string[]]>([
    [{ arrivalDate: '2026-06-15', issuedDate: '2026-06-15' }, []],
    [{ arrivalDate: '2026-06-16' }, ['fields.arrivalDate in-the-future']],
    [{ issuedDate: '2026-06-16' }, ['fields.issuedDate in-the-future']],
    [{ arrivalDate: '2026-06-01', issuedDate: '2026-06-02' }, ['fields.arrivalDate before-issued']],
    [{ arrivalDate: null, issuedDate: null }, []],
  ])('of the dates %j it says %j', (said, wrong) => {
    expect(impossibleDates(with_(said), today).map(({ path, problem }) => `${path} ${problem}`)).toEqual(wrong);
  });
});

describe('which register', () => {
  test.each<[Said, object]>([
    [
      { arrivalDate: '2025-12-31', issuedDate: '2025-11-01' },
      { direction: 'incoming', year: 2025 },
    ],
    [{ arrivalDate: null }, { direction: 'incoming', year: 2026 }],
    [
      { direction: 'outgoing', issuedDate: '2024-02-29' },
      { direction: 'outgoing', year: 2024 },
    ],
    [
      { direction: 'internal', issuedDate: null },
      { direction: 'internal', year: 2026 },
    ],
  ])('%j stands in %j', (said, register) => {
    expect(bookFor(with_(said), today)).toEqual(register);
  });
});

describe('changes', () => {
  test('only what was said and differs; an empty text is nothing', () => {
    expect(
      changesBetween(with_({ issuer: 'A', description: null }), {
        issuer: 'B',
        subject: draft.subject,
        description: '',
      }),
    ).toEqual([{ field: 'issuer', before: 'A', after: 'B' }]);
  });
  test('saying what stands changes nothing', () => {
    const text = fc.option(fc.string({ minLength: 1 }), { nil: null });
    fc.assert(
      fc.property(
        fc.record({ issuer: text, codeNumber: text, recipients: fc.array(fc.string()) }),
        (said) => changesBetween(with_(said), said).length === 0,
      ),
    );
  });
});

test.each([
  ['318', 'BTC-NSNN', '318/BTC-NSNN'],
  ['318', null, '318'],
  [null, 'BTC', 'BTC'],
  ['', '', null],
  [null, null, null],
])('number %j and symbol %j are written %j', (number, notation, written) => {
  expect(numberAndSymbol(number, notation)).toBe(written);
});
