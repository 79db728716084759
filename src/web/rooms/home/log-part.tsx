import { Button } from '@mantine/core';
import { IconShield } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatCount } from '../../parts/format.ts';
import classes from './home.module.css';

export function LogPart({ log }: { readonly log: { readonly today: number; readonly refusedToday: number } }) {
  const { t } = useTranslation('home');
  return (
    <section className={classes['home']} style={{ padding: 0 }} aria-labelledby="home-log">
      <h2 id="home-log">{t('log-title')}</h2>
      <ul className={`${classes['counts'] ?? ''} ${classes['few'] ?? ''}`}>
        <li>
          <Link to="/nhat-ky" className={`sheet ${classes['count'] ?? ''}`}>
            <b>{formatCount(log.today)}</b>
            <span>{t('log-events')}</span>
          </Link>
        </li>
        <li>
          <Link
            to="/nhat-ky?outcome=refused"
            className={`sheet ${classes['count'] ?? ''}`}
            data-tone={log.refusedToday > 0 ? 'stop' : 'plain'}
          >
            <b>{formatCount(log.refusedToday)}</b>
            <span>{t('log-refused')}</span>
          </Link>
        </li>
      </ul>
      <p className="mut">{t('log-why')}</p>
      <div>
        <Button component={Link} to="/nhat-ky" leftSection={<IconShield size={16} aria-hidden="true" />}>
          {t('log-open')}
        </Button>
      </div>
    </section>
  );
}
