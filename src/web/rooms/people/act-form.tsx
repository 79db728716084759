import type { ComponentProps } from 'react';
import { Button } from '@mantine/core';
import { IconHourglassEmpty } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ActForm as PlainActForm } from '../../parts/act-form.tsx';
import { useRefreshPeople } from './use-people.ts';
import css from './acts.module.css';

/** What the house says of a field of these forms. */
const fieldProblems = ['taken', 'unknown-unit', 'needs-leader-role', 'units-under-it'] as const;

/** A change of a person or a unit: everything about people is asked anew after it. */
export function ActForm<Answer>(props: Omit<ComponentProps<typeof PlainActForm<Answer>>, 'reasonWhy' | 'wrongs'>) {
  const { t } = useTranslation('people');
  const refresh = useRefreshPeople();
  return (
    <PlainActForm<Answer>
      {...props}
      reasonWhy={t('reason.why')}
      wrongs={Object.fromEntries(fieldProblems.map((problem) => [problem, t(`wrong.${problem}`)]))}
      onDone={(answer) => {
        refresh();
        props.onDone(answer);
      }}
    />
  );
}

/** Nothing has changed yet: said plainly, and read before the window closes. */
export function WaitsForSecond({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('people');
  return (
    <div className={css['form']}>
      <div className={css['waits']} role="status">
        <IconHourglassEmpty size={18} stroke={1.8} aria-hidden="true" />
        <div>
          <b>{t('waits.title')}</b>
          <p>{t('waits.what')}</p>
        </div>
      </div>
      <div className={css['buttons']}>
        <Button data-autofocus onClick={onClose}>
          {t('waits.done')}
        </Button>
      </div>
    </div>
  );
}
