import { useTranslation } from 'react-i18next';
import { IconX } from '@tabler/icons-react';
import { formatDay, languageNow } from '../../parts/format.ts';
import { valueLabel } from './facet-labels.ts';
import type { Facets } from './facet-panel.tsx';
import { chosenIn, withoutFilters, withStance, withValue, type DayKey } from './search-address.ts';
import css from './search-room.module.css';

const dayKeys: readonly DayKey[] = ['from', 'until'];

/** What is on, one chip each; a chip takes itself off, and "xóa hết" all of them. Nothing when nothing is on. */
export function ChosenChips({
  address,
  facets,
  change,
}: {
  readonly address: URLSearchParams;
  readonly facets: Facets | null;
  readonly change: (next: URLSearchParams) => void;
}) {
  const { t } = useTranslation('search');
  const chosen = chosenIn(address);
  const days = dayKeys.filter((key) => (address.get(key) ?? '') !== '');
  if (chosen.length + days.length === 0) return null;
  const nameOf = (facet: (typeof chosen)[number]['facet'], value: string): string =>
    valueLabel(t, languageNow(), facet, value, facets?.[facet].find((one) => one.value === value)?.label);
  return (
    <ul className={css['chips']} aria-label={t('chips.list')}>
      {chosen.map(({ facet, value, stance }) => {
        const label = nameOf(facet, value);
        return (
          <li key={`${facet} ${value}`}>
            <button
              type="button"
              className={css['chip']}
              data-stance={stance}
              aria-label={t(stance === 'include' ? 'chips.drop' : 'chips.dropExcluded', { label })}
              onClick={() => {
                change(withStance(address, facet, [value], 'off'));
              }}
            >
              <span>{label}</span>
              <IconX size={13} aria-hidden="true" />
            </button>
          </li>
        );
      })}
      {days.map((key) => {
        const label = t(`chips.${key}`, { day: formatDay(address.get(key)) });
        return (
          <li key={key}>
            <button
              type="button"
              className={css['chip']}
              data-stance="include"
              aria-label={t('chips.drop', { label })}
              onClick={() => {
                change(withValue(address, key, ''));
              }}
            >
              <span>{label}</span>
              <IconX size={13} aria-hidden="true" />
            </button>
          </li>
        );
      })}
      <li>
        <button
          type="button"
          className={css['clear']}
          onClick={() => {
            change(withoutFilters(address));
          }}
        >
          {t('chips.clear')}
        </button>
      </li>
    </ul>
  );
}
