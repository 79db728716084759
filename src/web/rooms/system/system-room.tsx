import { useTranslation } from 'react-i18next';
import { formatCount, formatMoment } from '../../parts/format.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useMay } from '../../session.tsx';
import { DeadJobs } from './dead-jobs.tsx';
import { DiskFact } from './disk-fact.tsx';
import { HealthSentence, PartStates } from './part-states.tsx';
import { useHealth } from './use-health.ts';
import css from './system.module.css';

/** Whether the house stands, what it has room for, and what waits for a person. No document is named here. */
export function SystemRoom() {
  const { t } = useTranslation('system');
  const health = useHealth();
  const jobs = useMay('system.jobs');
  return (
    <div className={css['room']}>
      <div className={css['head']}>
        <h1>{t('title')}</h1>
        {health.data !== undefined && <HealthSentence parts={health.data.parts} />}
        <span className="sm mut">{health.data !== undefined && t('version', { version: health.data.version })}</span>
      </div>
      {health.isPending && <LoadingState />}
      {health.isError && <ProblemNote problem={health.error} onRetry={() => void health.refetch()} />}
      {health.data !== undefined && (
        <>
          <PartStates parts={health.data.parts} />
          <div className={css['facts']}>
            <DiskFact disk={health.data.disk} />
            <section className={`sheet ${css['fact'] ?? ''}`} aria-labelledby="system-index">
              <h2 id="system-index">{t('index.title')}</h2>
              <b>{indexWords(health.data.index)}</b>
              <p>{t('index.why')}</p>
            </section>
            <section className={`sheet ${css['fact'] ?? ''}`} aria-labelledby="system-waiting">
              <h2 id="system-waiting">{t('jobs-waiting')}</h2>
              <b>{formatCount(health.data.jobsWaiting)}</b>
            </section>
          </div>
        </>
      )}
      {jobs && <DeadJobs />}
    </div>
  );
  function indexWords(index: { readonly comparedAt: string; readonly lost: number } | null): string {
    if (index === null) return t('index.never');
    const at = formatMoment(index.comparedAt);
    return index.lost === 0 ? t('index.whole', { at }) : t('index.lost', { count: index.lost, at });
  }
}
