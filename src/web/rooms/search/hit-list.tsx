import type { KeyboardEvent } from 'react';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Hit } from '../../../contract/search.ts';
import { formatDay } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { Pieces } from './pieces.tsx';
import { hitAddress } from './search-address.ts';
import css from './hit-list.module.css';

interface HitListProps {
  readonly hits: readonly Hit[];
  readonly q: string;
  /** Older than what the address now asks: shown until the new answer is there. */
  readonly stale: boolean;
  readonly onLeaveUp: () => void;
  /** The hit whose page lies beside the list. */
  readonly previewed: string | null;
  readonly onPreview: (recordId: string) => void;
}

/** The hits in order of worth. Arrow keys walk over them; Enter opens, as on any link. */
export function HitList({ hits, q, stale, onLeaveUp, previewed, onPreview }: HitListProps) {
  const { t } = useTranslation('search');
  const walk = (event: KeyboardEvent<HTMLOListElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('a[data-hit]')];
    const at = links.findIndex((link) => link === document.activeElement);
    if (at < 0) return;
    if (event.key === ' ') {
      event.preventDefault();
      const here = hits[at];
      if (here) onPreview(here.recordId);
      return;
    }
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0) onLeaveUp();
    else {
      const next = Math.min(to, links.length - 1);
      links[next]?.focus();
      // Once a page lies beside the list, it follows the keys.
      const hit = hits[next];
      if (previewed !== null && hit) onPreview(hit.recordId);
    }
  };
  return (
    <ol className={css['hits']} data-stale={stale} aria-label={t('hits.list')} onKeyDown={walk}>
      {hits.map((hit) => (
        <HitRow key={hit.recordId} hit={hit} q={q} here={hit.recordId === previewed} onPreview={onPreview} />
      ))}
    </ol>
  );
}

function HitRow({
  hit,
  q,
  here,
  onPreview,
}: {
  readonly hit: Hit;
  readonly q: string;
  readonly here: boolean;
  readonly onPreview: (recordId: string) => void;
}) {
  const { t } = useTranslation('search');
  const facts = [hit.documentType, hit.issuer, formatDay(hit.issuedDate)].filter(
    (fact) => fact !== null && fact !== '',
  );
  const place = [
    hit.arrivalNumber === null ? '' : t('hits.arrival', { number: hit.arrivalNumber }),
    hit.leadUnit ?? '',
    hit.state === 'draft' ? t('hits.draft') : '',
  ].filter((part) => part !== '');
  const number = hit.numberAndSymbol ?? t('hits.noNumber');
  return (
    <li className={css['row']} data-here={here}>
      <Link className={css['hit']} to={hitAddress(hit.recordId, q, hit.line)} data-hit>
        <span className={css['head']}>
          <span className={css['number']}>{number}</span>
          <span className={css['facts']}>{facts.join(' · ')}</span>
          {hit.urgency !== 'normal' && (
            <span className={css['urgency']} data-urgency={hit.urgency}>
              {t(`urgency.${hit.urgency}`)}
            </span>
          )}
          <LevelBadge rank={hit.rank} />
        </span>
        <span className={css['subject']}>
          <Pieces pieces={hit.subject} />
        </span>
        <span className={css['rest']}>
          {hit.line !== null && (
            <span className={css['line']}>
              <Pieces pieces={hit.line.pieces} />
            </span>
          )}
          <span className={css['place']}>
            {hit.line !== null && (
              <span className={css['page']}>
                {t(hit.line.unit === 'page' ? 'hits.page' : 'hits.paragraph', { number: hit.line.number })}
              </span>
            )}
            {place.map((part) => (
              <span key={part}>{part}</span>
            ))}
          </span>
        </span>
      </Link>
      <button
        type="button"
        className={css['look']}
        aria-pressed={here}
        onClick={() => {
          onPreview(hit.recordId);
        }}
      >
        <IconEye size={15} aria-hidden="true" />
        {t('preview.open')}
        <span className="unseen">{number}</span>
      </button>
    </li>
  );
}
