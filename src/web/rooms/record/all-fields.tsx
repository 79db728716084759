import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../contract/registry.ts';
import { levels } from '../../../kernel/labels.ts';
import { FieldTable } from '../../parts/field-table.tsx';
import { formatMoment, languageNow } from '../../parts/format.ts';
import { annexNames, fieldLabel, fieldsInOrder, fieldValue } from './field-words.ts';
import tab from './record-tabs.module.css';

const paperNames = ['paperKind', 'paperStore', 'paperShelf', 'paperBox'] as const;

/** Every field of Nghị định 30/2020, Phụ lục VI, empty ones too: an empty field is a finding. */
export function AllFields({ record }: { readonly record: RecordView }) {
  const { t } = useTranslation(['record', 'common']);
  const { fields } = record;
  const rows: { key: string; label: string; annex: string; value: string }[] = fieldsInOrder(fields.direction).map(
    (name) => ({
      key: name,
      label: fieldLabel(t, name, fields.direction),
      annex: annexNames[name] ?? '',
      value: fieldValue(t, name, fields[name]),
    }),
  );
  if (fields.direction === 'incoming')
    rows.splice(rows.findIndex(({ key }) => key === 'arrivalDate') + 1, 0, {
      key: 'arrivalNumber',
      label: t('field.arrivalNumber'),
      annex: 'ArrivalNumber',
      value: fieldValue(t, 'arrivalNumber', record.arrivalNumber),
    });
  const house = [
    [t('field.direction'), t(`direction.${fields.direction}`)],
    [t('field.rank'), levels[record.rank].word[languageNow()]],
    [t('fact.leadUnit'), record.leadUnit?.name ?? '—'],
    [t('fact.supportingUnits'), record.supportingUnits.map((unit) => unit.name).join('; ') || '—'],
    ...paperNames.map((name) => [t(`field.${name}`), fieldValue(t, name, fields[name])] as const),
    [t('fact.received'), who(record.receivedAt, record.receivedBy?.fullName)],
    [
      t('fact.registered'),
      record.registeredAt === null ? '—' : who(record.registeredAt, record.registeredBy?.fullName),
    ],
    [t('fact.version'), String(record.version)],
  ] as const;
  return (
    <div className={tab['sheetPad']}>
      <FieldTable
        caption={t(fields.direction === 'incoming' ? 'fields.incoming' : 'fields.outgoing')}
        rows={rows}
        annexed
      />
      <FieldTable caption={t('fields.house')} rows={house.map(([label, value]) => ({ label, value }))} />
    </div>
  );
}

const who = (when: string, name: string | undefined): string =>
  name === undefined ? formatMoment(when) : `${formatMoment(when)}, ${name}`;
