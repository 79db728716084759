import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload, IconMinus, IconPlus } from '@tabler/icons-react';
import { useElementSize } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { readingRoomLines } from '../../../contract/reading-room.ts';
import type { RecordFile } from '../../../contract/registry.ts';
import type { FileStage } from '../../../contract/shapes.ts';
import { urlOf } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { PagePicture } from '../../parts/page-picture.tsx';
import { useKeys } from '../../shell/keys.ts';
import { TextPages } from './text-pages.tsx';
import classes from './registration.module.css';

/** Stages in which the bytes lie in the vault and a page can be drawn. */
export const drawableStages: ReadonlySet<FileStage> = new Set(['vaulted', 'recognising', 'ready', 'kept-unread']);
const steps = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5] as const;

export type ViewedFile = Pick<RecordFile, 'id' | 'name' | 'mediaType' | 'stage' | 'pages' | 'role'>;

const hasPages = (mediaType: string): boolean => mediaType === 'application/pdf' || mediaType.startsWith('image/');

/** Whether a page of this file can be drawn now. */
export const isDrawable = ({ mediaType, stage }: Pick<ViewedFile, 'mediaType' | 'stage'>): boolean =>
  hasPages(mediaType) && drawableStages.has(stage);

/** The document beside the form: one page, turned and enlarged; its text where the kind of file has no pages. */
export function PageViewer({
  files,
  tools = null,
}: {
  readonly files: readonly ViewedFile[];
  /** What else may be done with this document. */
  readonly tools?: ReactNode;
}) {
  const { t } = useTranslation('intake');
  const [fileId, setFileId] = useState(files[0]?.id);
  const file = files.find(({ id }) => id === fileId) ?? files[0];
  if (!file)
    return (
      <section className={classes['viewer']} aria-label={t('viewer.title')}>
        <EmptyState what={t('viewer.no-files')} />
      </section>
    );
  return (
    <OneFile
      key={file.id}
      file={file}
      tools={tools}
      chooser={
        files.length > 1 ? (
          <NativeSelect
            size="xs"
            aria-label={t('viewer.files')}
            value={file.id}
            onChange={(event) => setFileId(event.currentTarget.value)}
            data={files.map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : null
      }
    />
  );
}

function OneFile({
  file,
  chooser,
  tools,
}: {
  readonly file: ViewedFile;
  readonly chooser: ReactNode;
  readonly tools: ReactNode;
}) {
  const { t } = useTranslation('intake');
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [page, setPage] = useState(1);
  const [step, setStep] = useState(2);
  const drawn = hasPages(file.mediaType);
  const pages = file.pages ?? 1;
  const turn = (by: number): void => setPage((now) => Math.min(pages, Math.max(1, now + by)));
  useKeys(
    drawn
      ? [
          { keys: 'alt+PageDown', label: t('registration.key-next-page'), whileTyping: true, run: () => turn(1) },
          { keys: 'alt+PageUp', label: t('registration.key-previous-page'), whileTyping: true, run: () => turn(-1) },
        ]
      : [],
  );
  const zoom = steps[step] ?? 1;
  const fit = Math.max(200, Math.min(width - 32, 900));
  const ready = drawableStages.has(file.stage);
  return (
    <section className={classes['viewer']} aria-label={t('viewer.title')}>
      <div className={classes['tools']}>
        {chooser}
        {drawn && ready ? (
          <>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('viewer.previous')}
              disabled={page <= 1}
              onClick={() => turn(-1)}
            >
              <IconChevronLeft size={18} aria-hidden="true" />
            </ActionIcon>
            <span role="status">
              {file.pages === null ? t('viewer.page-only', { page }) : t('viewer.page', { page, pages: file.pages })}
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('viewer.next')}
              disabled={page >= pages}
              onClick={() => turn(1)}
            >
              <IconChevronRight size={18} aria-hidden="true" />
            </ActionIcon>
            <span className={classes['zoom']}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('viewer.smaller')}
                disabled={step === 0}
                onClick={() => setStep(step - 1)}
              >
                <IconMinus size={16} aria-hidden="true" />
              </ActionIcon>
              <button type="button" className={classes['zoomNow']} title={t('viewer.fit')} onClick={() => setStep(2)}>
                {Math.round(zoom * 100)} %
              </button>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('viewer.larger')}
                disabled={step === steps.length - 1}
                onClick={() => setStep(step + 1)}
              >
                <IconPlus size={16} aria-hidden="true" />
              </ActionIcon>
            </span>
          </>
        ) : drawn ? null : (
          <span>{t('viewer.text-why')}</span>
        )}
        <span className={classes['toolsEnd']}>
          {tools}
          <ActionIcon
            component="a"
            href={urlOf(readingRoomLines.content, { params: { fileId: file.id }, query: { as: 'attachment' } })}
            variant="subtle"
            color="gray"
            aria-label={t('viewer.original')}
            title={t('viewer.original')}
          >
            <IconDownload size={16} aria-hidden="true" />
          </ActionIcon>
        </span>
      </div>
      {/* A place that scrolls is a place that the keyboard must reach. */}
      <div ref={ref} className={classes['pages']} tabIndex={0} role="group" aria-label={file.name}>
        {file.stage === 'failed' ? (
          <EmptyState what={t('viewer.failed')} why={t('viewer.failed-why')} />
        ) : !ready ? (
          <LoadingNote />
        ) : !drawn ? (
          <TextPages fileId={file.id} />
        ) : width > 0 ? (
          <PagePicture fileId={file.id} page={page} width={Math.round(fit * zoom)} />
        ) : null}
      </div>
    </section>
  );
}

function LoadingNote() {
  const { t } = useTranslation('intake');
  return (
    <div>
      <LoadingState label={t('viewer.not-read')} />
      <p className="mut" style={{ textAlign: 'center' }}>
        {t('viewer.not-read-why')}
      </p>
    </div>
  );
}
