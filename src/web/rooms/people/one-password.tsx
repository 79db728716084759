import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SecretOnce } from '../../parts/secret-once.tsx';
import css from '../../parts/act-form.module.css';

/** A password made by the house, to be handed over; it is never shown again. */
export function OnePassword({
  password,
  onDone,
  children,
}: {
  readonly password: string;
  readonly onDone: () => void;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation('people');
  return (
    <div className={css['form']}>
      {children}
      <SecretOnce
        value={password}
        words={{
          label: t('password.label'),
          copy: t('password.copy'),
          copied: t('password.copied'),
          once: t('password.once'),
          byHand: t('password.byHand'),
        }}
      />
      <div className={css['buttons']}>
        <Button variant="default" onClick={onDone}>
          {t('password.done')}
        </Button>
      </div>
    </div>
  );
}
