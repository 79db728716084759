import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCircleCheck, IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { systemLines } from '../../../contract/system.ts';
import { ask } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatCount, formatMoment } from '../../parts/format.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { notice } from '../../parts/notice.ts';
import { ProblemNote, useProblemSentence } from '../../parts/problem-note.tsx';
import { useMay } from '../../session.tsx';
import classes from './home.module.css';

/** Database, store, search engine, queue, and what has given up. */
export function SystemPart() {
  const { t } = useTranslation('home');
  const health = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => ask(systemLines.health, { signal }),
    refetchInterval: 10_000,
  });
  if (health.isPending) return <LoadingState />;
  if (health.isError) return <ProblemNote problem={health.error} onRetry={() => void health.refetch()} />;
  const { parts, jobsWaiting, jobsDead, version } = health.data;
  const down = parts.filter(({ up }) => !up).length;
  return (
    <>
      <div className={classes['head']}>
        <h2>{t('health-title')}</h2>
        <span className="mut" role="status">
          {down === 0 ? t('health-good') : t('health-bad', { count: down })}
        </span>
        <span className="sm mut" style={{ marginLeft: 'auto' }}>
          {t('version', { version })}
        </span>
      </div>
      <ul className={classes['counts']} style={{ gridTemplateColumns: 'repeat(4, minmax(0, 1fr))' }}>
        {parts.map(({ name, up, kind }) => (
          <li key={name} className={`sheet ${classes['part'] ?? ''}`} data-up={up}>
            {up ? <IconCircleCheck size={22} aria-hidden="true" /> : <IconAlertTriangle size={22} aria-hidden="true" />}
            <b style={{ fontWeight: 600 }}>{t(`part.${name}`)}</b>
            <span className="sm">
              <span className={classes['state']}>{up ? t('up') : t('down')}</span>
              <span className="mut"> · {kind}</span>
              {up ? null : <span style={{ display: 'block', marginTop: 4 }}>{t(`part-why.${name}`)}</span>}
            </span>
          </li>
        ))}
      </ul>
      <ul className={`${classes['counts'] ?? ''} ${classes['few'] ?? ''}`}>
        <li className={`sheet ${classes['count'] ?? ''}`}>
          <b>{formatCount(jobsWaiting)}</b>
          <span>{t('jobs-waiting')}</span>
        </li>
        <li className={`sheet ${classes['count'] ?? ''}`} data-tone={jobsDead > 0 ? 'stop' : 'plain'}>
          <b>{formatCount(jobsDead)}</b>
          <span>{t('jobs-dead')}</span>
        </li>
      </ul>
      <DeadJobs />
    </>
  );
}

function DeadJobs() {
  const { t } = useTranslation(['home', 'common']);
  const client = useQueryClient();
  const sentence = useProblemSentence();
  const allowed = useMay('system.jobs');
  const dead = useQuery({
    queryKey: ['dead-jobs'],
    queryFn: ({ signal }) => ask(systemLines.deadJobs, { signal }),
    refetchInterval: 15_000,
    enabled: allowed,
  });
  const retry = useMutation({
    mutationFn: (id: string) => ask(systemLines.retryJob, { params: { id } }),
    onSuccess: async (_reply, id) => {
      notice(t('retried', { id }));
      await Promise.all([
        client.invalidateQueries({ queryKey: ['dead-jobs'] }),
        client.invalidateQueries({ queryKey: ['health'] }),
      ]);
    },
    onError: (cause) => notice(sentence(cause), 'lacquer'),
  });
  if (!allowed) return null;
  return (
    <section className={`sheet ${classes['card'] ?? ''}`} aria-labelledby="home-dead">
      <div className={classes['cardHead']}>
        <h2 id="home-dead">{t('dead-title')}</h2>
      </div>
      {dead.isError ? <ProblemNote problem={dead.error} onRetry={() => void dead.refetch()} /> : null}
      {dead.isPending ? <LoadingState /> : null}
      {dead.data?.rows.length === 0 ? <EmptyState what={t('dead-empty')} why={t('dead-empty-why')} /> : null}
      {dead.data && dead.data.rows.length > 0 ? (
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
            {dead.data.rows.map((job) => (
              <tr key={job.id}>
                <td>{job.task}</td>
                <td>{formatCount(job.attempts)}</td>
                <td style={{ overflowWrap: 'anywhere' }}>{job.problem}</td>
                <td style={{ whiteSpace: 'nowrap' }}>
                  {job.lastTriedAt === null ? '' : formatMoment(job.lastTriedAt)}
                </td>
                <td>
                  <Button
                    variant="default"
                    size="xs"
                    aria-label={t('retry-job', { id: job.id })}
                    loading={retry.isPending && retry.variables === job.id}
                    onClick={() => retry.mutate(job.id)}
                  >
                    {t('common:retry')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
