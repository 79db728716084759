import { Button } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatSize } from '../../parts/format.ts';
import { useProblemSentence } from '../../parts/problem-note.tsx';
import { dropUpload, retryUpload, useUploads, type Upload } from '../../uploads/upload-queue.ts';
import classes from './intake.module.css';

/** Files on their way in: one line each, with the house's own sentence where one was refused. */
export function UploadList() {
  const { t } = useTranslation('intake');
  const uploads = useUploads();
  if (uploads.length === 0) return null;
  const failed = uploads.filter(({ state }) => state === 'failed');
  const again = failed.filter((upload) => !isSettledUpload(upload));
  const done = uploads.filter(({ state }) => state === 'received').length;
  const going = uploads.length - done - failed.length;
  return (
    <section className={`sheet ${classes['card'] ?? ''}`} aria-labelledby="desk-uploads">
      <div className={classes['cardHead']}>
        <h2 id="desk-uploads">{going > 0 ? t('queue.title') : t('queue.failed')}</h2>
        <span className="sm mut" role="status">
          {t('queue.progress', { done, all: uploads.length })}
          {going > 0 ? ` · ${t('queue.leave')}` : ''}
        </span>
        {again.length > 1 ? (
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              for (const { key } of again) retryUpload(key);
            }}
          >
            {t('queue.retry-all')}
          </Button>
        ) : (
          <span />
        )}
      </div>
      <ul className={classes['uploads']}>
        {/* What failed stands first: it waits for the person, not for the line. */}
        {[...failed, ...uploads.filter(({ state }) => state !== 'failed' && state !== 'received')].map((upload) => (
          <UploadLine key={upload.key} upload={upload} />
        ))}
      </ul>
    </section>
  );
}

/** Sent again it would be answered alike: it bears a độ mật. */
function isSettledUpload({ problem }: Upload): boolean {
  return problem?.code === 'withheld' || problem?.code === 'secret-not-kept-here';
}

function UploadLine({ upload }: { readonly upload: Upload }) {
  const { t } = useTranslation('intake');
  const sentence = useProblemSentence();
  const share = upload.size === 0 ? 100 : Math.floor((upload.sent / upload.size) * 100);
  const isSettled = isSettledUpload(upload);
  const words =
    upload.state === 'failed'
      ? sentence(upload.problem)
      : upload.state === 'sending'
        ? share < 100
          ? t('queue.sending', { share })
          : t('queue.storing')
        : t(`queue.${upload.state}`);
  return (
    <li className={classes['upload']}>
      <span className={classes['name']} title={upload.relativePath || upload.name}>
        {upload.name}
        {upload.relativePath === '' ? null : <span className={classes['under']}>{upload.relativePath}</span>}
      </span>
      <span className={`sm mut ${classes['right'] ?? ''}`}>{formatSize(upload.size)}</span>
      <span
        className={classes['state']}
        data-state={upload.state}
        {...(upload.state === 'failed' ? { role: 'alert' } : {})}
      >
        {words}
        {upload.state === 'sending' ? (
          <span className={classes['bar']} style={{ display: 'block' }}>
            <i style={{ width: `${String(share)}%` }} />
          </span>
        ) : null}
      </span>
      <span className={classes['actions']}>
        {upload.state === 'failed' && !isSettled ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={14} aria-hidden="true" />}
            aria-label={t('queue.retry-file', { name: upload.name })}
            onClick={() => retryUpload(upload.key)}
          >
            {t('queue.retry')}
          </Button>
        ) : null}
        {upload.state === 'failed' || upload.state === 'waiting' ? (
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            aria-label={t('queue.remove-file', { name: upload.name })}
            title={t('queue.remove')}
            onClick={() => dropUpload(upload.key)}
          >
            <IconX size={16} aria-hidden="true" />
          </Button>
        ) : null}
      </span>
    </li>
  );
}
