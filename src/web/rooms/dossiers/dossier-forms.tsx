import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dossierLines, type DossierItem, type DossierView } from '../../../contract/dossiers.ts';
import { vietnamDay } from '../../../kernel/dates.ts';
import { ask } from '../../api.ts';
import { ActWindow } from '../../parts/act-form.tsx';
import { formatDay } from '../../parts/format.ts';
import { useMe } from '../../session.tsx';
import { DayField } from '../intake/day-field.tsx';
import { dayFromText } from '../intake/day-text.ts';
import { DossierAct } from './dossier-act.tsx';
import { changedFields, fieldsIn, valuesOf, type DossierValues, type ValueName } from './dossier-values.ts';
import { useRetentionWords } from './dossier-words.ts';
import type { Plan } from './plan-pane.tsx';
import { usePlan } from './use-dossiers.ts';
import { ValueFields } from './value-fields.tsx';

interface WindowProps {
  readonly opened: boolean;
  readonly dossier: DossierView;
  readonly onClose: () => void;
}
interface FormProps {
  readonly dossier: DossierView;
  readonly onClose: () => void;
}

/** A planned dossier begins: from then on documents go in. */
export function OpenDossier({ opened, dossier, onClose }: WindowProps) {
  const { t } = useTranslation('dossiers');
  return (
    <ActWindow opened={opened} title={t('open.title', { notation: dossier.notation })} onClose={onClose}>
      <Opening dossier={dossier} onClose={onClose} />
    </ActWindow>
  );
}

function Opening({ dossier, onClose }: FormProps) {
  const { t } = useTranslation(['dossiers', 'common']);
  const today = vietnamDay(new Date());
  const [typed, setTyped] = useState(formatDay(dossier.startDate ?? today));
  const day = typed.trim() === '' ? null : (dayFromText(typed, today) ?? undefined);
  return (
    <DossierAct
      act={() =>
        ask(dossierLines.open, {
          params: { id: dossier.id },
          body: { startDate: day ?? null, version: dossier.version },
        })
      }
      doWord={t('act.open')}
      ready={day !== undefined}
      reason="none"
      said={({ notation }) => t('open.done', { notation })}
      onClose={onClose}
    >
      {({ tried, problemOf }) => (
        <>
          <p>{dossier.title}</p>
          <DayField
            label={t('field.startDate')}
            name={t('field.startDate')}
            value={typed}
            today={today}
            error={tried && day === undefined ? t('common:field-problem.not-a-date') : problemOf('startDate')}
            onChange={setTyped}
          />
        </>
      )}
    </DossierAct>
  );
}

/** The archive alone opens what was closed, and says why. */
export function ReopenDossier({ opened, dossier, onClose }: WindowProps) {
  const { t } = useTranslation('dossiers');
  return (
    <ActWindow opened={opened} title={t('reopen.title', { notation: dossier.notation })} onClose={onClose}>
      <DossierAct
        act={(reason) =>
          ask(dossierLines.reopen, { params: { id: dossier.id }, body: { reason, version: dossier.version } })
        }
        doWord={t('act.reopen')}
        said={({ notation }) => t('reopen.done', { notation })}
        onClose={onClose}
      >
        <p>{t('reopen.what')}</p>
      </DossierAct>
    </ActWindow>
  );
}

