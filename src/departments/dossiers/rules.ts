import type { DossierState, Retention } from '../../contract/dossiers.ts';
import type { Actor } from '../../kernel/actor.ts';

/**
 * The ways of a dossier. It moves only along these arrows; a planned one that never began stays planned, and a closed one
 * is opened again by the archive alone, with a reason.
 */
export const arrows = {
  open: { from: 'planned', to: 'open' },
  close: { from: 'open', to: 'closed' },
  reopen: { from: 'closed', to: 'open' },
} as const satisfies Record<string, { readonly from: DossierState; readonly to: DossierState }>;
type Arrow = keyof typeof arrows;

/** `fill` is what goes in, out, and how it stands; `correct` is the dossier's own fields. */
export type DossierAction = Arrow | 'fill' | 'correct';

/** States in which an act has a meaning: a closed dossier takes nothing in or out, and its fields stand. */
const statesFor: Readonly<Record<DossierAction, readonly DossierState[]>> = {
  open: [arrows.open.from],
  fill: ['open'],
  correct: ['planned', 'open'],
  close: [arrows.close.from],
  reopen: [arrows.reopen.from],
};

export interface Kept {
  readonly agencyId: string;
  readonly unitId: string | null;
  readonly ownerId: string | null;
  readonly state: DossierState;
}

/**
 * Whose act it is, of those who know the dossier. Whoever does the work keeps its dossier (Điều 29); the desk and the
 * leader of the unit stand in; it is closed by who is answerable for it or by the archive, and opened again by the archive.
 */
export function mayKeep(actor: Actor, action: DossierAction, dossier: Kept): boolean {
  if (!actor.permissions.has('dossier.keep')) return false;
  const archive = actor.permissions.has('dossier.plan');
  const owner = dossier.ownerId === actor.personId;
  if (action === 'reopen') return archive;
  if (action === 'close') return owner || archive;
  const desk = actor.deskOf.includes(dossier.agencyId);
  const leads = actor.roles.has('leader') && dossier.unitId !== null && actor.unitIds.includes(dossier.unitId);
  return owner || desk || leads;
}

export function stateAllows(action: DossierAction, state: DossierState): boolean {
  return statesFor[action].includes(state);
}

/** What the page offers: both halves. */
export function mayNow(actor: Actor, action: DossierAction, dossier: Kept): boolean {
  return stateAllows(action, dossier.state) && mayKeep(actor, action, dossier);
}

/** `permanent`, or years in figures, as it is kept. */
export function retentionText(retention: Retention | null): string | null {
  return retention === null ? null : String(retention);
}

export function retentionOf(kept: string | null): Retention | null {
  if (kept === null) return null;
  return kept === 'permanent' ? 'permanent' : Number(kept);
}

const shape = /^(\d{1,6})\.(.+)$/u;

/**
 * The code that comes next: running number and abbreviation of the heading (Phụ lục V, mục I), `01.TCCB`. The abbreviation
 * is the one most of the heading's codes bear, else the symbol of the unit; a code that is taken is passed over.
 */
export function nextNotation(inHeading: readonly string[], unitSymbol: string, taken: ReadonlySet<string>): string {
  const read = inHeading.flatMap((notation) => {
    const [, number, abbreviation] = shape.exec(notation) ?? [];
    return number === undefined || abbreviation === undefined ? [] : [{ number: Number(number), abbreviation }];
  });
  const counts = new Map<string, number>();
  for (const { abbreviation } of read) counts.set(abbreviation, (counts.get(abbreviation) ?? 0) + 1);
  const [most] = [...counts].sort((one, other) => other[1] - one[1]);
  const abbreviation = most?.[0] ?? unitSymbol;
  let number = Math.max(0, ...read.map((one) => one.number));
  let notation: string;
  do {
    number += 1;
    notation = `${String(number).padStart(2, '0')}.${abbreviation}`;
  } while (taken.has(notation));
  return notation;
}

const romanParts = [
  ['C', 100],
  ['XC', 90],
  ['L', 50],
  ['XL', 40],
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
] as const;

export function roman(number: number): string {
  let left = number;
  let numeral = '';
  for (const [sign, worth] of romanParts)
    while (left >= worth) {
      numeral += sign;
      left -= worth;
    }
  return numeral;
}

/** Its number when it is written as a large heading's numeral is; `IIII` is not. */
export function romanNumber(numeral: string): number | undefined {
  let left = numeral;
  let number = 0;
  for (const [sign, worth] of romanParts)
    while (left.startsWith(sign)) {
      number += worth;
      left = left.slice(sign.length);
    }
  return left === '' && number > 0 && roman(number) === numeral ? number : undefined;
}

/** The heading that comes next among those it stands with: Roman for large ones, Arabic below. */
export function nextNumeral(
  standing: readonly string[],
  large: boolean,
): { readonly ordinal: number; readonly numeral: string } {
  const numbers = standing.map((numeral) => (large ? (romanNumber(numeral) ?? 0) : Number(numeral)));
  const ordinal = Math.max(0, ...numbers) + 1;
  return { ordinal, numeral: large ? roman(ordinal) : String(ordinal) };
}
