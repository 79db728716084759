import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatCount } from '../../parts/format.ts';
import { addressOf } from '../addresses.ts';
import classes from './home.module.css';

/** For who keeps the secrets, and who may be the second person: what is withheld, and what waits for an answer. */
export function SecrecyPart({
  secrecy,
}: {
  readonly secrecy: { readonly withheld: number | null; readonly waiting: number };
}) {
  const { t } = useTranslation('home');
  const counts = [
    ...(secrecy.withheld === null ? [] : [['secrecy-withheld', secrecy.withheld] as const]),
    ['secrecy-waiting', secrecy.waiting] as const,
  ];
  return (
    <section className={classes['home']} style={{ padding: 0 }} aria-labelledby="home-secrecy">
      <h2 id="home-secrecy">{t('secrecy-title')}</h2>
      <ul className={`${classes['counts'] ?? ''} ${classes['few'] ?? ''}`}>
        {counts.map(([word, count]) => (
          <li key={word}>
            <Link
              to={addressOf.withheld}
              className={`sheet ${classes['count'] ?? ''}`}
              data-tone={count > 0 ? 'wait' : 'plain'}
            >
              <b>{formatCount(count)}</b>
              <span>{t(word)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
