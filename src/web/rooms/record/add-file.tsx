import { useEffect, useMemo, useRef, useState } from 'react';
import { Button, FileButton, Textarea } from '@mantine/core';
import { IconFile, IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../contract/registry.ts';
import { ActWindow } from '../../parts/act-form.tsx';
import { formatSize } from '../../parts/format.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { chosenFiles, type ChosenFile } from '../../uploads/dropped-files.ts';
import { useDropTaker } from '../../uploads/drop-taker.ts';
import { addUploads, dropUpload, retryUpload, useUploads } from '../../uploads/upload-queue.ts';
import buttons from '../../parts/act-form.module.css';
import css from './versions.module.css';

export type Adding = 'version' | 'attachment';

/** One file more for this document: its scan or a new version, or what came with it. Nothing that is there is replaced. */
export function AddFile({
  record,
  adding,
  onAdded,
  onClose,
}: {
  readonly record: RecordView;
  readonly adding: Adding | null;
  readonly onAdded: (as: Adding) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('record');
  return (
    <ActWindow
      opened={adding !== null}
      size={560}
      keep
      title={adding === null ? '' : t(`add.title.${adding}`)}
      onClose={onClose}
    >
      {adding === null ? null : <Adds record={record} as={adding} onAdded={() => onAdded(adding)} onClose={onClose} />}
    </ActWindow>
  );
}

function Adds({
  record,
  as,
  onAdded,
  onClose,
}: {
  readonly record: RecordView;
  readonly as: Adding;
  readonly onAdded: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['record', 'common']);
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [key, setKey] = useState<string | null>(null);
  const uploads = useUploads();
  const upload = uploads.find((one) => one.key === key);
  const reset = useRef<() => void>(null);
  useDropTaker(
    useMemo(
      () => ({
        here: t(`add.drop.${as}`),
        why: t('add.dropWhy'),
        take: (files: readonly ChosenFile[]) => setChosen(files[0] ?? null),
      }),
      [as, t],
    ),
  );
  const needsReason = record.state !== 'draft' && record.files.length > 0;
  const lacks = needsReason && reason.trim() === '';
  // A queue in which everything has arrived is empty: a key that was there and is gone has come in.
  const arrived = key !== null && (upload === undefined || upload.state === 'received');
  useEffect(() => {
    if (arrived) onAdded();
    // Once, when it has come in.
  }, [arrived]);
  const going = upload?.state === 'sending' || upload?.state === 'waiting';
  return (
    <form
      className={buttons['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (chosen === null || lacks || going || arrived) return;
        if (upload?.state === 'failed') dropUpload(upload.key);
        setKey(addUploads([chosen], { recordId: record.id, as, reason: reason.trim() })[0] ?? null);
      }}
    >
      <p className="mut">{t(`add.what.${as}`)}</p>
      <div className={css['drop']} data-chosen={chosen !== null}>
        {chosen === null ? (
          <>
            <IconUpload size={24} stroke={1.6} aria-hidden="true" />
            <p>{t('add.dropHere')}</p>
          </>
        ) : (
          <>
            <IconFile size={24} stroke={1.6} aria-hidden="true" />
            <p>
              <b>{chosen.file.name}</b> <span className="mut">{formatSize(chosen.file.size)}</span>
            </p>
          </>
        )}
        <FileButton
          resetRef={reset}
          inputProps={{ 'aria-label': t('add.choose') }}
          onChange={(file) => {
            if (file) setChosen(chosenFiles([file])[0] ?? null);
            reset.current?.();
          }}
        >
          {(props) => (
            <Button {...props} variant="default" size="xs" disabled={going} data-autofocus>
              {t(chosen === null ? 'add.choose' : 'add.chooseOther')}
            </Button>
          )}
        </FileButton>
      </div>
      {tried && chosen === null ? (
        <p className={css['missing']} role="alert">
          {t('add.needed')}
        </p>
      ) : null}
      {needsReason ? (
        <Textarea
          label={t('common:reason.label')}
          description={t(`add.reasonWhy.${as}`)}
          required
          rows={2}
          maxLength={500}
          value={reason}
          error={tried && lacks ? t('common:reason.needed') : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      ) : null}
      {upload?.state === 'failed' ? (
        <ProblemNote problem={upload.problem} onRetry={() => retryUpload(upload.key)} />
      ) : null}
      {going ? (
        <p role="status" className="mut">
          {t('add.sending', { share: upload.size === 0 ? 100 : Math.floor((upload.sent / upload.size) * 100) })}
        </p>
      ) : null}
      <div className={buttons['buttons']}>
        <Button variant="default" onClick={onClose}>
          {t('common:go-back')}
        </Button>
        <Button type="submit" loading={going}>
          {t(`add.go.${as}`)}
        </Button>
      </div>
    </form>
  );
}
