import { useCallback, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { searchLines } from '../../../contract/search.ts';
import { ask } from '../../api.ts';
import { addressNow } from './address-now.ts';
import { askedOf, withValue } from './search-address.ts';

/** How long a hand rests before its words are searched for. */
const restMilliseconds = 150;
/** Words typed within this time after each other are one step of the browser's history, not ten. */
const sameThoughtMilliseconds = 2500;

/** The words in the box, ahead of those in the address by the time of one rest; the address leads when it changes otherwise. */
export function useTypedWords() {
  const [address, setAddress] = useSearchParams();
  const inAddress = address.get('q') ?? '';
  const [typed, setTyped] = useState(inAddress);
  const written = useRef(inAddress);
  const lastTyped = useRef(0);

  useEffect(() => {
    if (inAddress === written.current) return;
    written.current = inAddress;
    setTyped(inAddress);
  }, [inAddress]);

  const flush = useCallback(
    (words: string) => {
      if (words === written.current) return;
      const now = performance.now();
      const replace = lastTyped.current > 0 && now - lastTyped.current < sameThoughtMilliseconds;
      lastTyped.current = now;
      written.current = words;
      setAddress(withValue(addressNow(), 'q', words), { replace });
    },
    [setAddress],
  );

  useEffect(() => {
    const rest = setTimeout(() => {
      flush(typed);
    }, restMilliseconds);
    return () => {
      clearTimeout(rest);
    };
  }, [typed, flush]);

  return { typed, setTyped, flush };
}

/** Pages of hits for what the address asks. The previous answer stays on the screen until the next is there. */
export function useHits(address: URLSearchParams) {
  const asked = askedOf(address);
  return useInfiniteQuery({
    queryKey: ['search', asked],
    queryFn: ({ pageParam, signal }) =>
      ask(searchLines.search, {
        query: {
          ...asked,
          limit: 20,
          facets: pageParam === undefined ? 'yes' : 'no',
          ...(pageParam === undefined ? {} : { after: pageParam }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    // Counts and hits must be of this moment: a document registered a second ago is expected to be there.
    staleTime: 0,
  });
}
