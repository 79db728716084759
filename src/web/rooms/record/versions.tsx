import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecordFile, RecordView } from '../../../contract/registry.ts';
import { formatMoment, formatSize } from '../../parts/format.ts';
import { newestVersion } from './files-of.ts';
import css from './versions.module.css';
import tab from './record-tabs.module.css';

/** What the document has looked like, newest first: who added it, when, why. Each still opens. */
export function Versions({
  record,
  shown,
  onShow,
}: {
  readonly record: RecordView;
  readonly shown: string | null;
  readonly onShow: (fileId: string) => void;
}) {
  const { t } = useTranslation('record');
  const newest = newestVersion(record);
  const rows = record.versions.toSorted((one, other) => other.number - one.number);
  return (
    <div className={tab['sheetPad']}>
      <div>
        <h2>{t('versions.title')}</h2>
        <p className={tab['prose']}>{t('versions.what')}</p>
      </div>
      <ol className={css['versions']}>
        {rows.map((version) => {
          const main = record.files.find((file) => file.role === 'main' && file.version === version.number);
          return (
            <li key={version.number} data-newest={version.number === newest}>
              <b className={css['ordinal']}>{version.number}</b>
              <div>
                <h3>
                  {t(`versions.kind.${version.kind}`)}
                  <span data-newest={version.number === newest}>
                    {t(version.number === newest ? 'versions.newest' : 'versions.older')}
                  </span>
                </h3>
                <p className={tab['under']}>
                  {[formatMoment(version.addedAt), version.addedBy?.fullName, version.addedBy?.unit]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
                {version.note === null ? null : <p className={css['note']}>{version.note}</p>}
                {main ? <FileLine file={main} /> : null}
              </div>
              {main ? (
                <Button
                  variant="default"
                  size="xs"
                  disabled={main.id === shown}
                  aria-label={t(main.id === shown ? 'versions.shownNumber' : 'versions.openNumber', {
                    number: version.number,
                  })}
                  onClick={() => onShow(main.id)}
                >
                  {t(main.id === shown ? 'versions.shown' : 'versions.open')}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function FileLine({ file }: { readonly file: RecordFile }) {
  const { t } = useTranslation('record');
  return (
    <p className={tab['under']}>
      {[file.name, formatSize(file.size), file.pages === null ? '' : t('files.pages', { count: file.pages })]
        .filter((part) => part !== '')
        .join(' · ')}
    </p>
  );
}

/** Over a page that is no longer the newest: nobody may take it for that. */
export function OlderVersion({
  record,
  file,
  onNewest,
}: {
  readonly record: RecordView;
  readonly file: RecordFile;
  readonly onNewest: () => void;
}) {
  const { t } = useTranslation('record');
  const newest = newestVersion(record);
  const now = record.versions.find(({ number }) => number === newest);
  return (
    <p className={css['older']} role="status">
      <span>
        <b>{t('versions.isOlder', { number: file.version })}</b>{' '}
        {now ? t('versions.since', { number: now.number, when: formatMoment(now.addedAt) }) : null}
      </span>
      <Button variant="default" size="xs" onClick={onNewest}>
        {t('versions.toNewest')}
      </Button>
    </p>
  );
}
