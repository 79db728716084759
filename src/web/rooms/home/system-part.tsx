import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatCount } from '../../parts/format.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { addressOf } from '../addresses.ts';
import { HealthSentence, PartStates } from '../system/part-states.tsx';
import { useHealth } from '../system/use-health.ts';
import classes from './home.module.css';

/** Which part of the house stands, and what has given up; the room behind it has the rest. */
export function SystemPart() {
  const { t } = useTranslation(['home', 'system']);
  const health = useHealth();
  if (health.isPending) return <LoadingState />;
  if (health.isError) return <ProblemNote problem={health.error} onRetry={() => void health.refetch()} />;
  const { parts, jobsWaiting, jobsDead } = health.data;
  return (
    <>
      <div className={classes['head']}>
        <h2>{t('system:title')}</h2>
        <HealthSentence parts={parts} />
        <Link to={addressOf.system}>{t('health-open')}</Link>
      </div>
      <PartStates parts={parts} />
      <ul className={`${classes['counts'] ?? ''} ${classes['few'] ?? ''}`}>
        <li className={`sheet ${classes['count'] ?? ''}`}>
          <b>{formatCount(jobsWaiting)}</b>
          <span>{t('system:jobs-waiting')}</span>
        </li>
        <li>
          <Link
            to={addressOf.system}
            className={`sheet ${classes['count'] ?? ''}`}
            data-tone={jobsDead > 0 ? 'stop' : 'plain'}
          >
            <b>{formatCount(jobsDead)}</b>
            <span>{t('system:jobs-dead')}</span>
          </Link>
        </li>
      </ul>
    </>
  );
}
