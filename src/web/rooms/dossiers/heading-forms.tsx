import { useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dossierLines, type Heading } from '../../../contract/dossiers.ts';
import { ask } from '../../api.ts';
import { ActForm, ActWindow, type ActFormProps } from '../../parts/act-form.tsx';
import { HistoryWindow } from '../../parts/history-window.tsx';
import { notice } from '../../parts/notice.ts';
import { useWrongWords } from './dossier-words.ts';
import type { Plan } from './plan-pane.tsx';
import { headingHistoryOf, useChanged } from './use-dossiers.ts';

interface FormProps {
  readonly plan: Plan;
  readonly onClose: () => void;
}
interface WindowProps extends FormProps {
  readonly opened: boolean;
}

type ActProps = Omit<ActFormProps<Heading>, 'wrong' | 'onDone'> & { readonly said: (heading: Heading) => string };

/** One change of a heading: the plan is asked anew, whatever comes of it. */
function HeadingAct({ said, onClose, ...props }: ActProps) {
  const changed = useChanged();
  return (
    <ActForm
      {...props}
      wrong={useWrongWords()}
      onDone={(heading) => {
        changed();
        notice(said(heading));
        onClose();
      }}
      onRefused={() => changed()}
      onClose={onClose}
    />
  );
}

/** Large headings bear Roman numerals, those below them figures; the house gives the next one. */
export function AddHeading({ opened, plan, onClose }: WindowProps) {
  const { t } = useTranslation('dossiers');
  return (
    <ActWindow opened={opened} title={t('heading.title', { year: plan.year })} onClose={onClose}>
      <NewHeading plan={plan} onClose={onClose} />
    </ActWindow>
  );
}

function NewHeading({ plan, onClose }: FormProps) {
  const { t } = useTranslation(['dossiers', 'common']);
  const [title, setTitle] = useState('');
  const [parentId, setParentId] = useState('');
  return (
    <HeadingAct
      act={() =>
        ask(dossierLines.addHeading, {
          body: { year: plan.year, title, parentId: parentId === '' ? null : parentId },
        })
      }
      doWord={t('act.heading')}
      ready={title.trim() !== ''}
      reason="none"
      said={({ numeral, title: named }) => t('heading.done', { numeral, title: named })}
      onClose={onClose}
    >
      {({ tried, problemOf }) => (
        <>
          <TextInput
            label={t('heading.name')}
            required
            maxLength={200}
            data-autofocus
            value={title}
            error={tried && title.trim() === '' ? t('common:field-problem.needed') : problemOf('title')}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('heading.under')}
            value={parentId}
            error={problemOf('parentId')}
            data={[
              { value: '', label: t('heading.large') },
              ...plan.headings
                .filter((one) => one.parentId === null)
                .map((one) => ({ value: one.id, label: `${one.numeral}. ${one.title}` })),
            ]}
            onChange={(event) => setParentId(event.currentTarget.value)}
          />
        </>
      )}
    </HeadingAct>
  );
}

const named = ({ numeral, title }: Heading): string => `${numeral}. ${title}`;

function WhichHeading({
  headings,
  value,
  onChoose,
}: {
  readonly headings: readonly Heading[];
  readonly value: string;
  readonly onChoose: (id: string) => void;
}) {
  const { t } = useTranslation('dossiers');
  const large = new Map(headings.map((one) => [one.id, one.numeral]));
  return (
    <NativeSelect
      label={t('heading.which')}
      value={value}
      data={headings.map((one) => ({
        value: one.id,
        label: one.parentId === null ? named(one) : `${large.get(one.parentId) ?? ''}.${named(one)}`,
      }))}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
}

/** What it was called stays in the history of the headings. */
export function RenameHeading({ opened, plan, onClose }: WindowProps) {
  const { t } = useTranslation('dossiers');
  return (
    <ActWindow opened={opened} title={t('heading.rename-title', { year: plan.year })} onClose={onClose}>
      <Renaming plan={plan} onClose={onClose} />
    </ActWindow>
  );
}

function Renaming({ plan, onClose }: FormProps) {
  const { t } = useTranslation(['dossiers', 'common']);
  const [id, setId] = useState(plan.headings[0]?.id ?? '');
  const [title, setTitle] = useState(plan.headings[0]?.title ?? '');
  return (
    <HeadingAct
      act={(reason) => ask(dossierLines.renameHeading, { params: { id }, body: { title: title.trim(), reason } })}
      doWord={t('act.rename-heading')}
      ready={title.trim() !== ''}
      reasonWhy={t('heading.reason-why')}
      said={({ numeral, title: now }) => t('heading.rename-done', { numeral, title: now })}
      onClose={onClose}
    >
      {({ tried, problemOf }) => (
        <>
          <WhichHeading
            headings={plan.headings}
            value={id}
            onChoose={(chosen) => {
              setId(chosen);
              setTitle(plan.headings.find((one) => one.id === chosen)?.title ?? '');
            }}
          />
          <TextInput
            label={t('heading.new-name')}
            required
            maxLength={200}
            value={title}
            error={tried && title.trim() === '' ? t('common:field-problem.needed') : problemOf('title')}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        </>
      )}
    </HeadingAct>
  );
}

export function RemoveHeading({ opened, plan, onClose }: WindowProps) {
  const { t } = useTranslation('dossiers');
  return (
    <ActWindow opened={opened} title={t('heading.remove-title', { year: plan.year })} onClose={onClose}>
      <Removing plan={plan} onClose={onClose} />
    </ActWindow>
  );
}

function Removing({ plan, onClose }: FormProps) {
  const { t } = useTranslation('dossiers');
  const holding = new Set([
    ...plan.dossiers.map(({ headingId }) => headingId),
    ...plan.headings.map(({ parentId }) => parentId),
  ]);
  const empty = plan.headings.filter((one) => !holding.has(one.id));
  const [chosen, setChosen] = useState('');
  const id = empty.some((one) => one.id === chosen) ? chosen : (empty[0]?.id ?? '');
  if (empty.length === 0) return <p>{t('heading.remove-none')}</p>;
  return (
    <HeadingAct
      act={(reason) => ask(dossierLines.removeHeading, { params: { id }, body: { reason } })}
      doWord={t('act.remove-heading')}
      reasonWhy={t('heading.reason-why')}
      said={({ numeral, title }) => t('heading.removed', { numeral, title })}
      onClose={onClose}
    >
      <p>{t('heading.remove-what')}</p>
      <WhichHeading headings={empty} value={id} onChoose={setChosen} />
    </HeadingAct>
  );
}

/** What the headings were called before, who renamed or removed them, and why. */
export function HeadingHistory({ opened, plan, onClose }: WindowProps) {
  const { t } = useTranslation('dossiers');
  const answer = useQuery({ ...headingHistoryOf(plan.year), select: ({ rows }) => rows, enabled: opened });
  return (
    <HistoryWindow
      opened={opened}
      title={t('heading.history-title', { year: plan.year })}
      answer={answer}
      none={t('heading.history-none')}
      labelOf={({ numeral }) => `${t('heading.which')} ${numeral}`}
      valueOf={(row, side) => row[side] ?? t('heading.gone')}
      onClose={onClose}
    />
  );
}
