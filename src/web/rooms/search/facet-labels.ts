import type { TFunction } from 'i18next';
import { direction, urgency } from '../../../contract/shapes.ts';
import { levels, ranks } from '../../../kernel/labels.ts';
import type { FacetName } from './search-address.ts';

/** What a facet's value is called: closed lists in the reader's language, names as they stand in the documents. */
export function valueLabel(
  t: TFunction<'search'>,
  language: 'vi' | 'en',
  facet: FacetName,
  value: string,
  given?: string,
): string {
  if (facet === 'direction') {
    const known = direction.safeParse(value);
    return known.success ? t(`direction.${known.data}`) : (given ?? value);
  }
  if (facet === 'urgency') {
    const known = urgency.safeParse(value);
    return known.success ? t(`urgency.${known.data}`) : (given ?? value);
  }
  if (facet === 'rank') {
    const rank = ranks.find((one) => String(one) === value);
    return rank === undefined ? (given ?? value) : levels[rank].word[language];
  }
  return given === undefined || given === '' ? value : given;
}
