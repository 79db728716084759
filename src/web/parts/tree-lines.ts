/** One line of a tree as it is drawn and as it is said to a screen reader. */
export interface TreeLine<Node> {
  readonly node: Node;
  readonly level: number;
  readonly place: number;
  readonly size: number;
  /** undefined: nothing lies under it. */
  readonly open: boolean | undefined;
}

export interface TreeNode {
  readonly id: string;
  readonly parentId: string | null;
}

/**
 * The lines of a tree from top to bottom, without what is folded away. A node whose own parent is not there stands at
 * the top: it must not vanish with it.
 */
export function treeLines<Node extends TreeNode>(
  nodes: readonly Node[],
  folded: ReadonlySet<string>,
): TreeLine<Node>[] {
  const here = new Set(nodes.map(({ id }) => id));
  const under = new Map<string | null, Node[]>();
  for (const node of nodes) {
    const parent = node.parentId !== null && here.has(node.parentId) ? node.parentId : null;
    const beside = under.get(parent);
    if (beside) beside.push(node);
    else under.set(parent, [node]);
  }
  const linesUnder = (parent: string | null, level: number): TreeLine<Node>[] => {
    const all = under.get(parent) ?? [];
    return all.flatMap((node, index) => {
      const open = under.has(node.id) ? !folded.has(node.id) : undefined;
      const line = { node, level, place: index + 1, size: all.length, open };
      return open === true ? [line, ...linesUnder(node.id, level + 1)] : [line];
    });
  };
  return linesUnder(null, 1);
}

/** Where the arrow keys lead from a line: to another line, or folding this one. */
export function treeStep(
  lines: readonly TreeLine<TreeNode>[],
  id: string,
  key: string,
): { readonly to: string } | { readonly fold: boolean } | undefined {
  const at = lines.findIndex(({ node }) => node.id === id);
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
  return to === undefined ? undefined : { to: to.node.id };
}
