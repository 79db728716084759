import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../contract/people.ts';
import css from './acts.module.css';

/** What stays when the person goes, read before the reason is written. */
export function LeavesBehind({ left }: { readonly left: PersonView['leavesBehind'] }) {
  const { t } = useTranslation(['people', 'common']);
  const lines = [
    ...left.lastHolderOf.map((role) => t('leaves.last', { role: t(`common:role.${role}`) })),
    ...(left.drafts > 0 ? [t('leaves.drafts', { count: left.drafts })] : []),
    ...(left.dossiers > 0 ? [t('leaves.dossiers', { count: left.dossiers })] : []),
    ...(left.tokens > 0 ? [t('leaves.tokens', { count: left.tokens })] : []),
    ...(left.sessions > 0 ? [t('leaves.sessions', { count: left.sessions })] : []),
  ];
  if (lines.length === 0) return <p className={css['nothing']}>{t('leaves.nothing')}</p>;
  return (
    <div className={css['waits']}>
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden="true" />
      <div>
        <b>{t('leaves.title')}</b>
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
