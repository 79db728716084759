import { useState } from 'react';
import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { peopleLines } from '../../../contract/people.ts';
import { ApiProblem, ask } from '../../api.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { passwordProblems, untyped, wrongIn, type PasswordField, type Wrong } from './wrong-in.ts';
import css from './account.module.css';

/** The password now, the new one and the new one again. */
export function OwnPassword({
  given = false,
  doWord,
  onDone,
}: {
  /** The one in use was made by somebody else. */
  readonly given?: boolean;
  readonly doWord: string;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation(['people', 'common']);
  const [said, setSaid] = useState(untyped);
  const [wrong, setWrong] = useState<Partial<Record<PasswordField, Wrong>>>({});
  const change = useMutation({
    mutationFn: () => ask(peopleLines.changePassword, { body: { current: said.current, next: said.next } }),
    onSuccess: () => {
      setSaid(untyped);
      onDone();
    },
  });
  const errorOf = (name: PasswordField): string | undefined => {
    const own = wrong[name];
    if (own !== undefined) return t(`account.problem.${own}`);
    const found =
      change.error instanceof ApiProblem ? change.error.fields.find(({ path }) => path === name) : undefined;
    if (found === undefined) return undefined;
    if (name === 'current') return t('account.problem.current');
    const known = passwordProblems.find((one) => one === found.problem);
    return known === undefined ? t('common:field-problem.other') : t(`account.problem.${known}`);
  };
  const field = (name: PasswordField) => ({
    name,
    value: said[name],
    required: true,
    error: errorOf(name),
    visibilityToggleButtonProps: { 'aria-label': t('account.show') },
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setSaid((before) => ({ ...before, [name]: value }));
    },
  });
  // A field that says what is wrong needs no second sentence.
  const saidByField = (['current', 'next'] as const).some((name) => errorOf(name) !== undefined);
  return (
    <form
      className={css['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found = wrongIn(said);
        setWrong(found);
        if (Object.keys(found).length === 0 && !change.isPending) change.mutate();
        else change.reset();
      }}
    >
      <PasswordInput
        {...field('current')}
        label={t(given ? 'account.currentGiven' : 'account.current')}
        autoComplete="current-password"
        autoFocus={given}
      />
      <PasswordInput
        {...field('next')}
        label={t('account.next')}
        description={given ? t('account.rule') : null}
        autoComplete="new-password"
      />
      <PasswordInput {...field('again')} label={t('account.again')} autoComplete="new-password" />
      {change.isError && !saidByField && <ProblemNote problem={change.error} />}
      <Button type="submit" className={css['do'] ?? ''} loading={change.isPending}>
        {doWord}
      </Button>
    </form>
  );
}
