import type { CorrespondentCells, CorrespondentProblem } from '../../contract/correspondents.ts';
import { exactForm, foldedForm } from '../../kernel/folding.ts';

/** A name in the two forms it is matched by. */
export interface NameKey {
  readonly exact: string;
  readonly folded: string;
}

export function nameKey(name: string): NameKey {
  const folded = foldedForm(name);
  // A name of signs only is its own key.
  return folded === '' ? { exact: name, folded: name } : { exact: exactForm(name), folded };
}

/**
 * Whether two names may be one body's: the same words, marks aside, and no word that bears marks in both bears other
 * ones. `bo tai chinh` and `Bộ Tài chinh` are Bộ Tài chính; Bà Tứ is not Ba Tư.
 */
export function sameName(one: NameKey, other: NameKey): boolean {
  if (one.folded !== other.folded) return false;
  const [words, others, bare] = [one.exact.split(' '), other.exact.split(' '), one.folded.split(' ')];
  return words.every((word, at) => word === others[at] || word === bare[at] || others[at] === bare[at]);
}

/**
 * The body that a name means: whose name it is exactly, the oldest first; else the only one it may be. `undefined` when it
 * is nobody's yet, or might be several's: nothing is guessed, a clerk merges.
 */
export function meantBody(name: NameKey, known: readonly (NameKey & { readonly id: string })[]): string | undefined {
  const exactly = known.find((one) => one.exact === name.exact && one.folded === name.folded);
  if (exactly) return exactly.id;
  const maybe = new Set(known.filter((one) => sameName(one, name)).map((one) => one.id));
  return maybe.size === 1 ? [...maybe][0] : undefined;
}

/** A body that the one who loads may know. */
export interface KnownBody {
  readonly id: string;
  readonly code: string | null;
  readonly names: readonly NameKey[];
}

export interface LoadedBody {
  /** The body that stands already, when there is one. */
  readonly id: string | undefined;
  readonly code: string | null;
  readonly name: string;
  readonly otherNames: readonly string[];
}

/** A table of bodies as people typed it; a cell that cannot be is named, and nothing is guessed. */
export function readBodies(
  rows: readonly CorrespondentCells[],
  known: readonly KnownBody[],
): { readonly problems: readonly CorrespondentProblem[]; readonly bodies: readonly LoadedBody[] } {
  const problems: CorrespondentProblem[] = [];
  const byName = new Map<string, string>();
  for (const body of known) for (const { exact } of body.names) if (!byName.has(exact)) byName.set(exact, body.id);
  const byCode = new Map(known.flatMap(({ code, id }) => (code === null ? [] : [[code, id] as const])));
  /** Names and codes of this table, with the row that has them. */
  const [seenNames, seenCodes] = [new Map<string, number>(), new Map<string, number>()];
  const bodies = rows.map((cells, index): LoadedBody => {
    const wrong = (column: keyof CorrespondentCells, problem: CorrespondentProblem['problem']): void => {
      problems.push({ row: index + 1, column, problem });
    };
    const [name, code] = [clean(cells.name), clean(cells.code)];
    const otherNames = cells.otherNames
      .split(';')
      .map(clean)
      .filter((one) => one !== '');
    if (name === '') wrong('name', 'needed');
    if (tooLong(name, 200)) wrong('name', 'too-long');
    if (tooLong(code, 35)) wrong('code', 'too-long');
    if (otherNames.some((one) => tooLong(one, 200))) wrong('otherNames', 'too-long');
    const taken = (seen: Map<string, number>, key: string): boolean => {
      const before = seen.get(key);
      if (before === undefined) seen.set(key, index);
      return before !== undefined && before !== index;
    };
    if (name !== '' && taken(seenNames, nameKey(name).exact)) wrong('name', 'twice');
    if (code !== '' && taken(seenCodes, code)) wrong('code', 'twice');
    if (otherNames.some((one) => taken(seenNames, nameKey(one).exact))) wrong('otherNames', 'twice');
    const id = byName.get(nameKey(name).exact);
    const coded = code === '' ? undefined : byCode.get(code);
    if (coded !== undefined && coded !== id) wrong('code', 'code-taken');
    if (otherNames.some((one) => ![undefined, id].includes(byName.get(nameKey(one).exact))))
      wrong('otherNames', 'name-of-another');
    return { id, name, code: code === '' ? null : code, otherNames };
  });
  return { problems, bodies };
}

const clean = (cell: string): string => cell.trim().normalize('NFC');
const tooLong = (text: string, most: number): boolean => [...text].length > most;
