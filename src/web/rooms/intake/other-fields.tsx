import { Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DossierField } from '../dossiers/dossier-field.tsx';
import { useFieldProps } from './form-tools.tsx';
import type { FieldName } from './form-values.ts';
import classes from './registration.module.css';

const others = [
  'recipients',
  'toPlaces',
  'trace',
  'description',
  'language',
  'issuedAmount',
  'dossierYear',
  'dossierNotation',
  'dossierOrdinal',
] as const satisfies readonly FieldName[];

/** The rest of Phụ lục VI, folded: there when it is needed. */
export function OtherFields() {
  const { t } = useTranslation('intake');
  const { tools, text } = useFieldProps();
  const filled = others.filter((name) => tools.values[name] !== '').length;
  const wrong = tools.wrong.some(({ name }) => (others as readonly string[]).includes(name));
  return (
    <details className={classes['fold']} {...(wrong ? { open: true } : {})}>
      <summary>
        {t('registration.more')}
        {filled > 0 ? <span>{t('registration.more-filled', { count: filled })}</span> : null}
      </summary>
      <div className={classes['grid']}>
        <div className={classes['w12']}>
          <Textarea {...text('recipients')} placeholder={t('hint.recipients')} autosize minRows={1} maxRows={6} />
        </div>
        <div className={classes['w12']}>
          <TextInput {...text('toPlaces')} />
        </div>
        <div className={classes['w12']}>
          <Textarea {...text('trace')} autosize minRows={1} maxRows={6} />
        </div>
        <div className={classes['w12']}>
          <Textarea {...text('description')} autosize minRows={1} maxRows={4} />
        </div>
        <div className={classes['w6']}>
          <TextInput {...text('language')} />
        </div>
        <div className={classes['w6']}>
          <TextInput {...text('issuedAmount')} inputMode="numeric" />
        </div>
        <div className={classes['w4']}>
          <TextInput {...text('dossierYear')} inputMode="numeric" />
        </div>
        <div className={classes['w8']}>
          <DossierField
            {...text('dossierNotation')}
            onChange={(dossierNotation) => tools.set({ dossierNotation })}
            onYear={(year) => tools.set({ dossierYear: String(year) })}
          />
        </div>
        <div className={classes['w12']}>
          <TextInput {...text('dossierOrdinal')} inputMode="numeric" />
        </div>
      </div>
    </details>
  );
}
