import { useEffect, useId, useRef, useState } from 'react';
import { IconCalendar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { vietnamDay } from '../../../kernel/dates.ts';
import { formatDay } from '../../parts/format.ts';
import { dayFromText } from '../intake/day-text.ts';
import css from './day-field.module.css';

interface DayFieldProps {
  readonly label: string;
  /** ISO calendar date, or empty. */
  readonly value: string;
  /** Said when a whole day has been typed or picked, or the field was emptied. */
  readonly onSay: (day: string) => void;
}

/**
 * A day, typed or picked. Typed, because the browser's own field turns day and month round on an English Windows;
 * the browser's calendar is only opened from it.
 */
export function DayField({ label, value, onSay }: DayFieldProps) {
  const { t } = useTranslation('search');
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const calendar = useRef<HTMLInputElement>(null);
  useEffect(() => {
    setTyped(null);
    setWrong(false);
  }, [value]);
  const finish = (): void => {
    if (typed === null) return;
    const day = typed.trim() === '' ? '' : dayFromText(typed, vietnamDay(new Date()));
    setWrong(day === null);
    if (day === null) return;
    setTyped(null);
    if (day !== value) onSay(day);
  };
  return (
    <div className={css['field']}>
      <label htmlFor={id}>{label}</label>
      <div className={css['box']} data-wrong={wrong}>
        <input
          id={id}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          maxLength={10}
          placeholder={t('day.shape')}
          value={typed ?? formatDay(value)}
          aria-invalid={wrong}
          {...(wrong ? { 'aria-describedby': `${id}-wrong` } : {})}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={finish}
          onKeyDown={(event) => {
            if (event.key === 'Enter') finish();
          }}
        />
        <button
          type="button"
          aria-label={t('day.pick', { label })}
          onClick={() => {
            calendar.current?.showPicker();
          }}
        >
          <IconCalendar size={15} aria-hidden="true" />
        </button>
        <input
          ref={calendar}
          className={css['calendar']}
          type="date"
          tabIndex={-1}
          aria-hidden="true"
          min="1900-01-01"
          value={value}
          onChange={(event) => {
            const day = event.currentTarget.value;
            if (day === '' || day >= '1900') onSay(day);
          }}
        />
      </div>
      {wrong && (
        <p id={`${id}-wrong`} className={css['wrong']} role="alert">
          {t('day.wrong')}
        </p>
      )}
    </div>
  );
}
