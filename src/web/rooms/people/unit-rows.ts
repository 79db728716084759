import type { UnitRow } from '../../../contract/people.ts';

/** One line of the tree as it is drawn and as it is said to a screen reader. */
export interface TreeLine {
  readonly unit: UnitRow;
  readonly level: number;
  readonly place: number;
  readonly size: number;
  /** undefined: nothing lies under it. */
  readonly open: boolean | undefined;
}

/**
 * The lines of the tree from top to bottom, without what is folded away. A unit whose own parent is not shown stands at
 * the top: it must not vanish with it.
 */
export function treeLines(units: readonly UnitRow[], folded: ReadonlySet<string>, withEnded: boolean): TreeLine[] {
  const shown = units.filter((unit) => withEnded || unit.until === null);
  const here = new Set(shown.map(({ id }) => id));
  const under = new Map<string | null, UnitRow[]>();
  for (const unit of shown) {
    const parent = unit.parentId !== null && here.has(unit.parentId) ? unit.parentId : null;
    under.set(parent, [...(under.get(parent) ?? []), unit]);
  }
  const linesUnder = (parent: string | null, level: number): TreeLine[] => {
    const all = under.get(parent) ?? [];
    return all.flatMap((unit, index) => {
      const open = under.has(unit.id) ? !folded.has(unit.id) : undefined;
      const line = { unit, level, place: index + 1, size: all.length, open };
      return open === true ? [line, ...linesUnder(unit.id, level + 1)] : [line];
    });
  };
  return linesUnder(null, 1);
}

/** Where the arrow keys lead from a line: to another line, or folding this one. */
export function treeStep(
  lines: readonly TreeLine[],
  id: string,
  key: string,
): { readonly to: string } | { readonly fold: boolean } | undefined {
  const at = lines.findIndex(({ unit }) => unit.id === id);
  const line = lines[at];
  if (line === undefined) return undefined;
  if (key === 'ArrowRight' && line.open === false) return { fold: false };
  if (key === 'ArrowLeft' && line.open === true) return { fold: true };
  const parent = lines.slice(0, at).findLast(({ level }) => level < line.level);
  const to = {
    ArrowDown: lines[at + 1],
    ArrowUp: lines[at - 1],
    ArrowRight: line.open === true ? lines[at + 1] : undefined,
    ArrowLeft: parent,
    Home: lines[0],
    End: lines.at(-1),
  }[key];
  return to === undefined ? undefined : { to: to.unit.id };
}
