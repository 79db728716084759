import { ActionIcon, Popover, TextInput } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useState, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { displayDay, isCalendarDate, type CalendarDate } from '../../../kernel/dates.ts';
import { languageNow } from '../../parts/format.ts';
import { dayFromText } from './day-text.ts';
import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/vi';

export interface DayFieldProps {
  readonly label: ReactNode;
  /** The field's name alone, for the button that opens the calendar. */
  readonly name: string;
  readonly value: string;
  readonly today: CalendarDate;
  readonly error: ReactNode;
  readonly fieldRef?: Ref<HTMLInputElement>;
  readonly onChange: (text: string) => void;
}

/** A day, typed as offices type it; put in form when the field is left. The calendar is for the mouse. */
export function DayField({ label, name, value, today, error, fieldRef, onChange }: DayFieldProps) {
  const { t } = useTranslation('intake');
  const [opened, setOpened] = useState(false);
  const day = dayFromText(value, today);
  return (
    <TextInput
      ref={fieldRef ?? null}
      label={label}
      value={value}
      error={error}
      placeholder={t('hint.date')}
      inputMode="numeric"
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => {
        if (day !== null) onChange(displayDay(day));
      }}
      rightSection={
        <Popover opened={opened} onChange={setOpened} position="bottom-end" withinPortal trapFocus returnFocus>
          <Popover.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              tabIndex={-1}
              aria-label={t('hint.calendar', { field: name })}
              onClick={() => setOpened((before) => !before)}
            >
              <IconCalendar size={16} aria-hidden="true" />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown aria-label={name}>
            <DatePicker
              locale={languageNow()}
              firstDayOfWeek={1}
              hideOutsideDates
              value={day}
              defaultDate={day ?? today}
              previousLabel={t('hint.calendar-previous')}
              nextLabel={t('hint.calendar-next')}
              onChange={(chosen) => {
                if (chosen !== null && isCalendarDate(chosen)) onChange(displayDay(chosen));
                setOpened(false);
              }}
            />
          </Popover.Dropdown>
        </Popover>
      }
    />
  );
}
