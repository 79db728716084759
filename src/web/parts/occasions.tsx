import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from './format.ts';
import css from './occasions.module.css';

/** One change of one thing, as every history of the house tells it. */
export interface Change {
  readonly at: string;
  readonly by: { readonly id: string; readonly fullName: string; readonly unit: string | null } | null;
  readonly reason: string | null;
}

type Occasion<C> = readonly [C, ...C[]];

/** What one person changed in one go is one occasion: a registration fills a dozen fields. */
export function occasionsIn<C extends Change>(rows: readonly C[]): Occasion<C>[] {
  const occasions: [C, ...C[]][] = [];
  for (const row of rows) {
    const last = occasions.at(-1);
    if (last && last[0].at === row.at && last[0].by?.id === row.by?.id && last[0].reason === row.reason) last.push(row);
    else occasions.push([row]);
  }
  return occasions;
}

/** When, who, why, and what stood there before and since. */
export function Occasions<C extends Change>({
  title,
  rows,
  labelOf,
  valueOf,
  comes = () => false,
}: {
  /** Left out where a window says it already. */
  readonly title?: string;
  readonly rows: readonly C[];
  readonly labelOf: (row: C) => string;
  readonly valueOf: (row: C, side: 'before' | 'after') => string;
  /** Where nothing can have stood before: what is said since is the whole sentence. */
  readonly comes?: (row: C) => boolean;
}) {
  const { t } = useTranslation();
  return (
    <>
      {title === undefined ? null : <h2>{title}</h2>}
      {occasionsIn(rows).map((changes, index) => {
        const [first] = changes;
        return (
          <article key={index} className={css['occasion']} aria-labelledby={`occasion-${String(index)}`}>
            <h3 id={`occasion-${String(index)}`}>
              {formatMoment(first.at)}
              <span>
                {[first.by?.fullName ?? t('history.machine'), first.by?.unit ?? '']
                  .filter((part) => part !== '')
                  .join(', ')}
              </span>
            </h3>
            {first.reason !== null && <p>{t('history.why', { reason: first.reason })}</p>}
            <dl>
              {changes.map((row, place) => (
                <div key={place}>
                  <dt>{labelOf(row)}</dt>
                  <dd>
                    {comes(row) ? null : (
                      <>
                        <span className="unseen">{t('history.before')}</span>
                        <del>{valueOf(row, 'before')}</del>
                        <IconArrowRight size={13} aria-hidden="true" />
                        <span className="unseen">{t('history.after')}</span>
                      </>
                    )}
                    <ins>{valueOf(row, 'after')}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          </article>
        );
      })}
    </>
  );
}
