import { useState } from 'react';
import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { identityLines } from '../../../contract/identity.ts';
import { ask } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { NewToken } from './new-token.tsx';
import { TokenTable } from './token-table.tsx';
import css from './tokens-room.module.css';

export const tokensKey = ['tokens'] as const;

/** What a program on this person's PC shows instead of their password; each can be taken away by itself. */
export function TokensRoom() {
  const { t } = useTranslation('tokens');
  const client = useQueryClient();
  const [creating, setCreating] = useState(false);
  const answer = useQuery({
    queryKey: tokensKey,
    queryFn: ({ signal }) => ask(identityLines.tokens, { signal }),
  });
  const refresh = (): void => void client.invalidateQueries({ queryKey: tokensKey });
  return (
    <div className={css['room']}>
      <div className={css['top']}>
        <div>
          <h1>{t('title')}</h1>
          <p className={css['what']}>{t('what')}</p>
        </div>
        <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setCreating(true)}>
          {t('new')}
        </Button>
      </div>
      {answer.isPending ? (
        <LoadingState />
      ) : answer.isError ? (
        <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
      ) : answer.data.rows.length === 0 ? (
        <EmptyState
          icon={<IconKey size={30} stroke={1.4} aria-hidden="true" />}
          what={t('empty.what')}
          why={t('empty.why')}
        />
      ) : (
        <TokenTable rows={answer.data.rows} onRevoked={refresh} />
      )}
      <NewToken opened={creating} onClose={() => setCreating(false)} onMade={refresh} />
    </div>
  );
}
