import { useTranslation } from 'react-i18next';
import { formatMoment } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { useMe } from '../../session.tsx';
import classes from './home.module.css';

/** For a role without a room of its own: what the house knows about the person. */
export function PlainPart() {
  const { t } = useTranslation(['home', 'common']);
  const me = useMe();
  return (
    <section className={`sheet ${classes['card'] ?? ''}`} aria-labelledby="home-plain" style={{ maxWidth: 640 }}>
      <h2 id="home-plain">{t('plain-title')}</h2>
      <p className="mut">{t('plain-why')}</p>
      <dl className={classes['facts']}>
        <dt>{t('plain.unit')}</dt>
        <dd>{me.unit?.name ?? t('plain.no-unit')}</dd>
        <dt>{t('plain.roles')}</dt>
        <dd>{me.roles.map((role) => t(`common:role.${role}`)).join(', ')}</dd>
        <dt>{t('plain.clearance')}</dt>
        <dd>
          <LevelBadge rank={me.clearance} />
        </dd>
        <dt>{t('plain.until')}</dt>
        <dd>{formatMoment(me.signedInUntil)}</dd>
      </dl>
    </section>
  );
}
