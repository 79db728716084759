import { Button, SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconInbox, IconNotebook, IconUpload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import type { TrayItem } from '../../../contract/intake.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatSize } from '../../parts/format.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { notice } from '../../parts/notice.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useMay, useMe } from '../../session.tsx';
import { useKeys } from '../../shell/keys.ts';
import { whenReceived } from '../../uploads/upload-queue.ts';
import { addressOf } from '../addresses.ts';
import { FileChoosers } from './file-choosers.tsx';
import { GivenNumber, type Given } from './given-number.tsx';
import { JoinDialog } from './join-dialog.tsx';
import { joiningOf, nextToJoin } from './joining.ts';
import { SecretButton } from './secret-dialog.tsx';
import { TrayTable } from './tray-table.tsx';
import { UploadList } from './upload-list.tsx';
import { useTrayPages } from './use-tray.ts';
import { draftsOf, nextDraft } from './waiting-column.tsx';
import classes from './intake.module.css';

/** The intake desk: what comes in, where each file stands, what waits for a number. */
export function IntakeRoom() {
  const { t } = useTranslation('intake');
  const me = useMe();
  const registers = useMay('document.register');
  const navigate = useNavigate();
  const client = useQueryClient();
  const { state } = useLocation() as { state: { readonly given?: Given } | null };
  const [given, setGiven] = useState(state?.given ?? null);
  const [asked, setAsked] = useSearchParams();
  const show = asked.get('xem') === 'tat-ca' ? 'all' : 'waiting';
  const tray = useTrayPages(show);
  const counts = tray.data?.pages[0];
  // A file that has just arrived stands in the tray at once, not at the next round.
  useEffect(() => whenReceived(() => void client.invalidateQueries({ queryKey: ['tray'] })), [client]);

  const rows = tray.data?.pages.flatMap((page) => page.rows) ?? [];
  const next = nextDraft(rows);
  const begin = (): void => {
    if (next && registers) void navigate(addressOf.registration(next.recordId));
  };
  const [toJoin, setToJoin] = useState<TrayItem | null>(null);
  // The tray's line as it is now: a file that was still being read when the window opened has its picture since.
  const joining = toJoin && joiningOf(rows.find(({ fileId }) => fileId === toJoin.fileId) ?? toJoin);
  const firstToJoin = draftsOf(rows).find(({ guess }) => guess !== null) ?? next;
  useKeys(
    registers
      ? [
          { keys: 'ctrl+Enter', label: t('begin-key'), run: begin },
          { keys: 'p', label: t('paper.open-key'), run: () => void navigate(addressOf.paper) },
          {
            keys: 'alt+g',
            label: t('join.key'),
            run: () => {
              if (firstToJoin) setToJoin(firstToJoin);
            },
          },
        ]
      : [],
  );

  return (
    <div className={classes['desk']}>
      <div className={classes['head']}>
        <h1>{t('title')}</h1>
        <span className={classes['summary']} role="status">
          {counts
            ? [
                t('summary', { waiting: counts.waiting, registered: counts.registeredToday }),
                counts.processing > 0 ? t('summary-moving', { processing: counts.processing }) : '',
                counts.failed > 0 ? t('summary-failed', { failed: counts.failed }) : '',
              ]
                .filter((part) => part !== '')
                .join(' · ')
            : ''}
        </span>
        <div className={classes['acts']}>
          <SecretButton recordId={null} />
          {registers ? (
            <>
              <Button
                component={Link}
                to={addressOf.paper}
                variant="default"
                leftSection={<IconNotebook size={16} aria-hidden="true" />}
                rightSection={<kbd>p</kbd>}
              >
                {t('paper.open')}
              </Button>
              <div className={classes['begin']}>
                {tray.data && !next ? <span className="sm mut">{t('begin-none')}</span> : null}
                <Button
                  leftSection={<IconInbox size={16} aria-hidden="true" />}
                  rightSection={<kbd>Ctrl Enter</kbd>}
                  disabled={!next}
                  onClick={begin}
                >
                  {t('begin')}
                </Button>
              </div>
            </>
          ) : null}
        </div>
      </div>
      <JoinDialog
        joining={joining}
        onClose={() => setToJoin(null)}
        onJoined={(into) => {
          notice(t('join.done', { number: into.arrivalNumber, name: joining?.fileName }));
          setToJoin((joining && nextToJoin(rows, joining.recordId)) ?? null);
        }}
      />
      {given ? <GivenNumber given={given} onClose={() => setGiven(null)} /> : null}
      <div className={classes['zone']}>
        <IconUpload size={26} stroke={1.6} aria-hidden="true" />
        <div>
          <div>{t('drop-hint')}</div>
          <div className="sm mut">{t('drop-kinds', { limit: formatSize(me.largestFile) })}</div>
        </div>
        <div className={classes['zoneButtons']}>
          <FileChoosers />
        </div>
      </div>
      <UploadList />
      <section className={`sheet ${classes['card'] ?? ''}`} aria-labelledby="desk-tray">
        <div className={classes['cardHead']}>
          <h2 id="desk-tray">{t('tray')}</h2>
          <SegmentedControl
            size="xs"
            aria-label={t('show')}
            value={show}
            onChange={(value) => setAsked(value === 'all' ? { xem: 'tat-ca' } : {}, { replace: true })}
            data={[
              { value: 'waiting', label: t('show-waiting') },
              { value: 'all', label: t('show-all') },
            ]}
          />
        </div>
        {tray.isError ? <ProblemNote problem={tray.error} onRetry={() => void tray.refetch()} /> : null}
        {tray.isPending ? <LoadingState /> : null}
        {tray.data && rows.length === 0 ? <EmptyState what={t('empty')} why={t('empty-why')} /> : null}
        {rows.length > 0 ? <TrayTable rows={rows} onJoin={setToJoin} /> : null}
        {tray.hasNextPage ? (
          <Button variant="default" mt={12} loading={tray.isFetchingNextPage} onClick={() => void tray.fetchNextPage()}>
            {t('more')}
          </Button>
        ) : null}
      </section>
    </div>
  );
}
