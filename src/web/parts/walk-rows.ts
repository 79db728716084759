import type { KeyboardEvent } from 'react';

/** Arrow keys walk over the rows of a table; while one is open beside it, that follows the row the keys stand on. */
export function walkRows(
  event: KeyboardEvent<HTMLTableSectionElement>,
  openId: string | null,
  onOpen: (id: string) => void,
): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button[data-row]')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (at < 0 || to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const next = buttons[Math.min(Math.max(0, to), buttons.length - 1)];
  next?.focus();
  if (openId !== null && next?.dataset['row'] !== undefined) onOpen(next.dataset['row']);
}
