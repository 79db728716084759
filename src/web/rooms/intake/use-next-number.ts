import { useQuery } from '@tanstack/react-query';
import { registryLines } from '../../../contract/registry.ts';
import { direction as directions } from '../../../contract/shapes.ts';
import { ask } from '../../api.ts';

/** The book of a direction and year: what number would come next in it, or who gives its numbers. */
export function useNextNumber(direction: string, year: number, enabled = true) {
  const book = directions.parse(direction);
  return useQuery({
    queryKey: ['next-number', book, year],
    queryFn: ({ signal }) => ask(registryLines.nextNumber, { query: { direction: book, year }, signal }),
    refetchInterval: 10_000,
    enabled,
  });
}
