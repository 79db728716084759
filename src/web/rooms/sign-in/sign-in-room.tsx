import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { identityLines } from '../../../contract/identity.ts';
import { ask } from '../../api.ts';
import { useProblemSentence } from '../../parts/problem-note.tsx';
import { meKey, welcome } from '../../session.tsx';
import { Gate } from './gate.tsx';
import classes from './gate.module.css';

/** Name and password. A refusal tells nothing of who exists; the sentence is the house's own. */
export function SignInRoom({ ended = false }: { readonly ended?: boolean }) {
  const { t } = useTranslation('sign-in');
  const sentence = useProblemSentence();
  const client = useQueryClient();
  const { state } = useLocation() as { state: { readonly welcome?: string } | null };
  const [name, setName] = useState(state?.welcome ?? '');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);
  const first = useQuery({
    queryKey: ['first-start'],
    queryFn: ({ signal }) => ask(identityLines.firstStart, { signal }),
    staleTime: Infinity,
  });
  const signIn = useMutation({
    mutationFn: () => ask(identityLines.signIn, { body: { name: name.trim(), password } }),
    onSuccess: (me) => client.setQueryData(meKey, welcome(me)),
    onError: () => {
      setPassword('');
      passwordField.current?.focus();
    },
  });
  const watchCapsLock = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'));

  if (first.data?.needed) return <Navigate to="/khoi-dau" replace />;
  return (
    <Gate title={t('title')}>
      {signIn.isError ? (
        <p className={classes['said']} data-kind="refused" role="alert">
          {sentence(signIn.error)}
        </p>
      ) : missing ? (
        <p className={classes['said']} data-kind="refused" role="alert">
          {t('needed')}
        </p>
      ) : state?.welcome === undefined ? (
        ended && (
          <p className={classes['said']} role="status">
            {t('ended')}
          </p>
        )
      ) : (
        <p className={classes['said']} data-kind="good" role="status">
          {t('welcome')}
        </p>
      )}
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          const empty = name.trim() === '' || password === '';
          setMissing(empty);
          if (!empty && !signIn.isPending) signIn.mutate();
        }}
      >
        <TextInput
          label={t('name')}
          name="name"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={name === ''}
          size="md"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          ref={passwordField}
          label={t('password')}
          name="password"
          autoComplete="current-password"
          autoFocus={name !== ''}
          size="md"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          onKeyDown={watchCapsLock}
          onKeyUp={watchCapsLock}
          visibilityToggleButtonProps={{ 'aria-label': t('show-password') }}
        />
        {capsLock ? (
          <p className={classes['caps']} role="status">
            {t('caps-lock')}
          </p>
        ) : null}
        <Button type="submit" size="md" loading={signIn.isPending} fullWidth>
          {signIn.isPending ? t('going') : t('go')}
        </Button>
      </form>
      <p className="sm mut">{t('theft')}</p>
    </Gate>
  );
}
