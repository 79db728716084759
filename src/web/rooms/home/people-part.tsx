import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatCount } from '../../parts/format.ts';
import { peopleAddress } from '../addresses.ts';
import classes from './home.module.css';

/** For who keeps the people: how many are here, and what waits for a second person. */
export function PeoplePart({ people }: { readonly people: { readonly here: number; readonly waiting: number } }) {
  const { t } = useTranslation('home');
  return (
    <section className={classes['home']} style={{ padding: 0 }} aria-labelledby="home-people">
      <h2 id="home-people">{t('people-title')}</h2>
      <ul className={`${classes['counts'] ?? ''} ${classes['few'] ?? ''}`}>
        <li>
          <Link to={peopleAddress.people} className={`sheet ${classes['count'] ?? ''}`}>
            <b>{formatCount(people.here)}</b>
            <span>{t('people-here')}</span>
          </Link>
        </li>
        <li>
          <Link
            to={peopleAddress.changes}
            className={`sheet ${classes['count'] ?? ''}`}
            data-tone={people.waiting > 0 ? 'wait' : 'plain'}
          >
            <b>{formatCount(people.waiting)}</b>
            <span>{t('people-waiting')}</span>
          </Link>
        </li>
      </ul>
    </section>
  );
}
