import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readingRoomLines } from '../../contract/reading-room.ts';
import { urlOf } from '../api.ts';
import classes from './page-picture.module.css';

export interface PagePictureProps {
  readonly fileId: string;
  readonly page: number;
  /** Width on the screen in CSS pixels; the picture is asked for at the screen's own density. */
  readonly width: number;
  readonly alt?: string;
}

/** A page as paper, loaded when it comes near the window. */
export function PagePicture(props: PagePictureProps) {
  // A new page or file begins anew: its own waiting, its own failure.
  return <Picture key={`${props.fileId}/${String(props.page)}`} {...props} />;
}

function Picture({ fileId, page, width, alt }: PagePictureProps) {
  const { t } = useTranslation();
  const [state, setState] = useState<'waiting' | 'shown' | 'failed'>('waiting');
  const [attempt, setAttempt] = useState(0);
  const density = Math.min(window.devicePixelRatio, 2);
  // Few widths, so that zooming by a step does not have every page drawn again.
  const drawn = Math.min(2400, Math.max(60, Math.ceil((width * density) / 300) * 300));
  const source = urlOf(readingRoomLines.picture, { params: { fileId, page }, query: { width: drawn } });
  return (
    <div className={classes['paper']} style={{ width }} data-state={state}>
      {state === 'failed' ? (
        <div className={classes['said']}>
          <p>{t('picture.failed', { page })}</p>
          <Button
            variant="default"
            onClick={() => {
              setAttempt((made) => made + 1);
              setState('waiting');
            }}
          >
            {t('picture.again')}
          </Button>
        </div>
      ) : (
        <>
          {state === 'waiting' ? <p className={classes['said']}>{t('picture.loading', { page })}</p> : null}
          <img
            key={attempt}
            src={source}
            alt={alt ?? t('picture.alt', { page })}
            loading="lazy"
            decoding="async"
            draggable={false}
            onLoad={() => setState('shown')}
            onError={() => setState('failed')}
          />
        </>
      )}
    </div>
  );
}
