import { useTranslation } from 'react-i18next';
import css from './field-table.module.css';

export interface FieldLine {
  readonly label: string;
  /** `—` where nothing is said: an empty field is a finding. */
  readonly value: string;
  /** The name the annex of Nghị định 30/2020 gives the field. */
  readonly annex?: string;
}

/** Fields with what stands in them, and with the names of the annex where they have any. */
export function FieldTable({
  caption,
  rows,
  annexed = false,
}: {
  readonly caption: string;
  readonly rows: readonly FieldLine[];
  readonly annexed?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <table className={css['fields']}>
      <caption>{caption}</caption>
      {annexed ? (
        <thead>
          <tr>
            <th scope="col">{t('fields.name')}</th>
            <th scope="col">{t('fields.value')}</th>
            <th scope="col">{t('fields.annex')}</th>
          </tr>
        </thead>
      ) : null}
      <tbody>
        {rows.map(({ label, value, annex = '' }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td colSpan={annexed ? 1 : 2} data-empty={value === '—'}>
              {value}
            </td>
            {annexed ? (
              <td>
                <code>{annex}</code>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
