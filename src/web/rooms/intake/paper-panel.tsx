import {
  IconBook,
  IconDeviceUsb,
  IconFileText,
  IconMail,
  IconPackage,
  IconStack2,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordFields } from '../../../contract/registry.ts';
import { useFieldProps } from './form-tools.tsx';
import { paperKinds, PaperPlace } from './paper-fields.tsx';
import classes from './paper.module.css';
import form from './registration.module.css';

const icons = {
  paper: IconFileText,
  'sealed-envelope': IconMail,
  bid: IconStack2,
  book: IconBook,
  'storage-device': IconDeviceUsb,
  other: IconPackage,
} as const satisfies Record<NonNullable<RecordFields['paperKind']>, TablerIcon>;

/** In place of the page: what came, and where it was put. There is nothing to see yet. */
export function PaperPanel() {
  const { t } = useTranslation(['intake', 'common']);
  const { tools, error } = useFieldProps();
  const { values, set } = tools;
  return (
    <section className={classes['panel']} aria-label={t('paper.title')}>
      <div className={classes['sheet']}>
        <fieldset className={classes['kinds']} aria-describedby="paper-why">
          <legend>{t('paper.what')}</legend>
          {paperKinds.map((kind) => {
            const Icon = icons[kind];
            return (
              <label key={kind} className={classes['kind']}>
                <input
                  type="radio"
                  name="paper-kind"
                  checked={values.paperKind === kind}
                  ref={
                    kind === (values.paperKind === '' ? paperKinds[0] : values.paperKind)
                      ? (element) => tools.place('paperKind', element)
                      : null
                  }
                  onChange={() => set({ paperKind: kind })}
                />
                <Icon size={24} stroke={1.5} aria-hidden="true" />
                <span>
                  <b>{t(`common:paper.kind.${kind}`)}</b>
                  <span>{t(`paper.hint.${kind}`)}</span>
                </span>
              </label>
            );
          })}
        </fieldset>
        {error('paperKind') === null ? null : (
          <p className={classes['wrong']} role="alert">
            {t('paper.needed')}
          </p>
        )}
        <div className={classes['place']} role="group" aria-labelledby="paper-where">
          <h2 id="paper-where">{t('paper.where')}</h2>
          <div className={form['grid']}>
            <PaperPlace />
          </div>
        </div>
        <p id="paper-why" className={classes['why']}>
          {t('paper.later')}
        </p>
      </div>
    </section>
  );
}
