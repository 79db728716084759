import type { DossierRow, Heading } from '../../../contract/dossiers.ts';
import { foldedForm } from '../../../kernel/folding.ts';

/** A line of the file plan: a heading that holds others together, or a dossier. */
export type PlanNode =
  | { readonly id: string; readonly parentId: string | null; readonly kind: 'heading'; readonly title: string }
  | {
      readonly id: string;
      readonly parentId: string | null;
      readonly kind: 'dossier';
      readonly dossier: DossierRow;
    };

const outsideId = 'outside';

function dossierNode(dossier: DossierRow, parentId: string | null): PlanNode {
  return { id: dossier.id, parentId, kind: 'dossier', dossier };
}

/**
 * The plan as its form has it: each heading with its numeral, its dossiers right under it and the smaller headings after
 * them. What belongs to no heading stands last, under a heading that says so.
 */
export function planNodes(
  headings: readonly Heading[],
  dossiers: readonly DossierRow[],
  outsideTitle: string,
): readonly PlanNode[] {
  const known = new Set(headings.map(({ id }) => id));
  const home = ({ headingId }: DossierRow): string | null =>
    headingId !== null && known.has(headingId) ? headingId : null;
  const outside = dossiers.filter((dossier) => home(dossier) === null);
  const homeless = headings.length > 0 && outside.length > 0 ? outsideId : null;
  return [
    ...dossiers.filter((dossier) => home(dossier) !== null).map((dossier) => dossierNode(dossier, home(dossier))),
    ...headings.map(({ id, parentId, numeral, title }): PlanNode => ({
      id,
      parentId,
      kind: 'heading',
      title: `${numeral}. ${title}`,
    })),
    ...(homeless === null ? [] : [{ id: outsideId, parentId: null, kind: 'heading' as const, title: outsideTitle }]),
    ...outside.map((dossier) => dossierNode(dossier, homeless)),
  ];
}

/** One's own dossiers under the years they belong to, the newest year first. */
export function ownNodes(dossiers: readonly DossierRow[], yearTitle: (year: number) => string): readonly PlanNode[] {
  const years = [...new Set(dossiers.map(({ year }) => year))].sort((one, other) => other - one);
  return [
    ...years.map((year): PlanNode => ({
      id: `year-${String(year)}`,
      parentId: null,
      kind: 'heading',
      title: yearTitle(year),
    })),
    ...dossiers.map((dossier) => dossierNode(dossier, `year-${String(dossier.year)}`)),
  ];
}

/** What answers to the words, marks aside, each with the headings above it; a heading that answers keeps what lies under it. */
export function matching(nodes: readonly PlanNode[], words: string): readonly PlanNode[] {
  const asked = foldedForm(words).trim();
  if (asked === '') return nodes;
  const parents = new Map(nodes.map(({ id, parentId }) => [id, parentId]));
  const above = (id: string): string[] => {
    const parent = parents.get(id) ?? null;
    return parent === null ? [] : [parent, ...above(parent)];
  };
  const hits = new Set(
    nodes
      .filter((node) => foldedForm(node.kind === 'heading' ? node.title : spoken(node.dossier)).includes(asked))
      .map(({ id }) => id),
  );
  const kept = new Set([...hits].flatMap((id) => [id, ...above(id)]));
  return nodes.filter(({ id }) => kept.has(id) || above(id).some((one) => hits.has(one)));
}

const spoken = ({ notation, title }: DossierRow): string => `${notation} ${title}`;
