import { Autocomplete, NativeSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { direction as directions, urgency as urgencies, type Direction } from '../../../contract/shapes.ts';
import { displayDay } from '../../../kernel/dates.ts';
import { foldedForm } from '../../../kernel/folding.ts';
import { DayField } from './day-field.tsx';
import { numberAndNotation, typeSymbolOf } from './day-text.ts';
import { useFieldProps, type FormTools } from './form-tools.tsx';
import { IssuerField } from './issuer-field.tsx';
import { type dayNames, type FormValues } from './form-values.ts';
import classes from './registration.module.css';

/** The columns of the register, in the order in which a letter is read. */
export function UsualFields() {
  const { t } = useTranslation(['intake', 'common']);
  const { tools, label, error, other, text } = useFieldProps();
  const { values, set, declared, today } = tools;
  const day = (name: (typeof dayNames)[number]) => (
    <DayField
      label={label(name)}
      name={t(`field.${name}`)}
      value={values[name]}
      today={today}
      error={error(name) ?? other(name)}
      fieldRef={(element) => tools.place(name, element)}
      onChange={(typed) => set({ [name]: typed })}
    />
  );
  return (
    <div className={classes['grid']}>
      <div className={classes['w12']}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('field.direction')}
          value={values.direction}
          disabled={declared}
          onChange={(chosen) => set(turned(values, chosen as Direction, displayDay(today)))}
          data={directions.options.map((value) => ({ value, label: t(`common:direction.${value}`) }))}
        />
        {declared ? <p className="tiny">{t('hint.direction-fixed')}</p> : null}
      </div>
      <div className={classes['w5']}>
        <Autocomplete
          {...text('documentType')}
          onChange={(typed) => set({ documentType: typed })}
          data={tools.documentTypes.map((type) => type.vi)}
          limit={40}
          openOnFocus={false}
          maxDropdownHeight={260}
          filter={({ options, search }) =>
            options.filter((option) => 'value' in option && matchesType(tools, option.value, search))
          }
          comboboxProps={{ width: 260, position: 'bottom-start' }}
        />
      </div>
      <div className={classes['w3']}>
        <TextInput
          {...text('codeNumber')}
          title={t('hint.codeNumber')}
          onChange={(event) => takeNumber(tools, event.currentTarget.value)}
        />
      </div>
      <div className={classes['w4']}>
        <TextInput
          {...text('codeNotation')}
          spellCheck={false}
          onBlur={() => set(typeFrom(tools, values.codeNotation))}
        />
      </div>
      <div className={classes['w5']}>{day('issuedDate')}</div>
      <div className={classes['w7']}>
        <IssuerField />
      </div>
      <div className={classes['w12']}>
        <Textarea {...text('subject')} autosize minRows={2} maxRows={6} />
      </div>
      <div className={classes['w6']}>
        <TextInput {...text('signerName')} />
      </div>
      <div className={classes['w6']}>
        <TextInput {...text('signerPosition')} />
      </div>
      <div className={classes['w6']}>
        <NativeSelect
          {...text('urgency')}
          data={urgencies.options.map((value) => ({ value, label: t(`common:urgency.${value}`) }))}
        />
      </div>
      <div className={classes['w6']}>{day('arrivalDate')}</div>
      <div className={classes['w6']}>
        <TextInput {...text('pageAmount')} inputMode="numeric" />
      </div>
      <div className={classes['w6']}>{day('dueDate')}</div>
    </div>
  );
}

/** Only what has arrived has a day of arrival; the one the form put there goes with the direction. */
function turned(values: FormValues, direction: Direction, today: string): Partial<FormValues> {
  if (direction === 'incoming') return { direction, ...(values.arrivalDate === '' ? { arrivalDate: today } : {}) };
  return { direction, ...(values.arrivalDate === today ? { arrivalDate: '' } : {}) };
}

/** `QĐ` finds Quyết định, `quyet` too. */
function matchesType(tools: FormTools, name: string, search: string): boolean {
  const asked = search.trim();
  const symbol = tools.documentTypes.find(({ vi }) => vi === name)?.symbol ?? '';
  return foldedForm(name).includes(foldedForm(asked)) || symbol.toLowerCase().startsWith(asked.toLowerCase());
}

/** The type that a symbol names, where the clerk has not said one. An abbreviation keeps its marks: ĐA is not DA. */
function typeFrom(tools: FormTools, notation: string): Partial<FormValues> {
  if (tools.values.documentType !== '') return {};
  const symbol = typeSymbolOf(notation.normalize('NFC'));
  if (symbol === null || tools.documentTypes.length === 0) return {};
  // An official letter alone bears no abbreviation of its type (Nghị định 30/2020, Phụ lục I): `BTC-NSNN`.
  return { documentType: tools.documentTypes.find((type) => type.symbol === symbol)?.vi ?? 'Công văn' };
}

/** A whole `318/BTC-NSNN` goes into both fields; a stroke typed after the number leads to the symbol. */
function takeNumber(tools: FormTools, typed: string): void {
  const both = numberAndNotation(typed);
  if (both) {
    tools.set({ codeNumber: both.number, codeNotation: both.notation, ...typeFrom(tools, both.notation) });
    tools.focus('issuedDate');
  } else if (/^\d+[a-zđ]?\/$/iu.test(typed.trim())) {
    tools.set({ codeNumber: typed.trim().slice(0, -1) });
    tools.focus('codeNotation');
  } else tools.set({ codeNumber: typed });
}
