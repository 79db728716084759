import { recordFieldNames, recordFields, type RecordFields, type RecordView } from '../../../contract/registry.ts';
import { displayDay, isCalendarDate, type CalendarDate } from '../../../kernel/dates.ts';
import type { Rank } from '../../../kernel/labels.ts';
import { dayFromText } from './day-text.ts';

/** The form as it is typed: text in every field, the day as an office writes it, one recipient on each line. */
export type FieldName = keyof RecordFields;

export interface Distribution {
  readonly rank: Rank;
  readonly leadUnitId: string | null;
  readonly supportingUnitIds: readonly string[];
  readonly openToAll: boolean;
}

export type FormValues = Readonly<Record<FieldName, string>> &
  Distribution & {
    /** The arrival number another system gave, where this house does not give one. */
    readonly takenNumber: string;
    readonly reason: string;
  };
export type ValueName = keyof FormValues;

export const dayNames = ['issuedDate', 'dueDate', 'arrivalDate'] as const satisfies readonly FieldName[];
const numberNames = [
  'pageAmount',
  'issuedAmount',
  'dossierYear',
  'dossierOrdinal',
] as const satisfies readonly FieldName[];

const isDay = (name: FieldName): boolean => (dayNames as readonly string[]).includes(name);
const isNumber = (name: FieldName): boolean => (numberNames as readonly string[]).includes(name);

/**
 * The form of a record. A draft that has arrived is taken to have arrived today, and to have the pages that its file
 * has, until the clerk says otherwise.
 */
export function valuesOf(record: RecordView, today: CalendarDate): FormValues {
  const texts = Object.fromEntries(
    recordFieldNames.map((name) => [name, textOf(name, record.fields[name])]),
  ) as unknown as Record<FieldName, string>;
  if (record.state === 'draft' && record.fields.direction === 'incoming' && texts.arrivalDate === '')
    texts.arrivalDate = displayDay(today);
  const main = record.files.find(({ role }) => role === 'main');
  if (
    record.state === 'draft' &&
    texts.pageAmount === '' &&
    main?.mediaType === 'application/pdf' &&
    main.pages !== null
  )
    texts.pageAmount = String(main.pages);
  return {
    ...texts,
    rank: record.rank,
    leadUnitId: record.leadUnit?.id ?? null,
    supportingUnitIds: record.supportingUnits.map(({ id }) => id).sort(),
    openToAll: record.openToAll,
    takenNumber: '',
    reason: '',
  };
}

function textOf(name: FieldName, value: RecordFields[FieldName]): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join('\n');
  const text = String(value);
  return isDay(name) && isCalendarDate(text) ? displayDay(text) : text;
}

export interface Wrong {
  readonly name: ValueName;
  readonly problem: string;
  readonly limit?: number;
}

/** What was typed, as the contract wants it, with what is wrong of it before anything is sent. */
export function fieldsOf(
  values: FormValues,
  today: CalendarDate,
): { readonly fields: RecordFields; readonly wrong: readonly Wrong[] } {
  const wrong: Wrong[] = [];
  const entries = recordFieldNames.map((name) => {
    const typed = values[name].trim();
    const value = said(name, typed, today);
    if (value === undefined) {
      wrong.push({ name, problem: isDay(name) ? 'not-a-date' : 'not-a-number' });
      return [name, null] as const;
    }
    const parsed = recordFields.shape[name].safeParse(value);
    const issue = parsed.error?.issues[0];
    if (issue) {
      const limit = issue.code === 'too_big' ? Number(issue.maximum) : undefined;
      wrong.push({ name, problem: issue.code, ...(limit === undefined ? {} : { limit }) });
    }
    return [name, parsed.success ? parsed.data : null] as const;
  });
  return { fields: Object.fromEntries(entries) as unknown as RecordFields, wrong };
}

function said(name: FieldName, typed: string, today: CalendarDate): unknown {
  if (name === 'recipients')
    return typed
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  if (typed === '') return name === 'subject' ? '' : null;
  if (isDay(name)) return dayFromText(typed, today) ?? undefined;
  if (isNumber(name)) return /^\d{1,9}$/u.test(typed) ? Number(typed) : undefined;
  return typed;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What differs between two forms; what is said only once, on saving, aside. */
export function changedNames(before: FormValues, after: FormValues): readonly ValueName[] {
  return (Object.keys(after) as ValueName[]).filter(
    (name) => name !== 'reason' && name !== 'takenNumber' && !same(before[name], after[name]),
  );
}

/** Work on a form: what the record said when it began, what is typed, what others changed since under typed fields. */
export interface FormWork {
  readonly version: number;
  readonly base: FormValues;
  readonly values: FormValues;
  readonly others: Partial<FormValues>;
}

export function beginWork(record: RecordView, today: CalendarDate): FormWork {
  const base = valuesOf(record, today);
  return { version: record.version, base, values: base, others: {} };
}

/**
 * The record has changed under the form: fields nobody typed in take the new value, typed ones stay as they are and are
 * told what the other person wrote. Nothing typed is ever lost.
 */
export function rebase(work: FormWork, record: RecordView, today: CalendarDate): FormWork {
  const base = valuesOf(record, today);
  const touched = changedNames(work.base, work.values);
  const kept = Object.fromEntries(touched.map((name) => [name, work.values[name]]));
  const told = touched.filter((name) => !same(base[name], work.base[name]) && !same(base[name], work.values[name]));
  return {
    version: record.version,
    base,
    values: { ...base, ...kept, reason: work.values.reason, takenNumber: work.values.takenNumber },
    others: { ...work.others, ...Object.fromEntries(told.map((name) => [name, base[name]])) },
  };
}

/** The year whose book the form goes into: of the arrival, or of issue for what leaves and stays; this year while unsaid. */
export function bookYear(
  values: Pick<FormValues, 'direction' | 'arrivalDate' | 'issuedDate'>,
  today: CalendarDate,
): number {
  const day = dayFromText(values.direction === 'incoming' ? values.arrivalDate : values.issuedDate, today);
  return Number((day ?? today).slice(0, 4));
}

/** Where the arrival number of this form comes from. */
export type NumberSource =
  | { readonly from: 'house'; readonly next: number; readonly mayBeOlder: boolean; readonly startNumber: number }
  | { readonly from: 'other-system' }
  /** Outgoing and internal documents bring their own. */
  | { readonly from: 'document' };

export function numberSource(
  direction: string,
  book: { readonly kind: 'own' | 'external'; readonly number: number | null; readonly startNumber: number },
): NumberSource {
  if (direction !== 'incoming') return { from: 'document' };
  if (book.kind === 'external' || book.number === null) return { from: 'other-system' };
  return { from: 'house', next: book.number, mayBeOlder: book.startNumber > 1, startNumber: book.startNumber };
}

/** What is wrong with the number that was typed, before the house is asked. */
export function wrongNumber(typed: string, source: NumberSource | undefined): string | null {
  const text = typed.trim();
  if (source?.from === 'other-system' && text === '') return 'number-needed';
  if (text === '') return null;
  if (!/^\d{1,9}$/u.test(text) || Number(text) < 1) return 'not-a-number';
  return source?.from === 'house' && Number(text) >= source.startNumber ? 'number-not-needed' : null;
}

/** The problems of a refusal, at their fields. */
export function wrongFrom(
  fields: readonly { readonly path: string; readonly problem: string }[],
  values: FormValues,
): readonly Wrong[] {
  return fields.flatMap(({ path, problem }) => {
    const name = path.replace(/^fields\./u, '').split('.')[0] ?? '';
    return name in values ? [{ name: name as ValueName, problem }] : [];
  });
}
