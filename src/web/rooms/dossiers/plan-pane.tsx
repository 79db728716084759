import { useRef, useState, type ReactNode } from 'react';
import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconCircleDashed, IconFolder, IconLock, IconSearch } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type dossierLines, type DossierRow } from '../../../contract/dossiers.ts';
import type { ReplyOf } from '../../../contract/line.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatCount } from '../../parts/format.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Tree } from '../../parts/tree.tsx';
import { useKeys } from '../../shell/keys.ts';
import type { View } from './dossier-address.ts';
import { matching, ownNodes, planNodes, type PlanNode } from './plan-nodes.ts';
import { useOwnDossiers } from './use-dossiers.ts';
import css from './dossiers.module.css';

export type Plan = ReplyOf<typeof dossierLines.plan>;

/** One's own dossiers, or the file plan of a year, as a tree; narrowed by a word of code or title. */
export function PlanPane({
  view,
  plan,
  chosenId,
  onView,
  onYear,
  onChoose,
  acts,
}: {
  readonly view: View;
  readonly plan: UseQueryResult<Plan>;
  readonly chosenId: string | null;
  readonly onView: (view: View) => void;
  readonly onYear: (year: number) => void;
  readonly onChoose: (id: string) => void;
  readonly acts: ReactNode;
}) {
  const { t } = useTranslation('dossiers');
  const [words, setWords] = useState('');
  const box = useRef<HTMLInputElement>(null);
  const own = useOwnDossiers('all', view === 'mine');
  useKeys([{ keys: 'l', label: t('filter.label'), run: () => box.current?.focus() }]);
  const shown = view === 'mine' ? own : plan;
  const nodes =
    view === 'mine'
      ? ownNodes(own.data?.rows ?? [], (year) => t('mine.year', { year }))
      : planNodes(plan.data?.headings ?? [], plan.data?.dossiers ?? [], t('plan.outside'));
  const found = matching(nodes, words);
  return (
    <aside className={css['pane']} aria-label={t('plan.label')}>
      <div className={css['paneHead']}>
        <h2>{view === 'mine' ? t('mine.title') : t('plan.title')}</h2>
        {view === 'plan' && plan.data ? (
          <NativeSelect
            className={css['year'] ?? ''}
            aria-label={t('plan.year')}
            size="xs"
            value={String(plan.data.year)}
            data={[...new Set([plan.data.year, ...plan.data.years])].sort((one, other) => other - one).map(String)}
            onChange={(event) => onYear(Number(event.currentTarget.value))}
          />
        ) : null}
        {acts}
      </div>
      {view === 'plan' && plan.data && plan.data.document !== null ? (
        <p className={css['decision']}>{t('plan.document', { document: plan.data.document })}</p>
      ) : null}
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('view.label')}
        value={view}
        onChange={(value) => onView(value)}
        data={(['mine', 'plan'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
      />
      <TextInput
        ref={box}
        size="xs"
        aria-label={t('filter.label')}
        placeholder={t('filter.hint')}
        value={words}
        autoComplete="off"
        spellCheck={false}
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        rightSection={<kbd>l</kbd>}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <div className={css['treeBox']}>
        {shown.isError ? (
          <ProblemNote problem={shown.error} onRetry={() => void shown.refetch()} />
        ) : shown.isPending ? (
          <LoadingState />
        ) : nodes.length === 0 ? (
          <Nothing view={view} year={plan.data?.year} onPlan={() => onView('plan')} />
        ) : found.length === 0 ? (
          <EmptyState
            icon={<IconSearch size={26} stroke={1.5} aria-hidden="true" />}
            what={t('filter.none', { words: words.trim() })}
          >
            <Button variant="default" onClick={() => setWords('')}>
              {t('filter.drop')}
            </Button>
          </EmptyState>
        ) : (
          <Tree
            nodes={found}
            label={view === 'mine' ? t('mine.title') : t('plan.tree', { year: plan.data?.year ?? '' })}
            chosenId={chosenId}
            onChoose={onChoose}
            quiet={(node) => node.kind === 'heading'}
            unfolded={words.trim() !== ''}
            step={10}
            className={css['tree']}
          >
            {(node) => <PlanLine node={node} />}
          </Tree>
        )}
      </div>
    </aside>
  );
}

function Nothing({
  view,
  year,
  onPlan,
}: {
  readonly view: View;
  readonly year: number | undefined;
  readonly onPlan: () => void;
}) {
  const { t } = useTranslation('dossiers');
  const icon = <IconFolder size={28} stroke={1.5} aria-hidden="true" />;
  if (view === 'plan')
    return <EmptyState icon={icon} what={t('plan.empty', { year: year ?? '' })} why={t('plan.empty-why')} />;
  return (
    <EmptyState icon={icon} what={t('mine.empty')} why={t('mine.empty-why')}>
      <Button variant="default" onClick={onPlan}>
        {t('mine.to-plan')}
      </Button>
    </EmptyState>
  );
}

function PlanLine({ node }: { readonly node: PlanNode }) {
  if (node.kind === 'heading') return <span className={css['heading']}>{node.title}</span>;
  const { notation, title, records } = node.dossier;
  return (
    <>
      <span className={css['code']}>{notation}</span>
      <span className={css['name']} title={title}>
        {title}
      </span>
      <StateMark dossier={node.dossier} />
      {records === 0 ? null : <span className={css['count']}>{formatCount(records)}</span>}
    </>
  );
}

/** Open is the rule and bears no mark; planned and closed do, as a shape and as a word for the ear. */
function StateMark({ dossier }: { readonly dossier: DossierRow }) {
  const { t } = useTranslation('dossiers');
  if (dossier.state === 'open') return null;
  const Icon = dossier.state === 'planned' ? IconCircleDashed : IconLock;
  return (
    <span className={css['mark']} title={t(`state.${dossier.state}`)}>
      <Icon size={13} stroke={1.8} aria-hidden="true" />
      <span className="unseen">{t(`state.${dossier.state}`)}</span>
    </span>
  );
}
