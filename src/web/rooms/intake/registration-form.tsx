import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { notice } from '../../parts/notice.ts';
import { identityLines } from '../../../contract/identity.ts';
import { registryLines, type RecordView } from '../../../contract/registry.ts';
import type { CalendarDate } from '../../../kernel/dates.ts';
import { ApiProblem, ask } from '../../api.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useMe } from '../../session.tsx';
import { useKeys } from '../../shell/keys.ts';
import { DistributionFields } from './distribution-fields.tsx';
import { FormToolsProvider, keyedFields, useFieldProps } from './form-tools.tsx';
import { bookYear, fieldsOf, numberSource, wrongFrom, wrongNumber, type Wrong } from './form-values.ts';
import { FormHead } from './form-head.tsx';
import { NumberField } from './number-field.tsx';
import { OtherFields } from './other-fields.tsx';
import { PaperFields } from './paper-fields.tsx';
import { useFormWork } from './use-form-work.ts';
import { useNextNumber } from './use-next-number.ts';
import { UsualFields } from './usual-fields.tsx';
import classes from './registration.module.css';

export interface RegistrationFormProps {
  readonly record: RecordView;
  readonly today: CalendarDate;
  /** Asks for the record again: another person has changed it. */
  readonly reload: () => Promise<unknown>;
  readonly onRegistered: (record: RecordView) => void;
  readonly onCorrected: (record: RecordView) => void;
  /** What stands in place of the page where there is no file; then nothing is in the house before it is registered. */
  readonly paper?: ReactNode;
  /** The other way out of the tray, beside the number that would be given. */
  readonly joins?: ReactNode;
}

