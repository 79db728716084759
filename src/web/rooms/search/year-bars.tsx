import { useTranslation } from 'react-i18next';
import { formatCount } from '../../parts/format.ts';
import type { FacetValue } from './facet-panel.tsx';
import { withStance } from './search-address.ts';
import css from './facet-panel.module.css';

/** As many as stand beside each other wide enough for a finger (24 px, WCAG 2.2, 2.5.8). */
const barsAtMost = 8;

interface Bar {
  readonly label: string;
  readonly years: readonly string[];
  readonly count: number;
}

/** The years of the documents, oldest left; what is older than the last bars is one bar. */
export function YearBars({
  values,
  address,
  change,
}: {
  readonly values: readonly FacetValue[];
  readonly address: URLSearchParams;
  readonly change: (next: URLSearchParams) => void;
}) {
  const { t } = useTranslation('search');
  const chosen = address.getAll('year');
  const bars = barsOf(values, chosen, (year) => t('facet.until-year', { year }));
  if (bars.length === 0) return null;
  const highest = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <ul className={css['years']}>
      {bars.map(({ label, years, count }) => {
        const on = years.every((year) => chosen.includes(year));
        return (
          <li key={label}>
            <button
              type="button"
              className={css['year']}
              aria-pressed={on}
              title={`${label}: ${formatCount(count)}`}
              onClick={() => {
                change(withStance(address, 'year', years, on ? 'off' : 'include'));
              }}
            >
              <span className={css['stack']} aria-hidden="true">
                <span style={{ height: `${String(Math.max(6, Math.round((count / highest) * 100)))}%` }} />
              </span>
              <span className={css['yearLabel']}>
                {years.length > 1 ? '…' : bars.length > 5 ? `’${label.slice(-2)}` : label}
              </span>
              <span className="unseen">{t('facet.includeOne', { label, count })}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function barsOf(values: readonly FacetValue[], chosen: readonly string[], older: (year: string) => string): Bar[] {
  const counts = new Map(values.map(({ value, count }) => [value, count]));
  for (const year of chosen) if (!counts.has(year)) counts.set(year, 0);
  const years = [...counts.keys()].sort();
  const kept = years.slice(-(years.length > barsAtMost ? barsAtMost - 1 : barsAtMost));
  const rest = years.slice(0, years.length - kept.length);
  const sum = (some: readonly string[]): number => some.reduce((all, year) => all + (counts.get(year) ?? 0), 0);
  const last = rest.at(-1);
  return [
    ...(last === undefined ? [] : [{ label: older(last), years: rest, count: sum(rest) }]),
    ...kept.map((year) => ({ label: year, years: [year], count: sum([year]) })),
  ];
}
