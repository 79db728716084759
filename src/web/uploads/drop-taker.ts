import { useEffect, useSyncExternalStore } from 'react';
import type { ChosenFile } from './dropped-files.ts';

/** Who takes what is dropped on the window instead of the intake tray: a dialog that asks for a file. The newest wins. */
export interface DropTaker {
  readonly here: string;
  readonly why: string;
  readonly take: (files: readonly ChosenFile[]) => void;
}

let takers: readonly DropTaker[] = [];
const listeners = new Set<() => void>();

function change(next: readonly DropTaker[]): void {
  takers = next;
  for (const listener of listeners) listener();
}

/** Takes the drops for as long as the component stands. */
export function useDropTaker(taker: DropTaker): void {
  useEffect(() => {
    change([...takers, taker]);
    return () => change(takers.filter((one) => one !== taker));
  }, [taker]);
}

export function useTopTaker(): DropTaker | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => takers.at(-1),
  );
}
