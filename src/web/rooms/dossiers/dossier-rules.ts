import type { Check, DossierItem, DossierView, Retention } from '../../../contract/dossiers.ts';
import { foldedForm } from '../../../kernel/folding.ts';

/** What the room decides without a screen. */

/** `1-3`, `7`, `từ 1 đến 3`: first and last sheet. `null` is nothing said, `undefined` no sheets at all. */
export function sheetsIn(typed: string): { readonly from: number; readonly to: number } | null | undefined {
  if (typed.trim() === '') return null;
  const found = /^\D*(\d{1,6})\s*(?:\D+(\d{1,6})\s*)?$/u.exec(typed.trim());
  if (!found) return undefined;
  const from = Number(found[1]);
  const to = Number(found[2] ?? found[1]);
  return from >= 1 && to >= from && to <= 100_000 ? { from, to } : undefined;
}

export function sheetsText(sheets: DossierItem['sheets']): string {
  if (sheets === null) return '';
  return sheets.from === sheets.to ? String(sheets.from) : `${String(sheets.from)}-${String(sheets.to)}`;
}

/** Where the sheets of a document would begin: after the last that is numbered above it. */
export function nextSheet(items: readonly DossierItem[], recordId: string): number {
  const before = items.slice(
    0,
    Math.max(
      0,
      items.findIndex((item) => item.recordId === recordId),
    ),
  );
  return (before.findLast(({ sheets }) => sheets !== null)?.sheets?.to ?? 0) + 1;
}

/** "Vĩnh viễn", "20 năm", "20", "permanent", "20 years"; `null` is nothing said, `undefined` is no period. */
export function retentionIn(typed: string): Retention | null | undefined {
  const words = foldedForm(typed).trim();
  if (words === '') return null;
  if (['vinh vien', 'permanent', 'for ever'].includes(words)) return 'permanent';
  const years = Number(/^0*(\d{1,3})(?: (?:nam|years?))?$/u.exec(words)?.[1] ?? 0);
  return years >= 1 && years <= 100 ? years : undefined;
}

/** The last day of a period counted from the year in which the matter ended. */
export function lastDayOf(retention: Retention, endDate: string): string | null {
  return retention === 'permanent' ? null : `${String(Number(endDate.slice(0, 4)) + retention)}-12-31`;
}

/** Nghị định 30/2020, Điều 30(2): into the current archive within one year of the day on which the matter ended. */
export function dueInArchive(endDate: string): string {
  const due = new Date(`${endDate}T00:00:00Z`);
  const day = due.getUTCDate();
  due.setUTCFullYear(due.getUTCFullYear() + 1);
  // A year after 29 February is 28 February.
  if (due.getUTCDate() !== day) due.setUTCDate(0);
  return due.toISOString().slice(0, 10);
}

export interface Standing {
  /** Found by the house and needed: without them the dossier does not close. */
  readonly stops: readonly Check[];
  /** Found by the house and left to the closing note. */
  readonly hints: readonly Check[];
  /** What only a person can say. */
  readonly asked: readonly Check[];
  readonly good: readonly Check[];
}

export function standingOf(checks: DossierView['checks']): Standing {
  const found = checks.filter(({ by }) => by === 'found');
  return {
    stops: found.filter(({ holds, needed }) => !holds && needed),
    hints: found.filter(({ holds, needed }) => !holds && !needed),
    asked: checks.filter(({ by }) => by === 'asked'),
    good: found.filter(({ holds }) => holds),
  };
}

export type Step = 'up' | 'down' | 'first' | 'last';

/**
 * The rows after a step, and the document it then stands before (`null`: it is last). `undefined` when it stands there
 * already, or when what comes after it has not been fetched.
 */
export function moved(
  rows: readonly DossierItem[],
  recordId: string,
  step: Step,
  whole: boolean,
): { readonly rows: readonly DossierItem[]; readonly before: string | null; readonly ordinal: number } | undefined {
  const at = rows.findIndex((row) => row.recordId === recordId);
  const row = rows[at];
  if (row === undefined) return undefined;
  const to = { up: at - 1, down: at + 1, first: 0, last: rows.length - 1 }[step];
  if (to === at || to < 0 || to >= rows.length) return undefined;
  if (step === 'last' && !whole) return undefined;
  const others = rows.filter((one) => one !== row);
  const following = others[to];
  if (following === undefined && !whole) return undefined;
  // What a person may not see takes no place in their numbers: they run on.
  const next = [...others.slice(0, to), row, ...others.slice(to)].map((one, index) => ({ ...one, ordinal: index + 1 }));
  return { rows: next, before: following?.recordId ?? null, ordinal: to + 1 };
}
