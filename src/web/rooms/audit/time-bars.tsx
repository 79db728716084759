import { useState } from 'react';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDay, formatTime } from '../../parts/format.ts';
import { daysOf, type Bar } from './bars-of.ts';
import css from './time-bars.module.css';

/** How much happened when; what was refused stands out by pattern as well as colour. A bar leads into its time. */
export function TimeBars({
  bars,
  unit,
  here,
  onChoose,
}: {
  readonly bars: readonly Bar[];
  readonly unit: 'hour' | 'day' | 'days';
  /** Moment at which the chosen bar begins. */
  readonly here: number | null;
  readonly onChoose: (bar: Bar) => void;
}) {
  const { t } = useTranslation('audit');
  const [asTable, setAsTable] = useState(false);
  const highest = Math.max(1, ...bars.map(({ count }) => count));
  const marked = new Set(
    bars.length <= 12 ? bars.keys() : [0, 0.25, 0.5, 0.75].map((part) => Math.round(part * bars.length)),
  );
  return (
    <section className={css['chart']} aria-label={t('bars.title')}>
      <div className={css['legend']}>
        <span data-kind="done">{t('bars.done')}</span>
        <span data-kind="refused">{t('bars.refused')}</span>
        <button type="button" className={css['swap']} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? <IconChartBar size={15} aria-hidden="true" /> : <IconTable size={15} aria-hidden="true" />}
          {t(asTable ? 'bars.asBars' : 'bars.asTable')}
        </button>
      </div>
      {asTable ? (
        <div className={css['tablePlace']} tabIndex={0} role="region" aria-label={t('bars.table')}>
          <table className="rows">
            <caption className="unseen">{t('bars.table')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('bars.when')}</th>
                <th scope="col">{t('bars.events')}</th>
                <th scope="col">{t('bars.refused')}</th>
              </tr>
            </thead>
            <tbody>
              {bars
                .filter(({ count }) => count > 0)
                .map((bar) => (
                  <tr key={bar.start}>
                    <th scope="row">{nameOf(bar, unit)}</th>
                    <td>{formatCount(bar.count)}</td>
                    <td>{formatCount(bar.refused)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      ) : (
        <>
          <ol className={css['bars']}>
            {bars.map((bar) => (
              <li key={bar.start}>
                <button
                  type="button"
                  className={css['bar']}
                  aria-pressed={here === bar.start}
                  disabled={bar.count === 0}
                  title={`${nameOf(bar, unit)}: ${t('bars.one', { count: bar.count, refused: bar.refused })}`}
                  onClick={() => onChoose(bar)}
                >
                  <span className="unseen">
                    {nameOf(bar, unit)}: {t('bars.one', { count: bar.count, refused: bar.refused })}
                  </span>
                  <span className={css['refused']} style={{ height: `${share(bar.refused, highest)}%` }} />
                  <span className={css['done']} style={{ height: `${share(bar.count - bar.refused, highest)}%` }} />
                </button>
              </li>
            ))}
          </ol>
          <div className={css['axis']} aria-hidden="true">
            {bars.map((bar, index) => (
              <span key={bar.start}>{marked.has(index) ? shortName(bar, unit) : ''}</span>
            ))}
          </div>
        </>
      )}
    </section>
  );
}

/** Never so low that it cannot be seen. */
function share(count: number, highest: number): string {
  return count === 0 ? '0' : Math.max(4, (count / highest) * 100).toFixed(1);
}

function nameOf(bar: Bar, unit: 'hour' | 'day' | 'days'): string {
  const { from, until } = daysOf(bar);
  if (unit === 'hour')
    return `${formatDay(from)} ${formatTime(new Date(bar.start).toISOString())}–${formatTime(new Date(bar.end).toISOString())}`;
  return from === until ? formatDay(from) : `${formatDay(from)} – ${formatDay(until)}`;
}

function shortName(bar: Bar, unit: 'hour' | 'day' | 'days'): string {
  return unit === 'hour' ? formatTime(new Date(bar.start).toISOString()) : formatDay(daysOf(bar).from).slice(0, 5);
}
