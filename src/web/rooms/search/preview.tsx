import { useEffect } from 'react';
import { ActionIcon, Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { registryLines } from '../../../contract/registry.ts';
import type { Hit } from '../../../contract/search.ts';
import { ask } from '../../api.ts';
import { LevelBand } from '../../parts/level-band.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { PagePicture } from '../../parts/page-picture.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { hitAddress } from './search-address.ts';
import css from './preview.module.css';

/** The page where the words stand, beside the hits. Opened by a wish, never by passing over: a look is a reading. */
export function Preview({ hit, q, onClose }: { readonly hit: Hit; readonly q: string; readonly onClose: () => void }) {
  const { t } = useTranslation('search');
  const { ref, width } = useElementSize<HTMLDivElement>();
  const record = useQuery({
    queryKey: ['record', hit.recordId],
    queryFn: ({ signal }) => ask(registryLines.record, { params: { id: hit.recordId }, signal }),
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });
  const file = record.data?.files.find((one) => one.id === hit.line?.fileId) ?? record.data?.files[0];
  const page = hit.line?.unit === 'page' && file?.id === hit.line.fileId ? hit.line.number : 1;
  const drawn = file !== undefined && (file.mediaType === 'application/pdf' || file.mediaType.startsWith('image/'));
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      onClose();
    };
    // Before the shell, where Esc leaves the room.
    document.addEventListener('keydown', onKey, true);
    return () => {
      document.removeEventListener('keydown', onKey, true);
    };
  }, [onClose]);
  return (
    <aside className={css['preview']} aria-label={t('preview.title')}>
      <div className={css['head']}>
        <h2>
          {hit.numberAndSymbol ?? t('hits.noNumber')}
          {drawn && <span>{t('preview.page', { page })}</span>}
        </h2>
        <Button component={Link} to={hitAddress(hit.recordId, q, hit.line)} size="compact-md">
          {t('preview.read')}
        </Button>
        <ActionIcon variant="subtle" color="gray" aria-label={t('preview.close')} onClick={onClose}>
          <IconX size={17} aria-hidden="true" />
        </ActionIcon>
      </div>
      <LevelBand rank={hit.rank} />
      <div className={css['desk']} tabIndex={0} role="region" aria-label={t('preview.title')}>
        <div ref={ref} />
        {record.isPending ? (
          <LoadingState />
        ) : record.isError ? (
          <ProblemNote problem={record.error} onRetry={() => void record.refetch()} />
        ) : drawn && width > 0 ? (
          <PagePicture fileId={file.id} page={page} width={width} />
        ) : (
          <p className={css['none']}>{t(file === undefined ? 'preview.noFile' : 'preview.noPicture')}</p>
        )}
      </div>
      <p className={css['foot']}>{t('preview.logged')}</p>
    </aside>
  );
}
