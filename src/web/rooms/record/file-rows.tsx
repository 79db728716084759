import {
  IconAlertTriangle,
  IconFileTypePdf,
  IconFileTypography,
  IconPhoto,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordFile, RecordView } from '../../../contract/registry.ts';
import { FileStage } from '../../parts/file-stage.tsx';
import { formatSize } from '../../parts/format.ts';
import { useFileProblem } from '../../parts/file-problem.ts';
import { CopyValue } from './copy-value.tsx';
import { filesByPart } from './files-of.ts';
import { TakeFileLink } from './take-file.tsx';
import { showingOf, type Showing } from './viewer-props.ts';
import css from './record-room.module.css';

const icons = {
  pdf: IconFileTypePdf,
  image: IconPhoto,
  pictures: IconPhoto,
  text: IconFileTypography,
} as const satisfies Record<Showing, TablerIcon>;

/** The files of the record: the document first, then what was sent with it. */
export function FileRows({
  record,
  shown,
  onShow,
}: {
  readonly record: RecordView;
  readonly shown: string | null;
  readonly onShow: (fileId: string) => void;
}) {
  const { t } = useTranslation('record');
  if (record.files.length === 0) return null;
  const { now, before } = filesByPart(record);
  return (
    <section className={css['files']} aria-labelledby="record-files">
      <h2 id="record-files">{t('files.title', { count: now.length })}</h2>
      <ul>
        {[...now, ...before].map((file) => (
          <FileRow
            key={file.id}
            file={file}
            here={file.id === shown && record.files.length > 1}
            older={before.includes(file)}
            numbered={record.versions.length > 1}
            draft={record.state === 'draft'}
            record={record}
            onShow={() => onShow(file.id)}
          />
        ))}
      </ul>
    </section>
  );
}

function FileRow({
  file,
  here,
  older,
  numbered,
  draft,
  record,
  onShow,
}: {
  readonly file: RecordFile;
  readonly here: boolean;
  readonly older: boolean;
  /** There is more than one version, so each says which it is. */
  readonly numbered: boolean;
  readonly draft: boolean;
  readonly record: RecordView;
  readonly onShow: () => void;
}) {
  const problemOf = useFileProblem();
  const { t } = useTranslation('record');
  const Icon = icons[showingOf(file.mediaType)];
  const role =
    file.role === 'main' && numbered
      ? t(older ? 'files.olderVersion' : 'files.newestVersion', { number: file.version })
      : t(`files.${file.role}`);
  const facts = [role, file.format.toUpperCase(), formatSize(file.size)];
  if (file.pages !== null) facts.push(t('files.pages', { count: file.pages }));
  return (
    <li className={css['file']} data-here={here} data-older={older}>
      <Icon size={20} stroke={1.6} aria-hidden="true" />
      <div className={css['fileBody']}>
        <button type="button" className={css['fileName']} {...(here ? { 'aria-current': true } : {})} onClick={onShow}>
          {file.name}
        </button>
        <p className={css['fileFacts']}>{facts.join(' · ')}</p>
        <p className={css['fileLine']}>
          {/* "Read, waiting to be registered" is no news of a registered document. */}
          {(file.stage !== 'ready' || draft) && (
            <FileStage stage={file.stage} pages={file.pages} pagesRead={file.pagesRead} />
          )}
          <CopyValue
            value={file.sha256}
            shown={`${file.sha256.slice(0, 8)}…${file.sha256.slice(-4)}`}
            label={t('files.copySha256', { name: file.name })}
          />
          {record.may.download && !file.damaged && <TakeFileLink record={record} file={file} />}
        </p>
        {file.problem !== null && <p className={css['fileProblem']}>{problemOf(file.problem)}</p>}
        {file.damaged && (
          <p className={css['fileDamaged']}>
            <IconAlertTriangle size={15} aria-hidden="true" />
            {t('files.damagedShort')}
          </p>
        )}
      </div>
    </li>
  );
}
