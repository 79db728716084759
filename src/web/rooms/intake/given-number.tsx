import { CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RecordView } from '../../../contract/registry.ts';
import { formatReference } from '../../parts/format.ts';
import { addressOf } from '../addresses.ts';
import classes from './intake.module.css';

/** What has just been entered in a register, as it travels to the next screen. */
export interface Given {
  readonly recordId: string;
  readonly direction: RecordView['fields']['direction'];
  readonly number: number | null;
  readonly year: number;
  readonly reference: string;
  readonly subject: string;
}

export function givenFor(record: RecordView, thisYear: number): Given {
  return {
    recordId: record.id,
    direction: record.fields.direction,
    number: record.arrivalNumber,
    year: record.register?.year ?? thisYear,
    reference: formatReference(record.fields.codeNumber, record.fields.codeNotation),
    subject: record.fields.subject,
  };
}

/** The number, large: it is written on the paper now. */
export function GivenNumber({
  given,
  small = false,
  onClose,
}: {
  readonly given: Given;
  readonly small?: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('intake');
  const book =
    given.direction === 'incoming'
      ? t('given.year', { year: given.year })
      : t(`given.${given.direction}`, { year: given.year });
  return (
    <section
      className={classes['given']}
      role="status"
      aria-label={t('given.label')}
      {...(small ? { 'data-small': true } : {})}
    >
      <div className={classes['givenNumber']}>
        <span className="sm">{given.number === null ? t('given.label') : t('given.arrival')}</span>
        <b data-given-number>{given.number ?? (given.reference === '' ? '✓' : given.reference)}</b>
      </div>
      <div className={classes['givenWhat']}>
        <p>
          {given.reference === '' ? '' : <b>{given.reference} · </b>}
          {given.subject}
        </p>
        <div className="sm mut">
          {book}
          {given.number === null ? ` · ${t('given.own')}` : ''} ·{' '}
          <Link to={addressOf.record(given.recordId)}>{t('given.open')}</Link>
        </div>
      </div>
      <CloseButton aria-label={t('given.close')} onClick={onClose} />
    </section>
  );
}
