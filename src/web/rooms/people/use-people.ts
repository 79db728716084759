import { useMemo } from 'react';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { peopleLines, type PersonRow } from '../../../contract/people.ts';
import { ask } from '../../api.ts';
import type { PeopleAsked } from './people-address.ts';

const peopleKey = 'people';

export function usePeople(asked: PeopleAsked) {
  const answer = useInfiniteQuery({
    queryKey: [peopleKey, 'list', asked],
    queryFn: ({ pageParam, signal }) =>
      ask(peopleLines.people, {
        query: { ...asked, ...(pageParam === undefined ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo<readonly PersonRow[]>(
    () => answer.data?.pages.flatMap((page) => page.rows) ?? [],
    [answer.data],
  );
  return { answer, rows, here: answer.data?.pages[0]?.here };
}

export function usePerson(id: string) {
  return useQuery({
    queryKey: [peopleKey, 'one', id],
    queryFn: ({ signal }) => ask(peopleLines.person, { params: { id }, signal }),
  });
}

export function useChanges() {
  return useQuery({
    queryKey: [peopleKey, 'changes'],
    queryFn: ({ signal }) => ask(peopleLines.changes, { signal }),
  });
}

export function useUnits() {
  return useQuery({
    queryKey: [peopleKey, 'units'],
    queryFn: ({ signal }) => ask(peopleLines.units, { signal }),
    staleTime: 60_000,
  });
}

/** After a change everything about people is asked anew: one change shows in the list, the panel and the units. */
export function useRefreshPeople(): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: [peopleKey] });
    void client.invalidateQueries({ queryKey: ['directory'] });
  };
}
