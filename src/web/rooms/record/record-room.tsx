import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { Button, Tabs } from '@mantine/core';
import { IconAlertTriangle, IconFileUnknown } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { registryLines, type RecordFile, type RecordView } from '../../../contract/registry.ts';
import { ask } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { isMissing } from '../../parts/is-missing.ts';
import { LevelBand } from '../../parts/level-band.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { notice } from '../../parts/notice.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useMay } from '../../session.tsx';
import { whenReceived } from '../../uploads/upload-queue.ts';
import { addressNow } from '../search/address-now.ts';
import { AddFile, type Adding } from './add-file.tsx';
import { AllFields } from './all-fields.tsx';
import { FactsPanel } from './facts-panel.tsx';
import { FieldHistory } from './field-history.tsx';
import { isOlder } from './files-of.ts';
import { ImageViewer, PicturesViewer } from './image-viewer.tsx';
import { Integrity } from './integrity.tsx';
import { PaperNote } from './paper-note.tsx';
import { RecordDossiers } from './record-dossiers.tsx';
import { ReadText } from './read-text.tsx';
import { OlderVersion, Versions } from './versions.tsx';
import { showingOf, type ViewerProps } from './viewer-props.ts';
import css from './record-room.module.css';

const PdfViewer = lazy(async () => ({ default: (await import('./pdf-viewer.tsx')).PdfViewer }));

/** The tabs by their names in the address. */
const tabs = {
  content: 'noi-dung',
  text: 'chu',
  fields: 'thong-tin',
  dossiers: 'ho-so',
  versions: 'phien-ban',
  history: 'lich-su',
  integrity: 'toan-ven',
} as const;

/** Still being read: the room looks again by itself. */
const underWay: ReadonlySet<RecordFile['stage']> = new Set(['received', 'checked', 'vaulted', 'recognising']);

/** One document: its page in the middle, what is known of it at the right. */
export function RecordRoom() {
  const { t } = useTranslation('record');
  const { id = '' } = useParams();
  const answer = useQuery({
    queryKey: ['record', id],
    queryFn: ({ signal }) => ask(registryLines.record, { params: { id }, signal }),
    refetchInterval: (query) =>
      query.state.data?.files.some((file) => underWay.has(file.stage)) === true ? 15_000 : false,
    // Every look is written in the log: few of them, and none for coming back to the window.
    refetchOnWindowFocus: false,
  });
  if (answer.data) return <OpenRecord key={id} record={answer.data} />;
  if (answer.isPending) return <LoadingState />;
  if (isMissing(answer.error)) return <Missing />;
  return (
    <div className={css['pad']}>
      <h1 className="unseen">{t('title')}</h1>
      <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
    </div>
  );
}

function Missing() {
  const { t } = useTranslation('record');
  return (
    <>
      <h1 className="unseen">{t('title')}</h1>
      <EmptyState
        icon={<IconFileUnknown size={32} stroke={1.4} aria-hidden="true" />}
        what={t('missing.what')}
        why={t('missing.why')}
      >
        <Button component={Link} to="/tra-cuu" variant="default">
          {t('missing.search')}
        </Button>
      </EmptyState>
    </>
  );
}

