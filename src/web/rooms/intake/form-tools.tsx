import { createContext, useContext, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rank } from '../../../kernel/labels.ts';
import type { CalendarDate } from '../../../kernel/dates.ts';
import type { FieldName, FormValues, ValueName, Wrong } from './form-values.ts';
import classes from './registration.module.css';

/** What every field of the form shares: its value, how to change it, what is wrong with it, where it stands. */
export interface FormTools {
  readonly values: FormValues;
  readonly others: Partial<FormValues>;
  readonly wrong: readonly Wrong[];
  readonly today: CalendarDate;
  readonly declared: boolean;
  readonly clearance: Rank;
  readonly units: readonly { readonly id: string; readonly name: string; readonly symbol: string }[];
  readonly documentTypes: readonly { readonly symbol: string | null; readonly vi: string; readonly en: string }[];
  readonly issuers: readonly string[];
  readonly set: (some: Partial<FormValues>) => void;
  /** Remembers the element of a field, so that keys and errors can lead to it. */
  readonly place: (name: ValueName, element: HTMLElement | null) => void;
  readonly focus: (name: ValueName) => void;
}

const Context = createContext<FormTools | null>(null);
export const FormToolsProvider = Context.Provider;

export function useFormTools(): FormTools {
  const tools = useContext(Context);
  if (!tools) throw new Error('A field stands outside its form');
  return tools;
}

/** `Alt 1` to `Alt 9`, in the order of the eye. */
export const keyedFields = [
  'documentType',
  'codeNumber',
  'codeNotation',
  'issuedDate',
  'issuer',
  'subject',
  'signerName',
  'signerPosition',
  'dueDate',
] as const satisfies readonly FieldName[];

const knownWrongs = {
  needed: 'needed',
  too_small: 'needed',
  invalid_type: 'needed',
  too_big: 'too-long',
  'not-a-date': 'not-a-date',
  'not-a-number': 'not-a-number',
  'in-the-future': 'in-the-future',
  'before-issued': 'before-issued',
  'above-own-clearance': 'above-own-clearance',
  'unknown-unit': 'unknown-unit',
  registered: 'registered',
  'number-needed': 'number-needed',
  'number-not-needed': 'number-not-needed',
  'number-taken': 'number-taken',
  'number-of-another-year': 'number-of-another-year',
} as const;

export function useFieldProps() {
  const { t } = useTranslation('intake');
  const tools = useFormTools();

  function label(name: FieldName | 'reason'): ReactNode {
    const key = (keyedFields as readonly string[]).indexOf(name) + 1;
    return (
      <span className={classes['label']}>
        {t(`field.${name}`)}
        {key > 0 ? <kbd aria-hidden="true">Alt {key}</kbd> : null}
      </span>
    );
  }
  function error(name: ValueName): string | null {
    const found = tools.wrong.find((one) => one.name === name);
    if (!found) return null;
    const known = knownWrongs[found.problem as keyof typeof knownWrongs] as
      (typeof knownWrongs)[keyof typeof knownWrongs] | undefined;
    if (known === undefined) return t('wrong.other');
    return known === 'too-long' && found.limit === undefined
      ? t('wrong.other')
      : t(`wrong.${known}`, { limit: found.limit });
  }
  function other(name: ValueName): ReactNode {
    const value = tools.others[name];
    if (value === undefined) return null;
    const said = Array.isArray(value) || typeof value !== 'string' ? '…' : value;
    return (
      <span className={classes['other']}>
        {t('registration.conflict-field', { value: said === '' ? t('registration.conflict-empty') : said })}
      </span>
    );
  }
  /** The properties of a plain text field. */
  function text(name: FieldName | 'reason' | 'takenNumber') {
    return {
      label: name === 'takenNumber' ? null : label(name),
      value: tools.values[name],
      error: error(name),
      description: other(name),
      inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
      autoComplete: 'off',
      ref: (element: HTMLElement | null) => tools.place(name, element),
      onChange: (event: { currentTarget: { value: string } }) => tools.set({ [name]: event.currentTarget.value }),
    };
  }
  return { tools, label, error, other, text };
}
