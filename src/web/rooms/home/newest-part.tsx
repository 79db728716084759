import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Hit } from '../../../contract/search.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatMoment } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { addressOf } from '../addresses.ts';
import classes from './home.module.css';

/** The newest documents that this person may see. */
export function NewestPart({ hits }: { readonly hits: readonly Hit[] }) {
  const { t } = useTranslation(['home', 'common']);
  return (
    <section className={`sheet ${classes['card'] ?? ''}`} aria-labelledby="home-newest">
      <div className={classes['cardHead']}>
        <h2 id="home-newest">{t('newest')}</h2>
        <Link to="/tra-cuu">{t('see-all')}</Link>
      </div>
      {hits.length === 0 ? <EmptyState what={t('newest-empty')} why={t('newest-empty-why')} /> : null}
      <ul className={classes['lines']}>
        {hits.map((hit) => {
          const arrival = hit.arrivalNumber === null ? null : t('arrival', { number: hit.arrivalNumber });
          const subject = hit.subject.map(({ text }) => text).join('');
          const title = hit.numberAndSymbol ?? arrival ?? subject;
          return (
            <li key={hit.recordId}>
              <Link to={addressOf.record(hit.recordId)} className={classes['line'] ?? ''}>
                <b>
                  {title}
                  {hit.urgency === 'normal' ? null : (
                    <span className={classes['urgent']}> · {t(`common:urgency.${hit.urgency}`)}</span>
                  )}
                </b>
                <span className={classes['aside']}>
                  <LevelBadge rank={hit.rank} />
                </span>
                <span className={classes['subject']}>
                  {[hit.issuer, title === subject ? null : subject]
                    .filter((part) => part !== null && part !== '')
                    .join(' · ')}
                </span>
                <span className={classes['aside']}>
                  {[title === arrival ? null : arrival, formatMoment(hit.receivedAt)]
                    .filter((part) => part !== null)
                    .join(' · ')}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
