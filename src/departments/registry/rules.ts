import type { HistoryField, RecordFields, SaidFields } from '../../contract/registry.ts';
import type { Direction } from '../../contract/shapes.ts';
import type { CalendarDate } from '../../kernel/dates.ts';

/** What a record is before anybody has described it: named after its file, in no register. */
export function fieldsBeforeRegistration(fileName: string, direction: Direction): RecordFields {
  return {
    direction,
    documentType: null,
    codeNumber: null,
    codeNotation: null,
    issuedDate: null,
    issuer: null,
    subject: subjectFromFileName(fileName),
    language: null,
    pageAmount: null,
    description: null,
    signerPosition: null,
    signerName: null,
    recipients: [],
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
  };
}

export function subjectFromFileName(fileName: string): string {
  const bare = fileName
    .replace(/\.[A-Za-z0-9]{1,5}$/u, '')
    .replaceAll('_', ' ')
    .trim();
  return (bare === '' ? fileName : bare).slice(0, 500);
}

export interface Change {
  readonly field: HistoryField;
  readonly before: unknown;
  readonly after: unknown;
}

/** Fields said anew that differ from what stands; `undefined` is "not said", `null` is "said to be empty". */
export function changesBetween(before: RecordFields, said: SaidFields): Change[] {
  return (Object.keys(said) as (keyof RecordFields)[])
    .filter(
      (field) =>
        said[field] !== undefined && JSON.stringify(emptyAsNull(said[field])) !== JSON.stringify(before[field]),
    )
    .map((field) => ({ field, before: before[field], after: emptyAsNull(said[field]) }));
}

function emptyAsNull(value: unknown): unknown {
  return value === '' ? null : value;
}

/** Fields that the register cannot do without: Nghị định 30/2020, Phụ lục IV, columns of the two registers. */
export function missingForRegister(fields: RecordFields): (keyof RecordFields)[] {
  const missing: (keyof RecordFields)[] = [];
  if (fields.subject === '') missing.push('subject');
  if (fields.direction === 'incoming' && (fields.issuer ?? '') === '') missing.push('issuer');
  return missing;
}

/** Dates that cannot be: an arrival in the future, an arrival before the document was made. */
export function impossibleDates(
  fields: RecordFields,
  today: CalendarDate,
): { readonly path: string; readonly problem: string }[] {
  const wrong: { path: string; problem: string }[] = [];
  if (fields.arrivalDate !== null && fields.arrivalDate > today)
    wrong.push({ path: 'fields.arrivalDate', problem: 'in-the-future' });
  if (fields.issuedDate !== null && fields.issuedDate > today)
    wrong.push({ path: 'fields.issuedDate', problem: 'in-the-future' });
  if (fields.arrivalDate !== null && fields.issuedDate !== null && fields.arrivalDate < fields.issuedDate) {
    wrong.push({ path: 'fields.arrivalDate', problem: 'before-issued' });
  }
  return wrong;
}

/**
 * Which book a record is entered in. Số đến runs in order of receipt within a year, one series for paper and
 * electronic (Nghị định 30/2020, Điều 22(2)): the year is that of the arrival.
 */
export function bookFor(
  fields: RecordFields,
  today: CalendarDate,
): { readonly direction: Direction; readonly year: number } {
  const day = fields.direction === 'incoming' ? (fields.arrivalDate ?? today) : (fields.issuedDate ?? today);
  return { direction: fields.direction, year: Number(day.slice(0, 4)) };
}

/** `318/BTC-NSNN`, or what there is of it. */
export function numberAndSymbol(number: string | null, notation: string | null): string | null {
  const parts = [number, notation].filter((part): part is string => part !== null && part !== '');
  return parts.length === 0 ? null : parts.join('/');
}
