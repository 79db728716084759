import { Button, NumberInput, SegmentedControl, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconFileSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { registerLines, type RegisterEntry } from '../../../contract/registers.ts';
import { registryLines, type RecordView } from '../../../contract/registry.ts';
import { vietnamDay } from '../../../kernel/dates.ts';
import { ApiProblem, ask } from '../../api.ts';
import { ActWindow } from '../../parts/act-form.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatDay } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { PagePicture } from '../../parts/page-picture.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import buttons from '../../parts/act-form.module.css';
import classes from './join.module.css';

/** A draft that may be the scan of something registered already. */
export interface Joining {
  readonly recordId: string;
  readonly fileId: string;
  readonly fileName: string;
  /** A page of it can be drawn by now. */
  readonly drawn: boolean;
  /** The number that the file's name gives. */
  readonly guess: { readonly number: number; readonly year: number } | null;
}

/** "Gắn vào số đến…": the scan at the left, the document of that number at the right; the same thing, or not. */
export function JoinDialog({
  joining,
  onJoined,
  onClose,
}: {
  readonly joining: Joining | null;
  readonly onJoined: (record: RecordView) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('intake');
  return (
    <ActWindow opened={joining !== null} size={940} keep title={t('join.title')} onClose={onClose}>
      {joining ? <Joins key={joining.recordId} joining={joining} onJoined={onJoined} onClose={onClose} /> : null}
    </ActWindow>
  );
}

function Joins({
  joining,
  onJoined,
  onClose,
}: {
  readonly joining: Joining;
  readonly onJoined: (record: RecordView) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('intake');
  const client = useQueryClient();
  const [number, setNumber] = useState<number | ''>(joining.guess?.number ?? '');
  const [year, setYear] = useState<number | ''>(joining.guess?.year ?? Number(vietnamDay(new Date()).slice(0, 4)));
  const [as, setAs] = useState<'version' | 'attachment'>('version');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [asked] = useDebouncedValue({ number, year }, 250);
  const draft = useQuery({
    queryKey: ['record', joining.recordId],
    queryFn: ({ signal }) => ask(registryLines.record, { params: { id: joining.recordId }, signal }),
    // Each look is an event in the log: the one that the form beside it made is enough.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const whole = asked.number !== '' && asked.year !== '' && asked.year >= 1900 && asked.year <= 2200;
  const found = useQuery({
    queryKey: ['by-number', asked.number, asked.year],
    queryFn: ({ signal }) => ask(registerLines.byNumber, { query: { number: asked.number, year: asked.year }, signal }),
    enabled: whole,
    staleTime: 30_000,
    refetchOnWindowFocus: false,
  });
  const entry = whole && asked.number === number && asked.year === year ? found.data?.entry : undefined;
  const join = useMutation({
    mutationFn: (into: RegisterEntry) =>
      ask(registryLines.join, {
        params: { id: joining.recordId },
        body: {
          intoId: into.recordId,
          as: into.withoutFile ? 'version' : as,
          version: draft.data?.version ?? 0,
          ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        },
      }),
    onSuccess: async (record) => {
      client.setQueryData(['record', record.id], record);
      await client.invalidateQueries({ queryKey: ['tray'] });
      for (const key of ['home', 'search', 'registers', 'by-number'])
        void client.invalidateQueries({ queryKey: [key] });
      onJoined(record);
    },
  });
  const needsReason = entry !== undefined && !entry.withoutFile;
  const lacks = needsReason && reason.trim() === '';
  return (
    <form
      className={classes['sides']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (entry && draft.data && !lacks && !join.isPending) join.mutate(entry);
      }}
    >
      <figure className={classes['scan']} tabIndex={0} aria-label={joining.fileName}>
        {joining.drawn ? (
          <PagePicture fileId={joining.fileId} page={1} width={372} alt={t('join.scan', { name: joining.fileName })} />
        ) : (
          <EmptyState icon={<IconFileSearch size={28} stroke={1.5} aria-hidden="true" />} what={t('join.no-picture')} />
        )}
        <figcaption title={joining.fileName}>{joining.fileName}</figcaption>
      </figure>
      <div className={classes['into']}>
        <div className={classes['number']}>
          <NumberInput
            data-autofocus
            label={t('join.number')}
            description={joining.guess === null ? undefined : t('join.guessed')}
            inputWrapperOrder={['label', 'input', 'description']}
            value={number}
            min={1}
            max={999_999_999}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            autoComplete="off"
            onChange={(said) => setNumber(typeof said === 'number' ? said : '')}
          />
          <NumberInput
            label={t('join.year')}
            value={year}
            min={1900}
            max={2200}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            autoComplete="off"
            onChange={(said) => setYear(typeof said === 'number' ? said : '')}
          />
        </div>
        <div className={classes['found']} role="status" aria-live="polite">
          {entry ? (
            <Found entry={entry} />
          ) : !whole ? (
            <p className="mut">{t('join.ask')}</p>
          ) : found.isError ? (
            found.error instanceof ApiProblem && found.error.code === 'not-found' ? (
              <p>{t('join.none', { number: asked.number, year: asked.year })}</p>
            ) : (
              <ProblemNote problem={found.error} />
            )
          ) : (
            <LoadingState />
          )}
        </div>
        <div>
          <SegmentedControl
            fullWidth
            aria-label={t('join.as')}
            value={entry?.withoutFile === true ? 'version' : as}
            onChange={(said) => setAs(said)}
            data={[
              { value: 'version', label: t('join.version') },
              // The first file of a document is the document.
              { value: 'attachment', label: t('join.attachment'), disabled: entry?.withoutFile === true },
            ]}
          />
          <p className="sm mut">
            {t(
              entry?.withoutFile === true
                ? 'join.first-why'
                : as === 'version'
                  ? 'join.version-why'
                  : 'join.attachment-why',
            )}
          </p>
        </div>
        {needsReason ? (
          <Textarea
            label={t('join.reason')}
            required
            rows={2}
            maxLength={500}
            placeholder={t(as === 'version' ? 'join.reason-version' : 'join.reason-attachment')}
            value={reason}
            error={tried && lacks ? t('join.reason-needed') : null}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && event.ctrlKey) event.currentTarget.form?.requestSubmit();
            }}
          />
        ) : null}
        {draft.isError ? <ProblemNote problem={draft.error} /> : null}
        {join.isError ? <ProblemNote problem={join.error} /> : null}
        {join.error instanceof ApiProblem && join.error.fields.some(({ problem }) => problem === 'lower-rank') ? (
          <p className={classes['lower']}>{t('join.lower-rank')}</p>
        ) : null}
        <div className={buttons['buttons']}>
          <Button variant="default" onClick={onClose}>
            {t('join.not')}
          </Button>
          <Button type="submit" disabled={!entry} loading={join.isPending || draft.isPending}>
            {entry ? t('join.go-to', { number: entry.number }) : t('join.go')}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Found({ entry }: { readonly entry: RegisterEntry }) {
  const { t } = useTranslation('intake');
  const facts = [
    [t('field.issuer'), entry.issuer],
    [t('join.reference'), [entry.numberAndSymbol, formatDay(entry.issuedDate)].filter(Boolean).join(' · ')],
    [t('field.documentType'), entry.documentType],
    [t('field.arrivalDate'), formatDay(entry.arrivalDate)],
    [t('join.entered'), entry.enteredBy?.fullName],
  ] as const;
  return (
    <>
      <div className={classes['foundHead']}>
        <b>{entry.number}</b>
        <LevelBadge rank={entry.rank} />
      </div>
      <p className={classes['subject']}>{entry.subject}</p>
      <dl>
        {facts
          .filter(([, value]) => value !== null && value !== undefined && value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <p className={classes['files']} data-without={entry.withoutFile}>
        {t(entry.withoutFile ? 'join.without-file' : 'join.has-file')}
      </p>
    </>
  );
}
