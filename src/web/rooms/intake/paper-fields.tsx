import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { recordFields } from '../../../contract/registry.ts';
import { useFieldProps } from './form-tools.tsx';
import type { FieldName } from './form-values.ts';
import classes from './registration.module.css';

export const paperKinds = recordFields.shape.paperKind.unwrap().options;
export const paperNames = ['paperKind', 'paperStore', 'paperShelf', 'paperBox'] as const satisfies readonly FieldName[];

/** Where the paper of a document with files lies, folded. */
export function PaperFields() {
  const { t } = useTranslation(['intake', 'common']);
  const { tools, text } = useFieldProps();
  const filled = paperNames.filter((name) => tools.values[name] !== '').length;
  return (
    <details className={classes['fold']}>
      <summary>
        {t('paper.fold')}
        {filled > 0 ? <span>{t('registration.more-filled', { count: filled })}</span> : null}
      </summary>
      <div className={classes['grid']}>
        <div className={classes['w12']}>
          <NativeSelect
            {...text('paperKind')}
            data={[
              { value: '', label: t('paper.none') },
              ...paperKinds.map((kind) => ({ value: kind, label: t(`common:paper.kind.${kind}`) })),
            ]}
          />
        </div>
        <PaperPlace />
      </div>
    </details>
  );
}

/** Kho, giá, hộp. */
export function PaperPlace() {
  const { text } = useFieldProps();
  return (
    <>
      {(['paperStore', 'paperShelf', 'paperBox'] as const).map((name) => (
        <div key={name} className={classes['w4']}>
          <TextInput {...text(name)} />
        </div>
      ))}
    </>
  );
}
