import { searchLines } from '../../contract/search.ts';
import { counter, type Counter } from '../../platform/http/counter.ts';
import type { Search } from './service.ts';

export function searchCounters(options: { readonly search: Search }): Counter[] {
  const { search } = options;
  return [
    counter({
      line: searchLines.search,
      access: 'document.search',
      audit: { event: 'search.asked' },
      rate: 'read',
      scope: 'search',
      handle: ({ actor, who, query, language }) => search.ask(who, actor, query, language),
    }),
  ];
}
