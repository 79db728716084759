import { useEffect, useRef, useSyncExternalStore } from 'react';

/**
 * The keys that work where the person stands. A room says its own with `useKeys`; the newest wins. Never Ctrl+Shift:
 * UniKey takes it for changing its typing mode.
 */
export interface KeyBinding {
  /** `/`, `?`, `g t`, `ctrl+Enter`, `alt+1`, `Escape`. */
  readonly keys: string;
  /** What it does, in the person's language, for the list under `?`. */
  readonly label: string;
  readonly run: () => void;
  /** Works inside a field too. Without it, keys in a field are letters. */
  readonly whileTyping?: boolean;
}

interface Holder {
  current: readonly KeyBinding[];
}

const holders: Holder[] = [];
const listeners = new Set<() => void>();
let listed: readonly KeyBinding[] = [];

function tell(): void {
  const seen = new Map<string, KeyBinding>();
  for (const holder of holders) for (const binding of holder.current) seen.set(binding.keys, binding);
  listed = [...seen.values()];
  for (const listener of listeners) listener();
}

/** Binds keys for as long as the component stands. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const holder = useRef<readonly KeyBinding[]>(bindings);
  const said = bindings.map((binding) => `${binding.keys}=${binding.label}`).join('\n');
  useEffect(() => {
    holder.current = bindings;
  });
  useEffect(() => {
    holders.push(holder);
    return () => {
      holders.splice(holders.indexOf(holder), 1);
      tell();
    };
  }, []);
  useEffect(() => {
    tell();
  }, [said]);
}

/** Everything that is bound now, for the list. */
export function useBoundKeys(): readonly KeyBinding[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => listed,
  );
}

function pressed(event: KeyboardEvent): string {
  // With Alt some keyboards write another sign; the key's place says which digit was meant.
  const digit = /^(?:Digit|Numpad)(\d)$/u.exec(event.code)?.[1];
  const key = event.altKey && digit !== undefined ? digit : event.key;
  const name = key.length === 1 ? key.toLowerCase() : key;
  return `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${event.altKey ? 'alt+' : ''}${name}`;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'file'].includes(target.type);
}

/** A dialog takes its keys itself, an open list its Escape. */
function isCovered(name: string): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return true;
  return name === 'Escape' && document.activeElement?.getAttribute('aria-expanded') === 'true';
}

function bindingFor(name: string): KeyBinding | undefined {
  return [...holders]
    .reverse()
    .flatMap((holder) => holder.current)
    .find((binding) => binding.keys === name);
}

/** Listens for the whole page. Returns how to stop. */
export function listenForKeys(): () => void {
  let before = '';
  let covered = false;
  // Asked before anybody has heard the key: the one that closes a dialog leaves no dialog behind.
  const onKeyFirst = (event: KeyboardEvent): void => {
    covered = isCovered(event.key);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || event.key === 'Shift' || covered) return;
    const name = pressed(event);
    const typing = isTyping(event.target);
    const found = (before === '' ? undefined : bindingFor(`${before} ${name}`)) ?? bindingFor(name);
    const begins = !typing && holders.some((one) => one.current.some(({ keys }) => keys.startsWith(`${name} `)));
    before = begins && before === '' ? name : '';
    if (!found || (typing && found.whileTyping !== true)) return;
    before = '';
    event.preventDefault();
    found.run();
  };
  window.addEventListener('keydown', onKeyFirst, true);
  window.addEventListener('keydown', onKey);
  return () => {
    window.removeEventListener('keydown', onKeyFirst, true);
    window.removeEventListener('keydown', onKey);
  };
}
