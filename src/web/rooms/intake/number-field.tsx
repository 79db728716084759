import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bookYear, numberSource } from './form-values.ts';
import { useFieldProps } from './form-tools.tsx';
import { useNextNumber } from './use-next-number.ts';
import css from './number-field.module.css';
import classes from './registration.module.css';

/**
 * The arrival number of another system. Always asked in a book whose numbers that system gives; in a book of ours only
 * when an older document is entered, from before the first number we gave.
 */
export function NumberField() {
  const { t } = useTranslation('intake');
  const { tools, text } = useFieldProps();
  const { values, today } = tools;
  const [older, setOlder] = useState(values.takenNumber !== '');
  const book = useNextNumber(values.direction, bookYear(values, today)).data;
  if (!book) return null;
  const source = numberSource(values.direction, book);
  const system = book.otherSystem ?? t('number.other-system');
  if (source.from === 'document') return null;
  if (source.from === 'house' && !source.mayBeOlder) return null;
  if (source.from === 'house' && !older)
    return (
      <p className="sm mut">
        {t('number.older-why', { start: source.startNumber, system })}{' '}
        <button type="button" className={classes['linkButton']} onClick={() => setOlder(true)}>
          {t('number.older')}
        </button>
      </p>
    );
  return (
    <div className={css['taken']}>
      <TextInput
        {...text('takenNumber')}
        label={t('field.takenNumber', { system })}
        inputMode="numeric"
        required={source.from === 'other-system'}
        autoFocus={source.from === 'house'}
      />
      <p className="sm">
        {source.from === 'house'
          ? t('number.older-what', { start: source.startNumber, system })
          : t('number.external-what', { system })}{' '}
        {source.from === 'house' ? (
          <button
            type="button"
            className={classes['linkButton']}
            onClick={() => {
              tools.set({ takenNumber: '' });
              setOlder(false);
            }}
          >
            {t('number.older-not')}
          </button>
        ) : null}
      </p>
    </div>
  );
}
