import { IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { identityLines } from '../../../contract/identity.ts';
import type { ReplyOf } from '../../../contract/line.ts';
import { registryLines, type RecordView } from '../../../contract/registry.ts';
import { ask } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatMoment } from '../../parts/format.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
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
      <h2>{t('history.title')}</h2>
      {occasionsIn(answer.data.rows).map((rows, index) => {
        const [first] = rows;
        return (
          <section key={index} className={tab['occasion']} aria-labelledby={`occasion-${String(index)}`}>
            <h3 id={`occasion-${String(index)}`}>
              {formatMoment(first.at)}
              <span>
                {[first.by?.fullName ?? t('history.machine'), first.by?.unit ?? '']
                  .filter((part) => part !== '')
                  .join(', ')}
              </span>
            </h3>
            {first.reason !== null && <p>{t('history.why', { reason: first.reason })}</p>}
            <dl>
              {rows.map((row) => (
                <div key={row.field}>
                  <dt>{fieldLabel(t, row.field, record.fields.direction)}</dt>
                  <dd>
                    <span className={css['unseen']}>{t('history.before')}</span>
                    <del>{shown(row.field, row.before)}</del>
                    <IconArrowRight size={13} aria-hidden="true" />
                    <span className={css['unseen']}>{t('history.after')}</span>
                    <ins>{shown(row.field, row.after)}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
    </div>
  );
}

type Change = ReplyOf<typeof registryLines.history>['rows'][number];
type Occasion = readonly [Change, ...Change[]];

/** What one person changed in one go is one occasion: a registration fills a dozen fields. */
function occasionsIn(rows: readonly Change[]): Occasion[] {
  const occasions: [Change, ...Change[]][] = [];
  for (const row of rows) {
    const last = occasions.at(-1);
    if (last && last[0].at === row.at && last[0].by?.id === row.by?.id && last[0].reason === row.reason) last.push(row);
    else occasions.push([row]);
  }
  return occasions;
}
