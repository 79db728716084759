import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconMinus, IconCheck } from '@tabler/icons-react';
import { formatCount, languageNow } from '../../parts/format.ts';
import { DayField } from './day-field.tsx';
import { valueLabel } from './facet-labels.ts';
import { facetKeys, stanceOf, withStance, withValue, type FacetName } from './search-address.ts';
import { YearBars } from './year-bars.tsx';
import css from './facet-panel.module.css';

export interface FacetValue {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}
export type Facets = Readonly<Record<FacetName, readonly FacetValue[]>>;

interface PanelProps {
  readonly facets: Facets | null;
  /** How many hits there are, as far as they were counted. */
  readonly total: number;
  readonly address: URLSearchParams;
  readonly change: (next: URLSearchParams) => void;
}

const listed = ['documentType', 'issuer', 'unit', 'direction', 'urgency', 'rank'] as const;
/** As many rows as can be taken in at a glance; the rest wait behind one button. */
const shownAtFirst = 6;

/** What the hits have in common, counted; every line narrows the search, or takes itself out of it. */
export function FacetPanel({ facets, total, address, change }: PanelProps) {
  const { t } = useTranslation('search');
  return (
    <div className={css['panel']}>
      {listed.map((name) => (
        <FacetList
          key={name}
          name={name}
          values={facets?.[name] ?? []}
          total={total}
          address={address}
          change={change}
        />
      ))}
      <section className={css['facet']} aria-labelledby="facet-year">
        <h2 id="facet-year" className={css['title']}>
          {t('facet.date')}
        </h2>
        <YearBars values={facets?.year ?? []} address={address} change={change} />
        <div className={css['days']}>
          {(['from', 'until'] as const).map((key) => (
            <DayField
              key={key}
              label={t(`facet.${key}`)}
              value={address.get(key) ?? ''}
              onSay={(day) => {
                change(withValue(address, key, day));
              }}
            />
          ))}
        </div>
      </section>
    </div>
  );
}

function FacetList({
  name,
  values,
  total,
  address,
  change,
}: {
  readonly name: Exclude<FacetName, 'year'>;
  readonly values: readonly FacetValue[];
  readonly total: number;
  readonly address: URLSearchParams;
  readonly change: (next: URLSearchParams) => void;
}) {
  const { t } = useTranslation('search');
  const [whole, setWhole] = useState(false);
  const rows = withChosen(name, values, address);
  // One value that every hit has narrows nothing.
  const [only] = rows;
  if (only === undefined || (rows.length === 1 && only.count >= total && stanceOf(address, name, only.value) === 'off'))
    return null;
  const first = whole ? rows : rows.slice(0, shownAtFirst);
  return (
    <section className={css['facet']} aria-labelledby={`facet-${name}`}>
      <h2 id={`facet-${name}`} className={css['title']}>
        {t(`facet.${name}`)}
      </h2>
      <ul className={css['rows']}>
        {first.map((row) => (
          <FacetRow key={row.value} name={name} row={row} address={address} change={change} />
        ))}
      </ul>
      {rows.length > shownAtFirst && (
        <button type="button" className={css['more']} aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? t('facet.fewer') : t('facet.more', { count: rows.length - shownAtFirst })}
        </button>
      )}
    </section>
  );
}

function FacetRow({
  name,
  row,
  address,
  change,
}: {
  readonly name: Exclude<FacetName, 'year'>;
  readonly row: FacetValue;
  readonly address: URLSearchParams;
  readonly change: (next: URLSearchParams) => void;
}) {
  const { t } = useTranslation('search');
  const stance = stanceOf(address, name, row.value);
  const label = valueLabel(t, languageNow(), name, row.value, row.label);
  const turn = (wanted: 'include' | 'exclude'): void => {
    change(withStance(address, name, [row.value], stance === wanted ? 'off' : wanted));
  };
  return (
    <li className={css['row']} data-stance={stance}>
      <button
        type="button"
        className={css['include']}
        aria-pressed={stance === 'include'}
        onClick={() => turn('include')}
      >
        <span className={css['box']} aria-hidden="true">
          {stance === 'include' && <IconCheck size={11} stroke={3} />}
          {stance === 'exclude' && <IconMinus size={11} stroke={3} />}
        </span>
        <span className={css['label']} title={label}>
          {label}
        </span>
        <span className={css['count']}>{row.count > 0 ? formatCount(row.count) : ''}</span>
      </button>
      {facetKeys[name].exclude !== undefined && (
        <button
          type="button"
          className={css['exclude']}
          aria-pressed={stance === 'exclude'}
          aria-label={t('facet.excludeOne', { label })}
          title={t('facet.excludeOne', { label })}
          onClick={() => turn('exclude')}
        >
          <IconMinus size={13} stroke={2.2} aria-hidden="true" />
        </button>
      )}
    </li>
  );
}

/** A value that is on stays in sight, also when nothing of it is left among the hits. */
function withChosen(name: FacetName, values: readonly FacetValue[], address: URLSearchParams): FacetValue[] {
  const { include, exclude } = facetKeys[name];
  const chosen = [...address.getAll(include), ...(exclude === undefined ? [] : address.getAll(exclude))];
  const missing = [...new Set(chosen)].filter((value) => !values.some((one) => one.value === value));
  return [...values, ...missing.map((value) => ({ value, label: '', count: 0 }))];
}
