import { useQuery } from '@tanstack/react-query';
import { systemLines } from '../../../contract/system.ts';
import { ask } from '../../api.ts';

export const healthKey = ['health'] as const;

/** Asked again while it is looked at: a part that falls ill shows within ten seconds. */
export function useHealth() {
  return useQuery({
    queryKey: healthKey,
    queryFn: ({ signal }) => ask(systemLines.health, { signal }),
    refetchInterval: 10_000,
  });
}
