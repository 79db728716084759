import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { systemLines, type DeadJob } from '../../../contract/system.ts';
import { ask } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatCount, formatMoment } from '../../parts/format.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { notice } from '../../parts/notice.ts';
import { ProblemNote, useProblemSentence } from '../../parts/problem-note.tsx';
import { healthKey } from './use-health.ts';
import css from './system.module.css';

const deadKey = ['dead-jobs'] as const;
const taskWords: Readonly<Record<string, 'read' | 'recognise' | 'index'>> = {
  'intake.read': 'read',
  'intake.recognise': 'recognise',
  'search.index': 'index',
};

/** Jobs that were tried as often as they may: why each gave up, and another try for one or for all. */
export function DeadJobs() {
  const { t } = useTranslation('system');
  const client = useQueryClient();
  const sentence = useProblemSentence();
  const dead = useQuery({
    queryKey: deadKey,
    queryFn: ({ signal }) => ask(systemLines.deadJobs, { signal }),
    refetchInterval: 15_000,
  });
  const after = async (said: string): Promise<void> => {
    notice(said);
    await Promise.all([
      client.invalidateQueries({ queryKey: deadKey }),
      client.invalidateQueries({ queryKey: healthKey }),
    ]);
  };
  const onError = (cause: unknown): void => notice(sentence(cause), 'lacquer');
  const retry = useMutation({
    mutationFn: (id: string) => ask(systemLines.retryJob, { params: { id } }),
    onSuccess: (_reply, id) => after(t('retried', { id })),
    onError,
  });
  const retryAll = useMutation({
    mutationFn: () => ask(systemLines.retryJobs),
    onSuccess: ({ retried }) => after(t('retried-all', { count: retried })),
    onError,
  });
  const rows = dead.data?.rows ?? [];
  return (
    <section className={`sheet ${css['dead'] ?? ''}`} aria-labelledby="system-dead">
      <div className={css['deadHead']}>
        <h2 id="system-dead">{t('dead-title')}</h2>
        {rows.length > 0 && (
          <Button variant="default" loading={retryAll.isPending} onClick={() => retryAll.mutate()}>
            {t('retry-all')}
          </Button>
        )}
      </div>
      {dead.isError && <ProblemNote problem={dead.error} onRetry={() => void dead.refetch()} />}
      {dead.isPending && <LoadingState />}
      {dead.data !== undefined && rows.length === 0 && <EmptyState what={t('dead-empty')} why={t('dead-empty-why')} />}
      {rows.length > 0 && (
        <DeadTable
          rows={rows}
          trying={retry.isPending ? retry.variables : undefined}
          onRetry={(id) => retry.mutate(id)}
        />
      )}
    </section>
  );
}

function DeadTable({
  rows,
  trying,
  onRetry,
}: {
  readonly rows: readonly DeadJob[];
  readonly trying: string | undefined;
  readonly onRetry: (id: string) => void;
}) {
  const { t } = useTranslation(['system', 'common']);
  return (
    <div className={css['scroll']}>
      <table className="rows">
        <thead>
          <tr>
            {(['task', 'attempts', 'problem', 'at', 'do'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`dead-columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((job) => (
            <tr key={job.id}>
              <td>{t(`task.${taskWords[job.task] ?? 'other'}`)}</td>
              <td>{formatCount(job.attempts)}</td>
              <td>{job.problem === null ? '' : t(`problem.${job.problem}`)}</td>
              <td className={css['when']}>{job.lastTriedAt === null ? '' : formatMoment(job.lastTriedAt)}</td>
              <td>
                <Button variant="default" size="xs" loading={trying === job.id} onClick={() => onRetry(job.id)}>
                  {t('common:retry')} <span className="unseen">{t('of-job', { id: job.id })}</span>
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
