import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notice } from '../../parts/notice.ts';
import { OwnPassword } from './own-password.tsx';
import { OwnSessions, ownSessionsKey } from './own-sessions.tsx';
import { useMe } from '../../session.tsx';
import css from './account.module.css';

/** What everybody keeps for themselves: their password, and where they are signed in. */
export function AccountRoom() {
  const { t } = useTranslation(['people', 'common']);
  const me = useMe();
  const client = useQueryClient();
  const about = [
    me.fullName,
    me.unit?.name ?? me.agency.name,
    me.roles.map((role) => t(`common:role.${role}`)).join(', '),
  ];
  return (
    <div className={css['room']}>
      <div>
        <h1>{t('account.title')}</h1>
        <p className="mut">{about.filter((part) => part !== '').join(' · ')}</p>
      </div>
      <section className={css['sheet']} aria-labelledby="own-password">
        <h2 id="own-password">{t('account.passwordTitle')}</h2>
        <p className={css['what']}>{t('account.passwordWhat')}</p>
        <OwnPassword
          doWord={t('account.do')}
          onDone={() => {
            notice(t('account.done'));
            void client.invalidateQueries({ queryKey: ownSessionsKey });
          }}
        />
      </section>
      <section className={css['sheet']} aria-labelledby="own-sessions">
        <h2 id="own-sessions">{t('account.sessionsTitle')}</h2>
        <p className={css['what']}>{t('account.sessionsWhat')}</p>
        <div className={css['wide']}>
          <OwnSessions />
        </div>
      </section>
    </div>
  );
}
