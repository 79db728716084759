import { Button } from '@mantine/core';
import { IconHourglassEmpty } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ActForm as Form, type ActFormProps } from '../../parts/act-form.tsx';
import form from '../../parts/act-form.module.css';
import { useRefreshPeople } from './use-people.ts';
import css from './acts.module.css';

/** What the house says of a field of these forms. */
const fieldProblems = ['taken', 'unknown-unit', 'needs-leader-role', 'units-under-it'] as const;

/** One change about people: its reason stays with them, and everything about people is asked anew after it. */
export function ActForm<Answer>({ onDone, ...props }: Omit<ActFormProps<Answer>, 'wrong' | 'reasonWhy'>) {
  const { t } = useTranslation('people');
  const refresh = useRefreshPeople();
  return (
    <Form
      {...props}
      reasonWhy={t('reason.why')}
      wrong={Object.fromEntries(fieldProblems.map((one) => [one, t(`wrong.${one}`)]))}
      onDone={(answer) => {
        refresh();
        onDone(answer);
      }}
    />
  );
}

/** Nothing has changed yet: said plainly, and read before the window closes. */
export function WaitsForSecond({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('people');
  return (
    <div className={form['form']}>
      <div className={css['waits']} role="status">
        <IconHourglassEmpty size={18} stroke={1.8} aria-hidden="true" />
        <div>
          <b>{t('waits.title')}</b>
          <p>{t('waits.what')}</p>
        </div>
      </div>
      <div className={form['buttons']}>
        <Button data-autofocus onClick={onClose}>
          {t('waits.done')}
        </Button>
      </div>
    </div>
  );
}
