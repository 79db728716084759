import { keepPreviousData, useInfiniteQuery, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { TrayItem } from '../../../contract/intake.ts';
import { intakeLines } from '../../../contract/intake.ts';
import type { ReplyOf } from '../../../contract/line.ts';
import type { FileStage } from '../../../contract/shapes.ts';
import { ask } from '../../api.ts';

export type Tray = ReplyOf<typeof intakeLines.tray>;

const ends: ReadonlySet<FileStage> = new Set(['ready', 'kept-unread', 'failed']);

/** Whether the house is still busy with a file. */
export function isMoving(item: TrayItem): boolean {
  return !ends.has(item.stage);
}

const often = 1_500;
const seldom = 10_000;

/** The tray: asked when a room opens, again every 1,5 s while something in it moves, every 10 s otherwise. */
export function useTray(state: 'waiting' | 'all', enabled = true): UseQueryResult<Tray> {
  return useQuery({
    queryKey: ['tray', state],
    queryFn: ({ signal }) => ask(intakeLines.tray, { query: { state }, signal }),
    refetchInterval: (query) => (query.state.data?.rows.some(isMoving) ? often : seldom),
    placeholderData: keepPreviousData,
    // Another room's answer, seconds old, does not have what has come in since: the next draft is taken from this one.
    staleTime: 0,
    enabled,
  });
}

/** The tray to its bottom, a hundred lines at a time, as often. */
export function useTrayPages(state: 'waiting' | 'all') {
  return useInfiniteQuery({
    queryKey: ['tray', state, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      ask(intakeLines.tray, { query: { state, ...(pageParam === null ? {} : { after: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: (query) =>
      query.state.data?.pages.some(({ rows }) => rows.some(isMoving)) === true ? often : seldom,
    placeholderData: keepPreviousData,
  });
}
