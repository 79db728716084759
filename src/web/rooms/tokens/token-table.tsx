import { useState } from 'react';
import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { identityLines, type accessToken } from '../../../contract/identity.ts';
import { ask } from '../../api.ts';
import { formatMoment, formatMomentDay } from '../../parts/format.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import css from './tokens-room.module.css';

type Token = z.infer<typeof accessToken>;

export function TokenTable({ rows, onRevoked }: { readonly rows: readonly Token[]; readonly onRevoked: () => void }) {
  const { t } = useTranslation('tokens');
  const [now] = useState(() => Date.now());
  const [revoking, setRevoking] = useState<Token | null>(null);
  return (
    <>
      <div className={css['sheet']}>
        <table className="rows">
          <caption className="unseen">{t('title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('table.name')}</th>
              <th scope="col">{t('table.scopes')}</th>
              <th scope="col">{t('table.made')}</th>
              <th scope="col">{t('table.used')}</th>
              <th scope="col">{t('table.expires')}</th>
              <th scope="col">
                <span className="unseen">{t('table.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((token) => {
              const over = Date.parse(token.expiresAt) <= now;
              return (
                <tr key={token.id} data-over={over}>
                  <th scope="row">{token.name}</th>
                  <td>{token.scopes.map((scope) => t(`scope.${scope}`)).join(', ')}</td>
                  <td>{formatMomentDay(token.createdAt)}</td>
                  <td>{token.lastUsedAt === null ? t('table.never') : formatMoment(token.lastUsedAt)}</td>
                  <td>
                    {formatMomentDay(token.expiresAt)}
                    {over && <span className={css['over']}>{t('table.over')}</span>}
                  </td>
                  <td className={css['act']}>
                    <Button variant="default" size="compact-md" onClick={() => setRevoking(token)}>
                      {t('revoke')} <span className="unseen">{token.name}</span>
                    </Button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <Revoke token={revoking} onClose={() => setRevoking(null)} onRevoked={onRevoked} />
    </>
  );
}

/** Asked twice: a program somewhere stops working at once, and nothing brings the token back. */
function Revoke({
  token,
  onClose,
  onRevoked,
}: {
  readonly token: Token | null;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}) {
  const { t } = useTranslation('tokens');
  const revoke = useMutation({
    mutationFn: (id: string) => ask(identityLines.revokeToken, { params: { id } }),
    onSuccess: () => {
      onRevoked();
      onClose();
    },
  });
  const close = (): void => {
    revoke.reset();
    onClose();
  };
  return (
    <Modal
      opened={token !== null}
      onClose={close}
      title={t('revoking.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p>{t('revoking.what', { name: token?.name ?? '' })}</p>
      {revoke.isError && (
        <div className={css['problem']}>
          <ProblemNote problem={revoke.error} />
        </div>
      )}
      <div className={css['buttons']}>
        <Button variant="default" data-autofocus onClick={close}>
          {t('revoking.keep')}
        </Button>
        <Button
          loading={revoke.isPending}
          onClick={() => {
            if (token !== null) revoke.mutate(token.id);
          }}
        >
          {t('revoking.do')}
        </Button>
      </div>
    </Modal>
  );
}
