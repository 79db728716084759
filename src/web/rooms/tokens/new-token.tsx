import { useState } from 'react';
import { Button, Checkbox, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { identityLines } from '../../../contract/identity.ts';
import { ask } from '../../api.ts';
import { formatMomentDay } from '../../parts/format.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { SecretOnce } from '../../parts/secret-once.tsx';
import css from './tokens-room.module.css';

const scopes = ['upload', 'search'] as const;
type Scope = (typeof scopes)[number];
const lifetimes = [7, 30, 90, 180, 366] as const;

/** Name, what it may do, for how long; then the token itself, this once. */
export function NewToken({
  opened,
  onClose,
  onMade,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: () => void;
}) {
  const { t } = useTranslation('tokens');
  const make = useMutation({
    mutationFn: (wish: { name: string; scopes: Scope[]; days: number }) => ask(identityLines.newToken, { body: wish }),
    onSuccess: onMade,
  });
  const close = (): void => {
    // The secret leaves the page's memory with the window.
    make.reset();
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t(make.isSuccess ? 'made.title' : 'new')}
      size="lg"
      // A slip of the mouse beside the window must not lose a secret that is shown once.
      closeOnClickOutside={!make.isSuccess}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {make.isSuccess ? (
        <Secret token={make.data.token} name={make.data.name} until={make.data.expiresAt} onDone={close} />
      ) : (
        <Wish busy={make.isPending} problem={make.error} onMake={(wish) => make.mutate(wish)} onClose={close} />
      )}
    </Modal>
  );
}

function Wish({
  busy,
  problem,
  onMake,
  onClose,
}: {
  readonly busy: boolean;
  readonly problem: unknown;
  readonly onMake: (wish: { name: string; scopes: Scope[]; days: number }) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('tokens');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Scope[]>(['upload']);
  const [days, setDays] = useState<number>(90);
  const [tried, setTried] = useState(false);
  const noName = name.trim() === '';
  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!noName && chosen.length > 0) onMake({ name: name.trim(), scopes: [...chosen], days });
      }}
    >
      <TextInput
        label={t('form.name')}
        description={t('form.nameWhy')}
        value={name}
        maxLength={100}
        autoComplete="off"
        data-autofocus
        error={tried && noName ? t('form.nameNeeded') : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox.Group
        label={t('form.scopes')}
        value={[...chosen]}
        error={tried && chosen.length === 0 ? t('form.scopeNeeded') : undefined}
        onChange={(values) => setChosen(scopes.filter((scope) => values.includes(scope)))}
      >
        <div className={css['scopes']}>
          {scopes.map((scope) => (
            <Checkbox key={scope} value={scope} label={t(`scope.${scope}`)} description={t(`form.scopeWhy.${scope}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <NativeSelect
        label={t('form.days')}
        value={String(days)}
        data={lifetimes.map((one) => ({ value: String(one), label: t('form.lifetime', { count: one }) }))}
        onChange={(event) => setDays(Number(event.currentTarget.value))}
      />
      {problem !== null && <ProblemNote problem={problem} />}
      <div className={css['buttons']}>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {t('form.make')}
        </Button>
      </div>
    </form>
  );
}

function Secret({
  token,
  name,
  until,
  onDone,
}: {
  readonly token: string;
  readonly name: string;
  readonly until: string;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation('tokens');
  return (
    <div className={css['form']}>
      <p>{t('made.what', { name, day: formatMomentDay(until) })}</p>
      <SecretOnce
        value={token}
        words={{
          label: t('made.label'),
          copy: t('made.copy'),
          copied: t('made.copied'),
          once: t('made.once'),
          byHand: t('made.byHand'),
        }}
      />
      <div className={css['buttons']}>
        <Button variant="default" onClick={onDone}>
          {t('made.done')}
        </Button>
      </div>
    </div>
  );
}
