import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { identityLines } from '../../../contract/identity.ts';
import { ask } from '../../api.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { farewell, meKey } from '../../session.tsx';
import { Gate } from '../sign-in/gate.tsx';
import { OwnPassword } from './own-password.tsx';

/** The first thing a new person does here: until then somebody else knows the password, and nothing else opens. */
export function GivenPassword() {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => ask(identityLines.signOut),
    onSuccess: () => {
      farewell();
      client.setQueryData(meKey, null);
    },
  });
  return (
    <Gate title={t('account.givenTitle')}>
      <p className="mut">{t('account.givenWhat')}</p>
      <OwnPassword
        given
        doWord={t('account.givenDo')}
        onDone={() => void client.invalidateQueries({ queryKey: meKey })}
      />
      {signOut.isError && <ProblemNote problem={signOut.error} />}
      <Button
        variant="subtle"
        color="gray"
        justify="start"
        px={0}
        loading={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        {t('account.notNow')}
      </Button>
    </Gate>
  );
}
