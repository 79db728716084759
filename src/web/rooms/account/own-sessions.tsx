import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { peopleLines, type Session } from '../../../contract/people.ts';
import { ask } from '../../api.ts';
import { formatMoment } from '../../parts/format.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { notice } from '../../parts/notice.ts';
import { ProblemNote, useProblemSentence } from '../../parts/problem-note.tsx';
import { browserIn } from './browser-in.ts';
import css from './account.module.css';

export const ownSessionsKey = ['own-sessions'] as const;

/** Every place this person is signed in at; each but this one can be ended here. */
export function OwnSessions() {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const sentence = useProblemSentence();
  const answer = useQuery({
    queryKey: ownSessionsKey,
    queryFn: ({ signal }) => ask(peopleLines.ownSessions, { signal }),
  });
  const end = useMutation({
    mutationFn: (session: Session) => ask(peopleLines.endOwnSession, { params: { id: session.id } }),
    onSuccess: (_nothing, { address }) => {
      notice(t('account.ended', { address }));
      void client.invalidateQueries({ queryKey: ownSessionsKey });
    },
    onError: (cause) => notice(sentence(cause), 'lacquer'),
  });
  if (answer.isPending) return <LoadingState />;
  if (answer.isError) return <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />;
  return (
    <table className="rows">
      <caption className="unseen">{t('account.sessionsTitle')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('account.table.place')}</th>
          <th scope="col">{t('account.table.address')}</th>
          <th scope="col">{t('account.table.started')}</th>
          <th scope="col">{t('account.table.seen')}</th>
          <th scope="col">{t('account.table.expires')}</th>
          <th scope="col">
            <span className="unseen">{t('account.table.acts')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {answer.data.rows.map((session) => {
          const { browser, system } = browserIn(session.userAgent);
          return (
            <tr key={session.id}>
              <td title={session.userAgent}>
                {browser === undefined
                  ? t('account.unknownBrowser')
                  : system === undefined
                    ? browser
                    : t('account.browser', { browser, system })}
              </td>
              <td>{session.address}</td>
              <td>{formatMoment(session.startedAt)}</td>
              <td>{formatMoment(session.lastSeenAt)}</td>
              <td>{formatMoment(session.expiresAt)}</td>
              <td className={css['act']}>
                {session.own ? (
                  <span className={css['own']}>{t('account.own')}</span>
                ) : (
                  <Button
                    variant="default"
                    size="xs"
                    loading={end.isPending && end.variables.id === session.id}
                    onClick={() => end.mutate(session)}
                  >
                    {t('account.end')}{' '}
                    <span className="unseen">{t('account.endOf', { address: session.address })}</span>
                  </Button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
