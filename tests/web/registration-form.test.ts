import fc from 'fast-check';
import type { RecordView } from '../../src/contract/registry.ts';
import { displayDay, isCalendarDate, type CalendarDate } from '../../src/kernel/dates.ts';
import { dayFromText, numberAndNotation, typeSymbolOf } from '../../src/web/rooms/intake/day-text.ts';
import {
  beginWork,
  changedNames,
  fieldsOf,
  rebase,
  valuesOf,
  wrongFrom,
} from '../../src/web/rooms/intake/form-values.ts';

/** What the registration form makes of what is typed, and of two people at one record. */

const today = '2026-11-24' as CalendarDate;

describe('a day as clerks type it', () => {
  test.each([
    ['17/02/2025', '2025-02-17'],
    ['17-2-25', '2025-02-17'],
    ['17.2', '2026-02-17'],
    ['17022025', '2025-02-17'],
    ['1702', '2026-02-17'],
    ['170225', '2025-02-17'],
    ['2025-02-17', '2025-02-17'],
    [' 1 / 3 / 2024 ', '2024-03-01'],
  ])('%s', (typed, day) => {
    expect(dayFromText(typed, today)).toBe(day);
  });

  test.each(['', '30/02/2025', '29/02/2025', '13/13/2025', 'hôm nay', '1', '17/02/202', '2025/02/17/1'])(
    'no day: %s',
    (typed) => {
      expect(dayFromText(typed, today)).toBeNull();
    },
  );

  test('what is shown is read back as the same day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10);
          if (!isCalendarDate(day)) throw new Error(day);
          expect(dayFromText(displayDay(day), today)).toBe(day);
        },
      ),
    );
  });
});

describe('number and symbol in one paste', () => {
  test.each([
    ['318/BTC-NSNN', '318', 'BTC-NSNN'],
    ['Số: 318/BTC-NSNN', '318', 'BTC-NSNN'],
    ['02/CĐ-BCT', '02', 'CĐ-BCT'],
    ['12/2025/TT-BNV', '12', '2025/TT-BNV'],
    ['15a / QĐ-BCT ', '15a', 'QĐ-BCT'],
  ])('%s', (typed, number, notation) => {
    expect(numberAndNotation(typed)).toEqual({ number, notation });
  });

  test.each(['318', '318/', 'BTC-NSNN', '/BTC'])('not both: %s', (typed) => {
    expect(numberAndNotation(typed)).toBeNull();
  });

  test('the type stands before the first dash of the last part', () => {
    expect(['QĐ-BCT', '2025/TT-BNV', 'BTC-NSNN', 'CP'].map(typeSymbolOf)).toEqual(['QĐ', 'TT', 'BTC', null]);
  });
});

const record: RecordView = {
  id: '018f0000-0000-7000-8000-000000000001',
  state: 'draft',
  rank: 2,
  fields: {
    direction: 'incoming',
    documentType: null,
    codeNumber: '318',
    codeNotation: 'BTC-NSNN',
    issuedDate: '2025-02-14' as CalendarDate,
    issuer: 'Bộ Tài chính',
    subject: 'V/v lập dự toán',
    language: null,
    pageAmount: null,
    description: null,
    signerPosition: null,
    signerName: null,
    recipients: ['Bộ Công Thương', 'Lưu: VT'],
    urgency: 'normal',
    issuedAmount: null,
    dueDate: null,
    arrivalDate: null,
    toPlaces: null,
    trace: null,
    dossierYear: null,
    dossierNotation: null,
    dossierOrdinal: null,
    paperKind: null,
    paperStore: null,
    paperShelf: null,
    paperBox: null,
  },
  arrivalNumber: null,
  register: null,
  leadUnit: null,
  supportingUnits: [],
  openToAll: false,
  receivedAt: '2026-11-24T01:00:00.000Z',
  receivedBy: null,
  registeredAt: null,
  registeredBy: null,
  files: [],
  versions: [],
  version: 1,
  may: { register: true, correct: true, download: true, original: true, history: true, addFile: true },
};

describe('the form of a record', () => {
  test('a form nobody typed in says what the record said, and the day of arrival', () => {
    const { fields, wrong } = fieldsOf(valuesOf(record, today), today);
    expect(wrong).toEqual([]);
    expect(fields).toEqual({ ...record.fields, arrivalDate: today });
  });

  test('a registered record is shown as it is: nothing is filled in for it', () => {
    const declared: RecordView = { ...record, state: 'declared' };
    expect(fieldsOf(valuesOf(declared, today), today).fields).toEqual(record.fields);
  });

  test('what cannot be sent is named at its field', () => {
    const values = {
      ...valuesOf(record, today),
      subject: ' ',
      issuedDate: '31/04/2025',
      pageAmount: 'ba',
      codeNotation: 'K'.repeat(31),
    };
    expect(fieldsOf(values, today).wrong).toEqual([
      { name: 'codeNotation', problem: 'too_big', limit: 30 },
      { name: 'issuedDate', problem: 'not-a-date' },
      { name: 'subject', problem: 'too_small' },
      { name: 'pageAmount', problem: 'not-a-number' },
    ]);
  });

  test('a refusal of the house lands on its fields; what names no field of the form does not', () => {
    const values = valuesOf(record, today);
    expect(
      wrongFrom(
        [
          { path: 'fields.arrivalDate', problem: 'in-the-future' },
          { path: 'fields.recipients.3', problem: 'too_big' },
          { path: 'rank', problem: 'above-own-clearance' },
          { path: 'version', problem: 'invalid_type' },
        ],
        values,
      ).map(({ name }) => name),
    ).toEqual(['arrivalDate', 'recipients', 'rank']);
  });
});

describe('two people at one record', () => {
  const begun = beginWork(record, today);
  const typed = { ...begun, values: { ...begun.values, subject: 'Của tôi', signerName: 'Tô Hiến Nghi' } };
  const theirs: RecordView = {
    ...record,
    version: 2,
    rank: 1,
    fields: { ...record.fields, subject: 'Của họ', issuer: 'Bộ Nội vụ' },
  };

  test('nothing typed is lost, nothing untouched goes stale, and the clash is told', () => {
    const after = rebase(typed, theirs, today);
    expect(after.version).toBe(2);
    expect([after.values.subject, after.values.signerName]).toEqual(['Của tôi', 'Tô Hiến Nghi']);
    expect([after.values.issuer, after.values.rank]).toEqual(['Bộ Nội vụ', 1]);
    expect(after.others).toEqual({ subject: 'Của họ' });
    expect(changedNames(after.base, after.values)).toEqual(['subject', 'signerName']);
  });

  test('both wrote the same: there is nothing to tell', () => {
    const same = { ...typed, values: { ...typed.values, subject: 'Của họ' } };
    expect(rebase(same, theirs, today).others).toEqual({});
  });
});
