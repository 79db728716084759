import type { ReactNode } from 'react';
import { IconArchive, IconMapPin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordFields } from '../../../contract/registry.ts';
import { usePaperPlace } from '../../parts/paper-place.ts';
import css from './versions.module.css';

/** In place of the page of a document that has no file: what there is, where it lies, and that this is how it should be. */
export function PaperNote({ fields, children }: { readonly fields: RecordFields; readonly children?: ReactNode }) {
  const { t } = useTranslation(['record', 'common']);
  const place = usePaperPlace()(fields);
  const kind = fields.paperKind;
  return (
    <div className={css['desk']}>
      <section className={css['paper']} aria-labelledby="paper-note">
        <IconArchive size={34} stroke={1.3} aria-hidden="true" />
        <h2 id="paper-note">{kind === null ? t('files.none') : t(`common:paper.kind.${kind}`)}</h2>
        {kind === null ? (
          <p className="mut">{t('files.noneWhy')}</p>
        ) : (
          <>
            <p className={css['where']}>
              <IconMapPin size={18} stroke={1.7} aria-hidden="true" />
              {t('paper.at', { place: place === '' ? t('common:paper.nowhere') : place })}
            </p>
            <p className="mut">{t('paper.noScan')}</p>
          </>
        )}
        {children}
      </section>
    </div>
  );
}