/** The form right of the page: registers a draft or paper without a file, corrects what is registered. */
export function RegistrationForm({
  record,
  today,
  reload,
  onRegistered,
  onCorrected,
  paper,
  joins,
}: RegistrationFormProps) {
  const { t } = useTranslation(['intake', 'common']);
  const me = useMe();
  const client = useQueryClient();
  const declared = record.state === 'declared';
  const form = useFormWork(record, today);
  const { work, changed, focus } = form;
  const [once, setOnce] = useState(() => crypto.randomUUID());
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const suggestions = useQuery({
    queryKey: ['suggestions'],
    queryFn: ({ signal }) => ask(registryLines.suggestions, { signal }),
    staleTime: 60_000,
  });
  const directory = useQuery({
    queryKey: ['directory'],
    queryFn: ({ signal }) => ask(identityLines.directory, { signal }),
    staleTime: 300_000,
  });

  const book = useNextNumber(work.values.direction, bookYear(work.values, today), !declared).data;
  const source = book ? numberSource(work.values.direction, book) : undefined;

  function refused(cause: unknown): void {
    if (!(cause instanceof ApiProblem)) return;
    const ofNumber = numberRefusals.find((code) => code === cause.code);
    if (ofNumber !== undefined) void client.invalidateQueries({ queryKey: ['next-number'] });
    const found =
      ofNumber === undefined
        ? wrongFrom(cause.fields, work.values)
        : [{ name: 'takenNumber', problem: ofNumber } as const];
    setWrong(found);
    if (found[0]) focus(found[0].name);
    // It had arrived, and the form has changed since: what is sent now is another request.
    if (cause.code === 'idempotency-mismatch') setOnce(crypto.randomUUID());
    if (cause.code === 'conflict' || cause.code === 'already-registered') void reload();
  }
  const distribution = {
    rank: work.values.rank,
    leadUnitId: work.values.leadUnitId,
    supportingUnitIds: [...work.values.supportingUnitIds],
    openToAll: work.values.rank === 0 || work.values.openToAll,
  };
  const register = useMutation({
    mutationFn: () => {
      const taken = work.values.takenNumber.trim();
      const body = {
        fields: fieldsOf(work.values, today).fields,
        ...distribution,
        ...(taken === '' || source?.from === 'document' ? {} : { takenNumber: Number(taken) }),
      };
      return paper === undefined
        ? ask(registryLines.register, { params: { id: record.id }, body: { ...body, version: work.version } })
        : ask(registryLines.registerPaper, { body, once });
    },
    onSuccess: (answer) => {
      if (paper === undefined) form.saved(answer);
      else form.discard();
      client.setQueryData(['record', answer.id], answer);
      for (const key of ['tray', 'home', 'next-number', 'suggestions', 'search', 'registers', 'correspondents'])
        void client.invalidateQueries({ queryKey: [key] });
      onRegistered(answer);
    },
    onError: refused,
  });
  const correct = useMutation({
    mutationFn: () => {
      const { fields } = fieldsOf(work.values, today);
      const said = changed.filter((name) => name in fields).map((name) => [name, fields[name as keyof typeof fields]]);
      const moved = changed.filter((name) => name in distribution);
      return ask(registryLines.correct, {
        params: { id: record.id },
        body: {
          fields: Object.fromEntries(said) as Partial<typeof fields>,
          ...Object.fromEntries(moved.map((name) => [name, distribution[name as keyof typeof distribution]])),
          version: work.version,
          ...(declared ? { reason: work.values.reason } : {}),
        },
      });
    },
    onSuccess: (answer) => {
      form.saved(answer);
      client.setQueryData(['record', record.id], answer);
      void client.invalidateQueries({ queryKey: ['tray'] });
      if (declared) onCorrected(answer);
      notice(t(declared ? 'registration.saved' : 'registration.saved-draft'));
    },
    onError: refused,
  });
  const busy = register.isPending || correct.isPending;
  const closed =
    record.state === 'frozen'
      ? t('registration.withheld')
      : declared
        ? record.may.correct
          ? null
          : t('registration.may-not-correct')
        : record.may.register
          ? null
          : t('registration.may-not');

  /** Whether what is typed may be sent; leads to the first field that may not. */
  function sound(registering: boolean): boolean {
    const found: Wrong[] = [...fieldsOf(work.values, today).wrong];
    if (registering && work.values.direction === 'incoming' && work.values.issuer.trim() === '')
      found.push({ name: 'issuer', problem: 'needed' });
    if (registering && paper !== undefined && work.values.paperKind === '')
      found.unshift({ name: 'paperKind', problem: 'needed' });
    const number = registering ? wrongNumber(work.values.takenNumber, source) : null;
    if (number !== null) found.push({ name: 'takenNumber', problem: number });
    if (declared && work.values.reason.trim() === '') found.push({ name: 'reason', problem: 'needed' });
    setWrong(found);
    if (found[0]) focus(found[0].name);
    return found.length === 0;
  }
  function goRegister(): void {
    if (busy || closed !== null) return;
    correct.reset();
    if (sound(true)) register.mutate();
  }
  function goCorrect(): void {
    if (busy || closed !== null || changed.length === 0) return;
    register.reset();
    if (sound(declared)) correct.mutate();
  }

  useKeys([
    {
      keys: 'ctrl+Enter',
      label: t(declared ? 'registration.key-save-changes' : 'registration.key-register'),
      whileTyping: true,
      run: declared ? goCorrect : goRegister,
    },
    ...(declared || paper !== undefined
      ? []
      : [{ keys: 'ctrl+s', label: t('registration.key-save'), whileTyping: true, run: goCorrect }]),
    ...keyedFields.map((name, index) => ({
      keys: `alt+${String(index + 1)}`,
      label: t('registration.key-field', { field: t(`field.${name}`) }),
      whileTyping: true,
      run: () => focus(name),
    })),
  ]);
  useEffect(() => {
    focus(paper === undefined ? 'codeNumber' : 'paperKind');
    // Once, when the form of this record opens.
  }, []);

  const failure = register.error ?? correct.error;
  const conflict = failure instanceof ApiProblem && failure.code === 'conflict';
  const told = conflict || Object.keys(work.others).length > 0;
  const side = (
    <>
      <FormHead record={record} />
      <form
        className={classes['formScroll']}
        aria-label={t('registration.form')}
        noValidate
        onSubmit={(event) => event.preventDefault()}
      >
        {told ? (
          <p className={classes['note']} role="alert">
            {t('registration.conflict')}
          </p>
        ) : form.restored && changed.length > 0 ? (
          <p className={classes['note']} role="status">
            {t('registration.restored')}{' '}
            <button type="button" className={classes['linkButton']} onClick={form.discard}>
              {t(paper === undefined ? 'registration.restored-drop' : 'paper.restored-drop')}
            </button>
          </p>
        ) : null}
        {directory.isError ? <ProblemNote problem={directory.error} onRetry={() => void directory.refetch()} /> : null}
        {joins}
        {declared ? null : <NumberField />}
        <UsualFields />
        <DistributionFields />
        <OtherFields />
        {paper === undefined ? <PaperFields /> : null}
        {declared ? <Reason /> : null}
      </form>
      <div className={classes['foot']}>
        {wrong.length > 0 ? (
          <p className={classes['note']} data-kind="stop" role="alert">
            {t('registration.problem-fields')}
          </p>
        ) : failure && !conflict ? (
          <ProblemNote problem={failure} />
        ) : null}
        {paper !== undefined && failure instanceof ApiProblem && perhapsThere.has(failure.code) ? (
          <p className={classes['note']}>{t('paper.perhaps')}</p>
        ) : null}
        {closed === null ? null : <p className={classes['note']}>{closed}</p>}
        {declared && closed === null && changed.length === 0 ? (
          <p className="sm mut">{t('registration.nothing-changed')}</p>
        ) : null}
        <div className={classes['footLine']}>
          {declared ? (
            <Button
              loading={correct.isPending}
              disabled={closed !== null || changed.length === 0}
              rightSection={<kbd>Ctrl Enter</kbd>}
              onClick={goCorrect}
            >
              {t('registration.save-changes')}
            </Button>
          ) : (
            <>
              <Button
                loading={register.isPending}
                disabled={closed !== null}
                rightSection={<kbd>Ctrl Enter</kbd>}
                onClick={goRegister}
              >
                {t(paper === undefined ? 'registration.go' : 'paper.go')}
              </Button>
              {changed.length > 0 && closed === null && paper === undefined ? (
                <Button variant="default" loading={correct.isPending} onClick={goCorrect}>
                  {t('registration.save-draft')}
                </Button>
              ) : null}
            </>
          )}
        </div>
      </div>
    </>
  );
  return (
    <FormToolsProvider
      value={{
        values: work.values,
        others: work.others,
        wrong,
        today,
        declared,
        clearance: me.clearance,
        units: directory.data?.units ?? [],
        documentTypes: suggestions.data?.documentTypes ?? [],
        issuers: suggestions.data?.issuers ?? [],
        set: (some) => {
          form.set(some);
          setWrong((before) => before.filter(({ name }) => !(name in some)));
        },
        place: form.place,
        focus,
      }}
    >
      {paper === undefined ? (
        side
      ) : (
        <>
          {paper}
          <section className={classes['side']} aria-label={t('registration.title')}>
            {side}
          </section>
        </>
      )}
    </FormToolsProvider>
  );
}

/** The house may have entered it although nothing was heard of it. */
const perhapsThere: ReadonlySet<ApiProblem['code']> = new Set(['offline', 'idempotency-mismatch']);

/** Refusals of the number itself: they stand at its field. */
const numberRefusals = ['number-taken', 'number-needed', 'number-not-needed'] as const;

function Reason() {
  const { t } = useTranslation('intake');
  const { text } = useFieldProps();
  return <Textarea {...text('reason')} autosize minRows={2} maxRows={4} placeholder={t('hint.reason')} />;
}
