import type { Correspondent } from '../../../contract/correspondents.ts';
import { foldedForm } from '../../../kernel/folding.ts';

type Body = Pick<Correspondent, 'name' | 'names'>;

/** Today's names of the bodies found, then other texts that stand on documents; each once. */
export function issuerChoices(bodies: readonly Body[], onDocuments: readonly string[]): readonly string[] {
  return [...new Set([...bodies.map(({ name }) => name), ...onDocuments])];
}

/** The body of which what was typed is an earlier name, by the name it bears today; `null` when it is none. */
export function bodyOfOldName(bodies: readonly Body[], typed: string): string | null {
  const said = foldedForm(typed.trim());
  if (said === '') return null;
  const body = bodies.find(
    ({ name, names }) =>
      foldedForm(name) !== said && names.some((one) => one.until !== null && foldedForm(one.name) === said),
  );
  return body?.name ?? null;
}
