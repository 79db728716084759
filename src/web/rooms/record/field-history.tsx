import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { identityLines } from '../../../contract/identity.ts';
import { registryLines, type RecordView } from '../../../contract/registry.ts';
import { ask } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { Occasions } from '../../parts/occasions.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useMay } from '../../session.tsx';
import { fieldLabel, fieldValue } from './field-words.ts';
import css from './record-room.module.css';
import tab from './record-tabs.module.css';

/** What stood in each field before, what stands there since, who changed it, when and why. */
export function FieldHistory({ record }: { readonly record: RecordView }) {
  const { t } = useTranslation(['record', 'common']);
  const answer = useQuery({
    queryKey: ['record', record.id, 'history', record.version],
    queryFn: ({ signal }) => ask(registryLines.history, { params: { id: record.id }, signal }),
    refetchOnWindowFocus: false,
  });
  const mayReadPeople = useMay('people.read');
  const directory = useQuery({
    queryKey: ['directory'],
    queryFn: ({ signal }) => ask(identityLines.directory, { signal }),
    enabled: mayReadPeople,
    staleTime: 300_000,
  });
  const units = new Map(directory.data?.units.map((unit) => [unit.id, unit.name]));
  const shown = (field: string, value: unknown): string => {
    const named = (one: unknown): unknown => (typeof one === 'string' ? (units.get(one) ?? one) : one);
    return fieldValue(t, field, Array.isArray(value) ? value.map(named) : named(value));
  };

  if (answer.isPending) return <LoadingState />;
  if (answer.isError)
    return (
      <div className={css['pad']}>
        <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
      </div>
    );
  if (answer.data.rows.length === 0) return <EmptyState what={t('history.none')} why={t('history.noneWhy')} />;
  return (
    <div className={tab['sheetPad']}>
      <Occasions
        title={t('history.title')}
        rows={answer.data.rows}
        labelOf={({ field }) => fieldLabel(t, field, record.fields.direction)}
        valueOf={(row, side) => shown(row.field, row[side])}
      />
    </div>
  );
}
