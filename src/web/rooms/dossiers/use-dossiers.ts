import { useMemo } from 'react';
import { queryOptions, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { dossierLines, type DossierItem, type DossierView } from '../../../contract/dossiers.ts';
import { identityLines } from '../../../contract/identity.ts';
import { ask } from '../../api.ts';
import { useMay } from '../../session.tsx';

const dossiersKey = 'dossiers';
const oneKey = (id: string) => [dossiersKey, 'one', id] as const;
export const itemsKey = (id: string) => [dossiersKey, 'items', id] as const;

/** Every look at a dossier is written in the log: coming back to the window is none. */
const aLook = { refetchOnWindowFocus: false, staleTime: 15_000 } as const;

export function usePlan(year: number | undefined, enabled = true) {
  return useQuery({
    queryKey: [dossiersKey, 'plan', year ?? 'now'],
    queryFn: ({ signal }) => ask(dossierLines.plan, { query: year === undefined ? {} : { year }, signal }),
    enabled,
    ...aLook,
  });
}

/** One's own dossiers, whatever their year. */
export function useOwnDossiers(state: 'open' | 'all', enabled = true) {
  return useQuery({
    queryKey: [dossiersKey, 'own', state],
    queryFn: ({ signal }) => ask(dossierLines.dossiers, { query: { owner: 'me', state, limit: 100 }, signal }),
    enabled,
    ...aLook,
  });
}

/** Open dossiers by words of code and title, among those this person may know. */
export function useOpenDossiers(words: string, enabled = true) {
  return useQuery({
    queryKey: [dossiersKey, 'open', words],
    queryFn: ({ signal }) => ask(dossierLines.dossiers, { query: { q: words, state: 'open', limit: 20 }, signal }),
    enabled,
    ...aLook,
  });
}

export function useDossier(id: string | undefined) {
  return useQuery({
    queryKey: oneKey(id ?? ''),
    queryFn: ({ signal }) => ask(dossierLines.dossier, { params: { id: id ?? '' }, signal }),
    enabled: id !== undefined,
    ...aLook,
  });
}

export function useItems(id: string) {
  const answer = useInfiniteQuery({
    queryKey: itemsKey(id),
    queryFn: ({ pageParam, signal }) =>
      ask(dossierLines.items, {
        params: { id },
        query: { limit: 200, ...(pageParam === undefined ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    ...aLook,
  });
  const rows = useMemo<readonly DossierItem[]>(
    () => answer.data?.pages.flatMap((page) => page.rows) ?? [],
    [answer.data],
  );
  return { answer, rows };
}

export function useDossierHistory(dossier: DossierView) {
  return useQuery({
    queryKey: [dossiersKey, 'history', dossier.id, dossier.version],
    queryFn: ({ signal }) => ask(dossierLines.history, { params: { id: dossier.id }, signal }),
    ...aLook,
  });
}

/** What the headings of a year were called. */
export function headingHistoryOf(year: number) {
  return queryOptions({
    queryKey: [dossiersKey, 'headings', year],
    queryFn: ({ signal }) => ask(dossierLines.headingHistory, { query: { year }, signal }),
  });
}

/** Where a document stands. */
export function dossiersOf(recordId: string) {
  return queryOptions({
    queryKey: [dossiersKey, 'of', recordId],
    queryFn: ({ signal }) => ask(dossierLines.ofRecord, { params: { id: recordId }, signal }),
    ...aLook,
  });
}

/** Units and people of the agency, for those who may read them. */
export function useDirectory() {
  const may = useMay('people.read');
  return useQuery({
    queryKey: ['directory'],
    queryFn: ({ signal }) => ask(identityLines.directory, { signal }),
    enabled: may,
    staleTime: 300_000,
  });
}

/** After a change the answer stands at once; lists, documents and history are asked anew. */
export function useChanged(): (answer?: DossierView) => void {
  const client = useQueryClient();
  return (answer) => {
    if (answer) client.setQueryData(oneKey(answer.id), answer);
    void client.invalidateQueries({
      queryKey: [dossiersKey],
      predicate: ({ queryKey }) => answer === undefined || queryKey[1] !== 'one' || queryKey[2] !== answer.id,
    });
  };
}
