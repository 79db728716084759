import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../contract/registry.ts';
import { direction as directions } from '../../../contract/shapes.ts';
import { formatMoment } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { bookYear, numberSource, type FormValues } from './form-values.ts';
import { useFormTools } from './form-tools.tsx';
import { useNextNumber } from './use-next-number.ts';
import classes from './registration.module.css';

/** The number that will be given, or the one that was; the level, as it stands in the form. */
export function FormHead({ record }: { readonly record: RecordView }) {
  const { t } = useTranslation('intake');
  const { values } = useFormTools();
  const declared = record.state === 'declared';
  const when = record.registeredAt === null ? '' : formatMoment(record.registeredAt);
  return (
    <header className={classes['head']}>
      <div className={classes['headLine']}>
        <h1>{declared ? t('registration.title-correct') : <Coming values={values} />}</h1>
        <LevelBadge rank={values.rank} />
      </div>
      <p className="sm mut">
        {!declared ? (
          <Book values={values} />
        ) : record.arrivalNumber === null ? (
          t('registration.registered-own', { when })
        ) : (
          t('registration.registered-as', { number: record.arrivalNumber, year: record.register?.year, when })
        )}
      </p>
    </header>
  );
}

/** The number as it would be given now, or as it is being taken over. */
function Coming({ values }: { readonly values: FormValues }) {
  const { t } = useTranslation('intake');
  const { today } = useFormTools();
  const book = useNextNumber(values.direction, bookYear(values, today)).data;
  if (!book) return t('registration.title');
  const source = numberSource(values.direction, book);
  if (source.from === 'document') return t('registration.next-own');
  const taken = values.takenNumber.trim();
  if (taken !== '') return t('registration.next-number', { number: taken });
  return source.from === 'house' ? t('registration.next-number', { number: source.next }) : t('registration.title');
}

function Book({ values }: { readonly values: FormValues }) {
  const { t } = useTranslation(['intake', 'common']);
  const { today } = useFormTools();
  const direction = directions.parse(values.direction);
  const book = useNextNumber(direction, bookYear(values, today)).data;
  if (!book) return '\u00a0';
  const source = numberSource(direction, book);
  if (direction !== 'incoming') return t(`registration.register-${direction}`, { year: book.year });
  return source.from === 'house' && values.takenNumber.trim() === ''
    ? t('registration.register-incoming', { year: book.year })
    : `${t('common:year-of-book.incoming', { year: book.year })} · ${t('number.taken-from', {
        system: book.otherSystem ?? t('number.other-system'),
      })}`;
}
