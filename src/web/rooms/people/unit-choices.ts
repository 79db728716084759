import { useUnits } from './use-people.ts';

/** The units of today for a list to choose from, as an office names them: symbol first. */
export function useUnitChoices(without?: string): { value: string; label: string }[] {
  const { data } = useUnits();
  return (data?.rows ?? [])
    .filter(({ id, until }) => until === null && id !== without)
    .map(({ id, symbol, name }) => ({ value: id, label: `${symbol} · ${name}` }));
}
