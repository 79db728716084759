import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams } from 'react-router';
import { registryLines, type RecordView } from '../../../contract/registry.ts';
import type { TrayItem } from '../../../contract/intake.ts';
import { vietnamDay } from '../../../kernel/dates.ts';
import { ask } from '../../api.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { notice } from '../../parts/notice.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { whenReceived } from '../../uploads/upload-queue.ts';
import { addressOf } from '../addresses.ts';
import { AttachButton } from './attach-button.tsx';
import { GivenNumber, givenFor, type Given } from './given-number.tsx';
import { JoinLine } from './join-line.tsx';
import { guessIn } from './joining.ts';
import { isDrawable, PageViewer, type ViewedFile } from './page-viewer.tsx';
import { RegistrationForm } from './registration-form.tsx';
import { SecretButton } from './secret-dialog.tsx';
import { useTray } from './use-tray.ts';
import { nextDraft, WaitingColumn } from './waiting-column.tsx';
import classes from './registration.module.css';

/** Page left, form right: one draft after another until the tray is empty; or one registered record to correct. */
export function RegistrationRoom() {
  const { recordId = '' } = useParams();
  return <OneRecord key={recordId} recordId={recordId} />;
}

function OneRecord({ recordId }: { readonly recordId: string }) {
  const { t } = useTranslation('intake');
  const navigate = useNavigate();
  const client = useQueryClient();
  const { state } = useLocation() as { state: { readonly given?: Given } | null };
  const [given, setGiven] = useState(state?.given ?? null);
  const [today] = useState(() => vietnamDay(new Date()));
  const record = useQuery({
    queryKey: ['record', recordId],
    queryFn: ({ signal }) => ask(registryLines.record, { params: { id: recordId }, signal }),
    // Each look at a record is an event in the log: it is asked for when it is opened, and when there is a reason.
    staleTime: Infinity,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const draft = record.data?.state === 'draft';
  const tray = useTray('waiting', record.data === undefined || draft);
  const rows = tray.data?.rows ?? [];
  const { refetch } = record;
  useEffect(
    () =>
      whenReceived((receipt) => {
        void client.invalidateQueries({ queryKey: ['tray'] });
        // An annex of this very record: its pages join the others.
        if (receipt.recordId === recordId) void refetch();
      }),
    [client, recordId, refetch],
  );

  async function goOn(given_?: Given): Promise<void> {
    // The stack is only empty when the house says so now.
    const next = (nextDraft(rows, recordId) ?? nextDraft((await tray.refetch()).data?.rows ?? [], recordId))?.recordId;
    await navigate(next === undefined ? '/tiep-nhan' : addressOf.registration(next), {
      replace: true,
      state: given_ === undefined ? null : { given: given_ },
    });
  }
  const files = record.data ? filesOf(record.data, rows) : [];
  const [main] = files;

  return (
    <div className={classes['room']} {...(record.data && !draft ? { 'data-alone': true } : {})}>
      {record.data && !draft ? null : <WaitingColumn tray={tray.data} recordId={recordId} />}
      {record.data ? (
        <PageViewer
          files={files}
          tools={
            <>
              {draft ? <AttachButton recordId={recordId} /> : null}
              <SecretButton
                small
                recordId={recordId}
                onWithheld={() => void navigate('/tiep-nhan', { replace: true })}
              />
            </>
          }
        />
      ) : (
        <section className={classes['viewer']}>{record.isPending ? <LoadingState /> : null}</section>
      )}
      <section className={classes['side']} aria-label={t('registration.title')}>
        {given ? <GivenNumber given={given} small onClose={() => setGiven(null)} /> : null}
        {record.isError ? (
          <div style={{ padding: 20 }}>
            <h1>{t('registration.not-for-you')}</h1>
            <div style={{ marginTop: 12 }}>
              <ProblemNote problem={record.error} onRetry={() => void record.refetch()} />
            </div>
          </div>
        ) : null}
        {record.isPending ? <LoadingState /> : null}
        {record.data ? (
          <RegistrationForm
            record={record.data}
            today={today}
            reload={() => record.refetch()}
            onRegistered={(registered) => void goOn(givenFor(registered, Number(today.slice(0, 4))))}
            onCorrected={() => void navigate(addressOf.record(recordId))}
            joins={
              draft && main && record.data.may.register ? (
                <JoinLine
                  joining={{
                    recordId,
                    fileId: main.id,
                    fileName: main.name,
                    drawn: isDrawable(main),
                    guess: guessIn(rows, recordId),
                  }}
                  onJoined={(into) => {
                    notice(t('join.done', { number: into.arrivalNumber, name: main.name }));
                    void goOn();
                  }}
                />
              ) : null
            }
          />
        ) : null}
      </section>
    </div>
  );
}

/** The tray knows first how far a file is; the record is not asked again for it. */
function filesOf(record: RecordView, rows: readonly TrayItem[]): readonly ViewedFile[] {
  return record.files.map((file) => {
    const row = rows.find(({ fileId }) => fileId === file.id);
    return row ? { ...file, stage: row.stage, pages: row.pages ?? file.pages } : file;
  });
}
