import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../contract/registry.ts';
import { formatCount, formatMoment } from '../../parts/format.ts';
import { CopyValue } from './copy-value.tsx';
import css from './record-room.module.css';
import tab from './record-tabs.module.css';

/** The fingerprints taken when each file was received, and how anybody checks them without this house. */
export function Integrity({ record }: { readonly record: RecordView }) {
  const { t } = useTranslation('record');
  return (
    <div className={tab['sheetPad']}>
      <p className={tab['prose']}>{t('integrity.what')}</p>
      {record.files.map((file) => (
        <section key={file.id} className={tab['proof']} data-damaged={file.damaged} aria-label={file.name}>
          <h2>
            {file.damaged ? (
              <IconAlertTriangle size={18} aria-hidden="true" />
            ) : (
              <IconShieldCheck size={18} aria-hidden="true" />
            )}
            {file.name}
          </h2>
          <p className={tab['under']}>
            {t('integrity.received', { size: formatCount(file.size), when: formatMoment(file.receivedAt) })}
          </p>
          {file.damaged && <p className={css['fileDamaged']}>{t('files.damagedWhy')}</p>}
          <dl>
            <dt>SHA-256</dt>
            <dd>
              <CopyValue value={file.sha256} shown={file.sha256} label={t('files.copySha256', { name: file.name })} />
            </dd>
            <dt>SHA-512</dt>
            <dd>
              <CopyValue value={file.sha512} shown={file.sha512} label={t('files.copySha512', { name: file.name })} />
            </dd>
          </dl>
        </section>
      ))}
      <h2 className={tab['how']}>{t('integrity.how')}</h2>
      <p className={tab['prose']}>{t('integrity.howWhat')}</p>
      <pre className={tab['command']} tabIndex={0} aria-label={t('integrity.command')}>
        certutil -hashfile &quot;{record.files[0]?.name ?? 'tep.pdf'}&quot; SHA256
      </pre>
    </div>
  );
}
