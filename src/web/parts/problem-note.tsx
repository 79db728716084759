import { Button } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api.ts';
import classes from './states.module.css';

type Kind = 'offline' | 'reply' | 'forbidden' | 'not-found' | 'unavailable' | 'refused' | 'fault';

function kindOf(problem: unknown): Kind {
  if (!(problem instanceof ApiProblem)) return 'fault';
  if (problem.code === 'offline') return 'offline';
  if (problem.code === 'unreadable-reply') return 'reply';
  if (problem.code === 'role-not-allowed' || problem.code === 'scope-not-allowed') return 'forbidden';
  if (problem.code === 'not-found' || problem.code === 'unknown-route') return 'not-found';
  if (problem.status === 503) return 'unavailable';
  return problem.status >= 500 ? 'fault' : 'refused';
}

const waiting: ReadonlySet<Kind> = new Set(['offline', 'unavailable', 'refused']);

/** What went wrong, in two lines: what happened, and the sentence of the house about what to do. */
export function ProblemNote({
  problem,
  conflict,
  onRetry,
}: {
  readonly problem: unknown;
  /** What to do when somebody else was quicker, where the room has fetched the change already. */
  readonly conflict?: string | undefined;
  readonly onRetry?: () => void;
}) {
  const { t } = useTranslation();
  const kind = kindOf(problem);
  const Icon = kind === 'offline' ? IconPlugConnectedX : kind === 'forbidden' ? IconLock : IconAlertTriangle;
  const what = kind === 'offline' || kind === 'reply' ? t(`problem.${kind}.what`) : t(`problem.${kind}`);
  return (
    <div className={classes['note']} data-kind={waiting.has(kind) ? 'wait' : 'stop'} role="alert">
      <Icon size={20} stroke={1.8} aria-hidden="true" />
      <div className={classes['said']}>
        <b>{what}</b>
        <div>
          {conflict !== undefined && problem instanceof ApiProblem && problem.code === 'conflict'
            ? conflict
            : problemSentence(problem, t)}
        </div>
      </div>
      {onRetry ? (
        <Button variant="default" size="sm" onClick={onRetry}>
          {t('retry')}
        </Button>
      ) : null}
    </div>
  );
}

function problemSentence(problem: unknown, t: TFunction): string {
  if (!(problem instanceof ApiProblem)) return t('problem.reply.why');
  if (problem.detail !== '') return problem.detail;
  if (problem.code === 'withheld') return t('problem.withheld');
  return t(problem.code === 'offline' ? 'problem.offline.why' : 'problem.reply.why');
}

/** The sentence alone, for a field or a line of a list. */
export function useProblemSentence(): (problem: unknown) => string {
  const { t } = useTranslation();
  return (problem) => problemSentence(problem, t);
}