function OpenRecord({ record }: { readonly record: RecordView }) {
  const { t } = useTranslation('record');
  const readsDossiers = useMay('dossier.read');
  const [address, setAddress] = useSearchParams();
  const say = useCallback(
    (said: Readonly<Record<string, string | null>>, replace: boolean) => {
      const next = addressNow();
      for (const [key, value] of Object.entries(said))
        if (value === null || value === '') next.delete(key);
        else next.set(key, value);
      setAddress(next, { replace });
    },
    [setAddress],
  );
  const onPage = useCallback((page: number) => say({ trang: page <= 1 ? null : String(page) }, true), [say]);
  const onWords = useCallback((words: string) => say({ q: words.trim() === '' ? null : words }, true), [say]);

  const client = useQueryClient();
  const [adding, setAdding] = useState<Adding | null>(null);
  // A file that has just come to this document: its version, its pages.
  useEffect(
    () =>
      whenReceived((receipt) => {
        if (receipt.recordId === record.id) void client.invalidateQueries({ queryKey: ['record', record.id] });
      }),
    [client, record.id],
  );

  const file = record.files.find((one) => one.id === address.get('tep')) ?? record.files[0];
  const show = (fileId: string): void =>
    say({ tep: fileId === record.files[0]?.id ? null : fileId, trang: null, muc: null }, false);
  const isHere: Readonly<Partial<Record<string, boolean>>> = {
    [tabs.history]: record.may.history,
    [tabs.dossiers]: readsDossiers,
    [tabs.versions]: record.versions.length > 0,
    [tabs.text]: file !== undefined,
    [tabs.integrity]: file !== undefined,
  };
  const tab = Object.values(tabs).find((one) => one === address.get('muc') && isHere[one] !== false) ?? tabs.content;
  const asked = Number(address.get('trang'));
  const page = Number.isInteger(asked) && asked >= 1 ? Math.min(asked, 100_000) : 1;
  const words = address.get('q') ?? '';

  return (
    <div className={css['room']}>
      <Tabs
        className={css['middle'] ?? ''}
        value={tab}
        keepMounted={false}
        onChange={(chosen) => say({ muc: chosen === tabs.content ? null : chosen }, false)}
      >
        <LevelBand rank={record.rank} />
        <Tabs.List className={css['tabs'] ?? ''} aria-label={t('tabs.title')}>
          <Tabs.Tab value={tabs.content}>{t('tabs.content')}</Tabs.Tab>
          {file !== undefined && <Tabs.Tab value={tabs.text}>{t('tabs.text')}</Tabs.Tab>}
          <Tabs.Tab value={tabs.fields}>{t('tabs.fields')}</Tabs.Tab>
          {readsDossiers && <Tabs.Tab value={tabs.dossiers}>{t('tabs.dossiers')}</Tabs.Tab>}
          {record.versions.length > 0 && (
            <Tabs.Tab value={tabs.versions}>
              {record.versions.length > 1
                ? t('tabs.versionsOf', { count: record.versions.length })
                : t('tabs.versions')}
            </Tabs.Tab>
          )}
          {record.may.history && <Tabs.Tab value={tabs.history}>{t('tabs.history')}</Tabs.Tab>}
          {file !== undefined && <Tabs.Tab value={tabs.integrity}>{t('tabs.integrity')}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value={tabs.content} className={css['panel'] ?? ''}>
          {file === undefined ? (
            <PaperNote fields={record.fields}>
              {record.may.addFile ? (
                <Button variant="default" onClick={() => setAdding('version')}>
                  {t('action.addScan')}
                </Button>
              ) : null}
            </PaperNote>
          ) : (
            <>
              {isOlder(record, file) && (
                <OlderVersion record={record} file={file} onNewest={() => show(record.files[0]?.id ?? '')} />
              )}
              {file.damaged && <Damaged name={file.name} />}
              <Suspense fallback={<LoadingState label={t('viewer.opening')} />}>
                <Viewer
                  key={`${file.id} ${String(record.rank)}`}
                  file={file}
                  rank={record.rank}
                  page={page}
                  onPage={onPage}
                  words={words}
                  onWords={onWords}
                />
              </Suspense>
            </>
          )}
        </Tabs.Panel>
        <Tabs.Panel value={tabs.text} className={css['panel'] ?? ''}>
          {file !== undefined && (
            <ReadText
              key={file.id}
              file={file}
              rank={record.rank}
              page={page}
              words={words}
              onShowPage={(wanted) => say({ muc: null, trang: String(wanted) }, false)}
            />
          )}
        </Tabs.Panel>
        <Tabs.Panel value={tabs.fields} className={css['scroll'] ?? ''} tabIndex={0}>
          <AllFields record={record} />
        </Tabs.Panel>
        {readsDossiers && (
          <Tabs.Panel value={tabs.dossiers} className={css['scroll'] ?? ''} tabIndex={0}>
            <RecordDossiers record={record} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value={tabs.versions} className={css['scroll'] ?? ''} tabIndex={0}>
          <Versions record={record} shown={file?.id ?? null} onShow={show} />
        </Tabs.Panel>
        {record.may.history && (
          <Tabs.Panel value={tabs.history} className={css['scroll'] ?? ''} tabIndex={0}>
            <FieldHistory record={record} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value={tabs.integrity} className={css['scroll'] ?? ''} tabIndex={0}>
          <Integrity record={record} />
        </Tabs.Panel>
      </Tabs>
      <FactsPanel record={record} shown={file?.id ?? null} onShow={show} onAdd={setAdding} />
      <AddFile
        record={record}
        adding={adding}
        onClose={() => setAdding(null)}
        onAdded={(as) => {
          setAdding(null);
          notice(t(`add.done.${as}`));
          if (as === 'version') say({ tep: null, trang: null, muc: null }, true);
        }}
      />
    </div>
  );
}

/** By the kind of the bytes: nothing uploaded becomes markup of this page. */
function Viewer(props: ViewerProps) {
  switch (showingOf(props.file.mediaType)) {
    case 'pdf':
      return <PdfViewer {...props} />;
    case 'image':
      return props.rank === 0 ? <ImageViewer {...props} /> : <PicturesViewer {...props} />;
    case 'pictures':
      return <PicturesViewer {...props} />;
    case 'text':
      return <ReadText file={props.file} rank={props.rank} page={props.page} words={props.words} insteadOfPage />;
  }
}

function Damaged({ name }: { readonly name: string }) {
  const { t } = useTranslation('record');
  return (
    <p className={css['damaged']} role="alert">
      <IconAlertTriangle size={18} aria-hidden="true" />
      <span>
        <b>{t('files.damaged', { name })}</b> {t('files.damagedWhy')}
      </span>
    </p>
  );
}
