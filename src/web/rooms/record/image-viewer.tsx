import { useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { readingRoomLines } from '../../../contract/reading-room.ts';
import { urlOf } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PagePicture } from '../../parts/page-picture.tsx';
import { useKeys } from '../../shell/keys.ts';
import { nextZoom, PageBox, ZoomTools, type Zoom } from './viewer-toolbar.tsx';
import type { ViewerProps } from './viewer-props.ts';
import css from './viewer.module.css';

/** A picture that the browser knows, as it was received. */
export function ImageViewer({ file }: ViewerProps) {
  const { t } = useTranslation('record');
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [zoom, setZoom] = useState<Zoom>('width');
  const [natural, setNatural] = useState<number | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState(false);
  const fits = natural === null || width === 0 ? 1 : Math.min(1, (width - 40) / natural);
  const scale = zoom === 'width' ? fits : zoom;
  useZoomKeys(scale, setZoom);
  if (failed) {
    return (
      <div className={css['state']}>
        <EmptyState what={t('viewer.imageFailed')} why={t('viewer.imageFailedWhy')}>
          <Button
            variant="default"
            onClick={() => {
              setAttempt((made) => made + 1);
              setFailed(false);
            }}
          >
            {t('viewer.again')}
          </Button>
        </EmptyState>
      </div>
    );
  }
  return (
    <div className={css['viewer']}>
      <div className={css['bar']} role="toolbar" aria-label={t('viewer.tools')}>
        <ZoomTools zoom={zoom} scale={scale} onZoom={setZoom} />
      </div>
      <div className={css['body']}>
        <div
          ref={ref}
          className={css['frame']}
          tabIndex={0}
          role="region"
          aria-label={t('viewer.document', { name: file.name })}
        >
          <div className={css['imagePlace']}>
            <img
              key={attempt}
              className={css['image']}
              src={urlOf(readingRoomLines.content, { params: { fileId: file.id }, query: { as: 'inline' } })}
              alt={t('viewer.imageAlt', { name: file.name })}
              style={natural === null ? { visibility: 'hidden' } : { width: Math.round(natural * scale) }}
              onLoad={(event) => setNatural(event.currentTarget.naturalWidth)}
              onError={() => setFailed(true)}
            />
          </div>
        </div>
      </div>
    </div>
  );
}

/** A picture that the browser does not know (TIFF), or that must bear the reader's name: the house draws its pages. */
export function PicturesViewer({ file, rank, page: startPage, onPage }: ViewerProps) {
  const { t } = useTranslation('record');
  const pages = Math.max(1, file.pages ?? 1);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [zoom, setZoom] = useState<Zoom>('width');
  const paper = 794;
  const fits = width === 0 ? 1 : Math.min(1.5, (width - 56) / paper);
  const scale = zoom === 'width' ? fits : zoom;
  const page = Math.min(startPage, pages);
  const top = useRef<HTMLDivElement>(null);
  useZoomKeys(scale, setZoom);
  return (
    <div className={css['viewer']}>
      <p className={css['note']}>
        <IconInfoCircle size={16} aria-hidden="true" />
        {rank === 0 ? t('viewer.drawnByHouse', { format: file.format.toUpperCase() }) : t('copy.pictures')}
      </p>
      <div className={css['bar']} role="toolbar" aria-label={t('viewer.tools')}>
        <PageBox
          page={page}
          pages={pages}
          onPage={(wanted) => {
            onPage(wanted);
            top.current?.scrollTo({ top: 0 });
          }}
        />
        <ZoomTools zoom={zoom} scale={scale} onZoom={setZoom} />
      </div>
      <div className={css['body']} ref={ref}>
        <div
          ref={top}
          className={css['frame']}
          tabIndex={0}
          role="region"
          aria-label={t('viewer.document', { name: file.name })}
        >
          <div className={css['imagePlace']}>
            {width > 0 && <PagePicture fileId={file.id} page={page} width={Math.round(paper * scale)} />}
          </div>
        </div>
      </div>
    </div>
  );
}

function useZoomKeys(scale: number, onZoom: (zoom: Zoom) => void): void {
  const { t } = useTranslation('record');
  useKeys([
    { keys: '+', label: t('viewer.larger'), run: () => onZoom(nextZoom(scale, 1)) },
    { keys: '-', label: t('viewer.smaller'), run: () => onZoom(nextZoom(scale, -1)) },
  ]);
}
