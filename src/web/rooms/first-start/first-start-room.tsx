import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { identityLines } from '../../../contract/identity.ts';
import { ApiProblem, ask } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote, useProblemSentence } from '../../parts/problem-note.tsx';
import { Gate } from '../sign-in/gate.tsx';
import classes from '../sign-in/gate.module.css';

const empty = {
  token: '',
  agencyName: '',
  agencyCode: '',
  agencySymbol: '',
  fullName: '',
  name: '',
  password: '',
  again: '',
};
type Said = typeof empty;

/** Once in the life of an archive: the agency and its first administrator, for whoever holds the token of the server. */
export function FirstStartRoom() {
  const { t } = useTranslation('sign-in');
  const first = useQuery({
    queryKey: ['first-start'],
    queryFn: ({ signal }) => ask(identityLines.firstStart, { signal }),
    staleTime: Infinity,
  });
  return (
    <Gate title={t('first.title')}>
      {first.isError ? (
        <ProblemNote problem={first.error} onRetry={() => void first.refetch()} />
      ) : first.data === undefined ? (
        <LoadingState />
      ) : first.data.needed ? (
        <FirstStartForm />
      ) : (
        <EmptyState what={t('first.done')} why={t('first.done-why')}>
          <Button component={Link} to="/">
            {t('first.to-sign-in')}
          </Button>
        </EmptyState>
      )}
    </Gate>
  );
}

function FirstStartForm() {
  const { t } = useTranslation(['sign-in', 'common']);
  const sentence = useProblemSentence();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [said, setSaid] = useState<Said>(empty);
  const [differs, setDiffers] = useState(false);
  const create = useMutation({
    mutationFn: () => {
      const { again: _again, ...body } = said;
      return ask(identityLines.firstAdministrator, { body });
    },
    onSuccess: async () => {
      client.setQueryData(['first-start'], { needed: false });
      await navigate('/', { replace: true, state: { welcome: said.name } });
    },
  });
  const field = (name: keyof Said) => ({
    name,
    label: t(`first.${labels[name]}`),
    value: said[name],
    required: true,
    error: errorOf(name),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setSaid((before) => ({ ...before, [name]: value }));
    },
  });
  function errorOf(name: keyof Said): string | null {
    if (name === 'again' && differs) return t('first.differs');
    const problem =
      create.error instanceof ApiProblem ? create.error.fields.find(({ path }) => path === name) : undefined;
    if (!problem) return null;
    if (problem.problem === 'too_small') return t('common:field-problem.needed');
    return problem.problem === 'too_big' ? t('common:field-problem.too-long') : t('common:field-problem.other');
  }
  return (
    <form
      className={classes['form']}
      data-wide
      onSubmit={(event) => {
        event.preventDefault();
        const wrong = said.password !== said.again;
        setDiffers(wrong);
        if (!wrong && !create.isPending) create.mutate();
      }}
    >
      <p className="mut">{t('first.why')}</p>
      {create.isError ? (
        <p className={classes['said']} data-kind="refused" role="alert">
          {sentence(create.error)}
        </p>
      ) : null}
      <fieldset className={classes['part']}>
        <legend>{t('first.token-title')}</legend>
        <TextInput
          {...field('token')}
          description={t('first.token-why')}
          autoFocus
          autoComplete="off"
          spellCheck={false}
        />
      </fieldset>
      <fieldset className={classes['part']}>
        <legend>{t('first.agency-title')}</legend>
        <TextInput {...field('agencyName')} autoComplete="organization" maxLength={200} />
        <div className={classes['pair']}>
          <TextInput {...field('agencyCode')} description={t('first.agency-code-why')} maxLength={35} />
          <TextInput {...field('agencySymbol')} description={t('first.agency-symbol-why')} maxLength={20} />
        </div>
      </fieldset>
      <fieldset className={classes['part']}>
        <legend>{t('first.person-title')}</legend>
        <div className={classes['pair']}>
          <TextInput {...field('fullName')} autoComplete="name" maxLength={50} />
          <TextInput
            {...field('name')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
          />
        </div>
        <PasswordInput {...field('password')} description={t('first.password-why')} autoComplete="new-password" />
        <PasswordInput {...field('again')} autoComplete="new-password" />
        <p className="sm mut">{t('first.separate')}</p>
      </fieldset>
      <Button type="submit" size="md" loading={create.isPending}>
        {create.isPending ? t('first.going') : t('first.go')}
      </Button>
    </form>
  );
}

const labels = {
  token: 'token',
  agencyName: 'agency-name',
  agencyCode: 'agency-code',
  agencySymbol: 'agency-symbol',
  fullName: 'full-name',
  name: 'name',
  password: 'password',
  again: 'again',
} as const satisfies Record<keyof Said, string>;
