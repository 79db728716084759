import type { TFunction } from 'i18next';
import { recordFields, type HistoryField, type RecordFields } from '../../../contract/registry.ts';
import { direction, rank, urgency } from '../../../contract/shapes.ts';
import { isCalendarDate } from '../../../kernel/dates.ts';
import { levels } from '../../../kernel/labels.ts';
import { formatDay, languageNow } from '../../parts/format.ts';

type Words = TFunction<readonly ['record', 'common']>;
type FieldName = keyof RecordFields;

/** The names that Nghị định 30/2020, Phụ lục VI, Phần II gives the fields in its column "Tên trường". */
export const annexNames: Readonly<Partial<Record<FieldName, string>>> = {
  documentType: 'TypeName',
  codeNumber: 'CodeNumber',
  codeNotation: 'CodeNotation',
  issuedDate: 'IssuedDate',
  issuer: 'OrganName',
  subject: 'Subject',
  language: 'Language',
  pageAmount: 'PageAmount',
  description: 'Description',
  signerPosition: 'Position',
  signerName: 'FullName',
  recipients: 'To',
  urgency: 'Priority',
  issuedAmount: 'IssuedAmount',
  dueDate: 'DueDate',
  arrivalDate: 'ArrivalDate',
  toPlaces: 'ToPlaces',
  trace: 'TraceHeaderList',
  dossierYear: 'FileCatalog',
  dossierNotation: 'FileNotation',
  dossierOrdinal: 'DocOrdinal',
};

/** The order of the annex: mục I for what goes out and stays, mục II for what comes in. */
const first: readonly FieldName[] = [
  'dossierYear',
  'dossierNotation',
  'dossierOrdinal',
  'documentType',
  'codeNumber',
  'codeNotation',
  'issuedDate',
  'issuer',
  'subject',
  'language',
  'pageAmount',
  'description',
];
const incoming: readonly FieldName[] = [
  ...first,
  'arrivalDate',
  'signerPosition',
  'signerName',
  'urgency',
  'toPlaces',
  'trace',
  'dueDate',
];
const outgoing: readonly FieldName[] = [
  ...first,
  'signerPosition',
  'signerName',
  'recipients',
  'urgency',
  'issuedAmount',
  'dueDate',
  'trace',
];

export function fieldsInOrder(of: RecordFields['direction']): readonly FieldName[] {
  return of === 'incoming' ? incoming : outgoing;
}

export function fieldLabel(t: Words, field: HistoryField, of: RecordFields['direction']): string {
  return t(field === 'dueDate' && of !== 'incoming' ? 'field.replyBy' : `field.${field}`);
}

/** A value as it is read: a day as a day, a level as its word, nothing as a dash. */
export function fieldValue(t: Words, field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map((one) => fieldValue(t, '', one)).join('; ');
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (field === 'direction') {
    const known = direction.safeParse(value);
    if (known.success) return t(`direction.${known.data}`);
  }
  if (field === 'urgency') {
    const known = urgency.safeParse(value);
    if (known.success) return t(`urgency.${known.data}`);
  }
  if (field === 'paperKind') {
    const known = recordFields.shape.paperKind.safeParse(value);
    if (known.success && known.data !== null) return t(`common:paper.kind.${known.data}`);
  }
  if (field === 'rank') {
    const known = rank.safeParse(value);
    if (known.success) return levels[known.data].word[languageNow()];
  }
  if (typeof value === 'string') return isCalendarDate(value) ? formatDay(value) : value;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
