import { IconAlertTriangle, IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useUploads } from '../uploads/upload-queue.ts';
import classes from './shell.module.css';

/** What is on its way into the house, small, wherever the person walks. */
export function UploadsOnRail() {
  const { t } = useTranslation();
  const uploads = useUploads();
  const going = uploads.filter(({ state }) => state === 'waiting' || state === 'sending');
  const failed = uploads.filter(({ state }) => state === 'failed');
  if (going.length === 0 && failed.length === 0) return null;
  const all = uploads.filter(({ state }) => state !== 'failed');
  const bytes = all.reduce((sum, { size }) => sum + size, 0);
  const sent = all.reduce((sum, one) => sum + one.sent, 0);
  const share = bytes === 0 ? 0 : Math.round((sent / bytes) * 100);
  const words =
    going.length > 0 ? t('uploads.rail', { count: going.length }) : t('uploads.rail-failed', { count: failed.length });
  return (
    <Link to="/tiep-nhan" className={classes['uploads']} title={words}>
      <span className={classes['uploadsLine']}>
        {going.length > 0 ? (
          <IconUpload size={16} aria-hidden="true" />
        ) : (
          <IconAlertTriangle size={16} aria-hidden="true" />
        )}
        <span className={classes['wide']}>{words}</span>
      </span>
      {going.length > 0 ? (
        <span className={classes['track']}>
          <i style={{ width: `${String(share)}%` }} />
        </span>
      ) : null}
    </Link>
  );
}
