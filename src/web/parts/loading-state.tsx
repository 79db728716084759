import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './states.module.css';

/** Something is on its way; said to the ear as well. */
export function LoadingState({ label }: { readonly label?: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes['state']} role="status">
      <Loader size={22} color="var(--line-3)" type="oval" aria-hidden="true" />
      <p className={classes['why']}>{label ?? t('loading')}</p>
    </div>
  );
}
