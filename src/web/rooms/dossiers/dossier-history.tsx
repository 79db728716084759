import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { dossierState, retention as retentionShape, type DossierView } from '../../../contract/dossiers.ts';
import { rank as rankShape } from '../../../contract/shapes.ts';
import { isCalendarDate } from '../../../kernel/dates.ts';
import { levels } from '../../../kernel/labels.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatDay, languageNow } from '../../parts/format.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { Occasions } from '../../parts/occasions.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useRetentionWords } from './dossier-words.ts';
import { sheetsText } from './dossier-rules.ts';
import { useDirectory, useDossierHistory, usePlan } from './use-dossiers.ts';

/** A document as the history names it: by what it is called today. */
const standing = z.object({
  as: z.enum(['home', 'link']),
  subject: z.string().nullish(),
  numberAndSymbol: z.string().nullish(),
});
const sheets = z.object({ from: z.number(), to: z.number() });

/** What came and went, what was corrected, and each step of its life: before, after, who, when and why. */
export function DossierHistory({ dossier }: { readonly dossier: DossierView }) {
  const { t } = useTranslation('dossiers');
  const answer = useDossierHistory(dossier);
  const valueOf = useValueWords(dossier);
  if (answer.isPending) return <LoadingState />;
  if (answer.isError) return <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />;
  if (answer.data.rows.length === 0) return <EmptyState what={t('history.none')} why={t('history.none-why')} />;
  return (
    <Occasions
      title={t('history.title')}
      rows={answer.data.rows}
      labelOf={({ field }) => t(`field.${field}`)}
      comes={({ field, before }) => field === 'record' && before === null}
      valueOf={(row, side) =>
        // Before which one it stands now is not said: who reads this may not know that one.
        row.field === 'record-place' && side === 'after' ? t('history.moved') : valueOf(row.field, row[side])
      }
    />
  );
}

/** A value as it is read: a state as its word, a person and a unit as their name, nothing as a dash. */
function useValueWords(dossier: DossierView): (field: string, value: unknown) => string {
  const { t } = useTranslation('dossiers');
  const period = useRetentionWords();
  const directory = useDirectory();
  const plan = usePlan(dossier.year);
  const names = new Map<string, string>([
    ...(directory.data?.units.map(({ id, name }) => [id, name] as const) ?? []),
    ...(directory.data?.persons.map(({ id, fullName }) => [id, fullName] as const) ?? []),
    ...(plan.data?.headings.map(({ id, numeral, title }) => [id, `${numeral}. ${title}`] as const) ?? []),
    ...(dossier.owner ? [[dossier.owner.id, dossier.owner.fullName] as const] : []),
    ...(dossier.unit ? [[dossier.unit.id, dossier.unit.name] as const] : []),
  ]);
  return (field, value) => {
    if (value === null || value === undefined || value === '') return '—';
    if (field === 'record') {
      const said = standing.safeParse(value);
      if (said.success)
        return t(`history.${said.data.as}`, { what: said.data.numberAndSymbol ?? said.data.subject ?? '' });
    }
    if (field === 'record-sheets') {
      const said = sheets.safeParse(value);
      if (said.success) return sheetsText(said.data);
    }
    if (field === 'state') {
      const state = dossierState.safeParse(value);
      if (state.success) return t(`state.${state.data}`);
    }
    if (field === 'titleRank') {
      const rank = rankShape.safeParse(value);
      if (rank.success) return levels[rank.data].word[languageNow()];
    }
    if (field === 'retention') {
      const retention = retentionShape.safeParse(value);
      if (retention.success) return period(retention.data);
    }
    if (typeof value === 'string') return names.get(value) ?? (isCalendarDate(value) ? formatDay(value) : value);
    return typeof value === 'number' ? String(value) : JSON.stringify(value);
  };
}