/** A document leaves the dossier; that it stood here stays in the history. */
export function TakeOut({
  item,
  dossier,
  onClose,
}: {
  readonly item: DossierItem | null;
  readonly dossier: DossierView;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('dossiers');
  const what = item?.numberAndSymbol ?? item?.subject ?? '';
  return (
    <ActWindow opened={item !== null} title={t('take.title', { notation: dossier.notation })} onClose={onClose}>
      <DossierAct
        act={(reason) =>
          ask(dossierLines.take, { params: { id: dossier.id, recordId: item?.recordId ?? '' }, body: { reason } })
        }
        doWord={t('take.word')}
        said={() => t('take.done', { what })}
        onClose={onClose}
      >
        <p>
          <b>{what}</b>
        </p>
        <p>{t(item?.home === false ? 'take.link' : 'take.home')}</p>
      </DossierAct>
    </ActWindow>
  );
}

/** Ghi chú of one document in the dossier, as the document list prints it. */
export function EditNote({
  item,
  dossier,
  onClose,
}: {
  readonly item: DossierItem | null;
  readonly dossier: DossierView;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('dossiers');
  return (
    <ActWindow opened={item !== null} title={t('note.title', { notation: dossier.notation })} keep onClose={onClose}>
      {item ? <Noting item={item} dossier={dossier} onClose={onClose} /> : null}
    </ActWindow>
  );
}

function Noting({ item, dossier, onClose }: FormProps & { readonly item: DossierItem }) {
  const { t } = useTranslation('dossiers');
  const [note, setNote] = useState(item.note ?? '');
  const what = item.numberAndSymbol ?? item.subject;
  return (
    <DossierAct
      act={() =>
        ask(dossierLines.describeItem, {
          params: { id: dossier.id, recordId: item.recordId },
          body: { note: note.trim() },
        })
      }
      doWord={t('note.do')}
      reason="none"
      said={() => t('note.done', { what })}
      onClose={onClose}
    >
      {({ problemOf }) => (
        <>
          <p>
            <b>{what}</b>
          </p>
          <Textarea
            label={t('note.label')}
            description={t('note.why')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data-autofocus
            rows={3}
            maxLength={500}
            value={note}
            error={problemOf('note')}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </>
      )}
    </DossierAct>
  );
}

/** Each field with what stands in it; what is changed here is sent, with the reason. */
export function CorrectDossier({ opened, dossier, onClose }: WindowProps) {
  const { t } = useTranslation('dossiers');
  return (
    <ActWindow
      opened={opened}
      title={t('correct.title', { notation: dossier.notation })}
      size="lg"
      keep
      onClose={onClose}
    >
      <Correcting dossier={dossier} onClose={onClose} />
    </ActWindow>
  );
}

function Correcting({ dossier, onClose }: FormProps) {
  const { t } = useTranslation('dossiers');
  const period = useRetentionWords();
  const today = vietnamDay(new Date());
  const plan = usePlan(dossier.year);
  // What stood there when the form was opened: what differs now, somebody else has written.
  const [before] = useState(() => valuesOf(dossier, period));
  const [values, setValues] = useState(before);
  const { fields, wrong } = fieldsIn(values, today, true);
  const said = changedFields(fieldsIn(before, today, true).fields, fields);
  const now = valuesOf(dossier, period);
  const others = Object.fromEntries(
    (Object.keys(now) as ValueName[]).filter((name) => now[name] !== before[name]).map((name) => [name, now[name]]),
  ) as Partial<DossierValues>;
  return (
    <DossierAct
      act={(reason) =>
        ask(dossierLines.correct, {
          params: { id: dossier.id },
          body: { fields: said, version: dossier.version, reason },
        })
      }
      doWord={t('correct.do')}
      ready={Object.keys(wrong).length === 0 && Object.keys(said).length > 0}
      said={({ notation }) => t('correct.done', { notation })}
      onClose={onClose}
    >
      {(state) => (
        <>
          <ValueFields
            values={values}
            others={others}
            headings={plan.data?.headings ?? []}
            wrong={wrong}
            state={state}
            onSet={(some) => setValues((all) => ({ ...all, ...some }))}
          />
          {state.tried && Object.keys(said).length === 0 ? <p role="alert">{t('correct.nothing')}</p> : null}
        </>
      )}
    </DossierAct>
  );
}

/** A matter that the plan did not foresee: Nghị định 30/2020, Điều 29(1). */
export function AddDossier({
  opened,
  plan,
  onMade,
  onClose,
}: {
  readonly opened: boolean;
  readonly plan: Plan;
  readonly onMade: (id: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('dossiers');
  return (
    <ActWindow opened={opened} title={t('add.title', { year: plan.year })} size="lg" keep onClose={onClose}>
      <Adding plan={plan} onMade={onMade} onClose={onClose} />
    </ActWindow>
  );
}

function Adding({
  plan,
  onMade,
  onClose,
}: {
  readonly plan: Plan;
  readonly onMade: (id: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('dossiers');
  const me = useMe();
  const today = vietnamDay(new Date());
  const [values, setValues] = useState<DossierValues>({
    notation: '',
    headingId: null,
    title: '',
    titleRank: 1,
    unitId: me.unit?.id ?? null,
    ownerId: me.id,
    retention: '',
    retentionBasis: '',
    language: '',
    startDate: formatDay(today),
    endDate: '',
    note: '',
  });
  const { fields, wrong } = fieldsIn(values, today, false);
  return (
    <DossierAct
      act={() =>
        ask(dossierLines.add, {
          body: { ...fields, year: plan.year, notation: values.notation.trim() === '' ? null : values.notation },
        })
      }
      doWord={t('act.open')}
      ready={Object.keys(wrong).length === 0}
      reason="none"
      said={({ notation }) => t('open.done', { notation })}
      onDone={({ id }) => onMade(id)}
      onClose={onClose}
    >
      {(state) => (
        <>
          <p className="mut">{t('add.why')}</p>
          <ValueFields
            values={values}
            headings={plan.headings}
            wrong={wrong}
            state={state}
            codeHint={t('add.code-hint')}
            onSet={(some) => setValues((all) => ({ ...all, ...some }))}
          />
        </>
      )}
    </DossierAct>
  );
}
