import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../contract/registry.ts';
import { levels } from '../../../kernel/labels.ts';
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
      <table className={tab['fields']}>
        <caption>{t(fields.direction === 'incoming' ? 'fields.incoming' : 'fields.outgoing')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('fields.name')}</th>
            <th scope="col">{t('fields.value')}</th>
            <th scope="col">{t('fields.annex')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, annex, value }) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td data-empty={value === '—'}>{value}</td>
              <td>
                <code>{annex}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className={tab['fields']}>
        <caption>{t('fields.house')}</caption>
        <tbody>
          {house.map(([label, value]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td colSpan={2} data-empty={value === '—'}>
                {value}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const who = (when: string, name: string | undefined): string =>
  name === undefined ? formatMoment(when) : `${formatMoment(when)}, ${name}`;
