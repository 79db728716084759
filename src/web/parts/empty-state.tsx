import { IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './states.module.css';

/** A place where nothing stands yet: what is missing, why, and what can be done. */
export function EmptyState({
  what,
  why,
  icon,
  heading = false,
  children,
}: {
  readonly what: string;
  readonly why?: ReactNode;
  readonly icon?: ReactNode;
  /** It stands for the whole page: then it is the page's heading. */
  readonly heading?: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <div className={classes['state']}>
      {icon ?? <IconInbox size={28} stroke={1.5} aria-hidden="true" />}
      {heading ? <h1 className={classes['what']}>{what}</h1> : <p className={classes['what']}>{what}</p>}
      {why === undefined ? null : <p className={classes['why']}>{why}</p>}
      {children === undefined ? null : <div className={classes['actions']}>{children}</div>}
    </div>
  );
}
