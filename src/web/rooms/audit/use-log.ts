import { useEffect, useMemo } from 'react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { auditLines, type AuditRow } from '../../../contract/audit.ts';
import { identityLines } from '../../../contract/identity.ts';
import { ask } from '../../api.ts';
import type { AuditAsked } from './audit-address.ts';

/** Every look into the log is itself written there: it is asked when the auditor asks, not when a window comes back. */
const onlyWhenAsked = { refetchOnWindowFocus: false, staleTime: 60_000, placeholderData: keepPreviousData } as const;

/** An hour is found by reading on from the newest; past this many pages the auditor goes on by hand. */
const readOnPages = 20;

export function useSummary(asked: AuditAsked) {
  return useQuery({
    queryKey: ['audit', 'summary', asked],
    queryFn: ({ signal }) => ask(auditLines.summary, { query: asked, signal }),
    ...onlyWhenAsked,
  });
}

export function useDirectory() {
  return useQuery({
    queryKey: ['directory'],
    queryFn: ({ signal }) => ask(identityLines.directory, { signal }),
    staleTime: 300_000,
    refetchOnWindowFocus: false,
  });
}

/** The rows, newest first; with an hour, only those of that hour, read on until it is passed. */
export function useRows(asked: AuditAsked, hourStart: string | null, step: number) {
  const answer = useInfiniteQuery({
    queryKey: ['audit', 'events', asked],
    queryFn: ({ pageParam, signal }) =>
      ask(auditLines.events, {
        query: { ...asked, limit: 100, ...(pageParam === undefined ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    ...onlyWhenAsked,
  });
  const all = useMemo<readonly AuditRow[]>(() => answer.data?.pages.flatMap((page) => page.rows) ?? [], [answer.data]);
  const from = hourStart === null ? null : Date.parse(hourStart);
  const rows = useMemo(
    () => (from === null ? all : all.filter((row) => Date.parse(row.at) >= from && Date.parse(row.at) < from + step)),
    [all, from, step],
  );
  const oldest = all.at(-1);
  const passed = from !== null && oldest !== undefined && Date.parse(oldest.at) < from;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const readOn = from !== null && !passed && hasNextPage && (answer.data?.pages.length ?? 0) < readOnPages;
  useEffect(() => {
    if (readOn && !isFetchingNextPage) void fetchNextPage();
  }, [readOn, isFetchingNextPage, fetchNextPage]);
  return { answer, rows, more: hasNextPage && !passed, readingOn: readOn };
}
