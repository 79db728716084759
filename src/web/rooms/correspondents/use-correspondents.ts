import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { correspondentLines } from '../../../contract/correspondents.ts';
import { ask } from '../../api.ts';

const key = 'correspondents';

/** The list, narrowed by words without their marks. */
export function useCorrespondents(q: string) {
  return useInfiniteQuery({
    queryKey: [key, 'list', q],
    queryFn: ({ pageParam, signal }) =>
      ask(correspondentLines.correspondents, {
        query: { q, ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

export function useCorrespondent(id: string) {
  return useQuery({
    queryKey: [key, 'one', id],
    queryFn: ({ signal }) => ask(correspondentLines.correspondent, { params: { id }, signal }),
  });
}

/** What a form offers while a name is typed: a handful, asked anew when the typing rests. */
export function useCorrespondentNames(q: string, enabled = true) {
  return useQuery({
    queryKey: [key, 'names', q],
    queryFn: ({ signal }) => ask(correspondentLines.correspondents, { query: { q, limit: 12 }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    enabled: enabled && q !== '',
  });
}

/** One change shows in the list, the panel, what forms offer, and what search counts. */
export function useRefreshCorrespondents(): () => void {
  const client = useQueryClient();
  return () => {
    for (const one of [key, 'suggestions', 'search', 'registers']) void client.invalidateQueries({ queryKey: [one] });
  };
}
