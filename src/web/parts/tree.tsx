import { useRef, useState, type ReactNode } from 'react';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { treeLines, treeStep, type TreeNode } from './tree-lines.ts';
import css from './tree.module.css';

/** A tree as a screen reader knows it: one stop for Tab, arrows walk and fold, Enter chooses. */
export function Tree<Node extends TreeNode>({
  nodes,
  label,
  chosenId,
  onChoose,
  quiet = () => false,
  unfolded = false,
  step = 22,
  className,
  children,
}: {
  readonly nodes: readonly Node[];
  readonly label: string;
  readonly chosenId: string | null;
  readonly onChoose: (id: string) => void;
  /** Nodes that only hold others together: choosing one folds it. */
  readonly quiet?: (node: Node) => boolean;
  /** Everything is shown, whatever was folded: what was asked for must not hide. */
  readonly unfolded?: boolean;
  /** How far each level stands in, in pixels. */
  readonly step?: number;
  readonly className?: string | undefined;
  readonly children: (node: Node) => ReactNode;
}) {
  const tree = useRef<HTMLDivElement>(null);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [walkedTo, setWalkedTo] = useState<string | null>(null);
  const lines = treeLines(nodes, unfolded ? new Set() : folded);
  const stop = [walkedTo, chosenId].find((id) => lines.some(({ node }) => node.id === id)) ?? lines[0]?.node.id;
  const fold = (id: string, shut: boolean): void => {
    setFolded((before) => new Set(shut ? [...before, id] : [...before].filter((one) => one !== id)));
  };
  return (
    <div ref={tree} role="tree" aria-label={label} className={`${css['tree'] ?? ''} ${className ?? ''}`}>
      {lines.map(({ node, level, place, size, open }) => {
        const choose = (): void => {
          if (!quiet(node)) onChoose(node.id);
          else if (open !== undefined) fold(node.id, open);
        };
        return (
          <div
            key={node.id}
            role="treeitem"
            className={css['line']}
            style={{ paddingLeft: 12 + (level - 1) * step }}
            tabIndex={node.id === stop ? 0 : -1}
            aria-level={level}
            aria-posinset={place}
            aria-setsize={size}
            aria-expanded={open}
            aria-selected={node.id === chosenId}
            data-node={node.id}
            data-quiet={quiet(node)}
            onFocus={() => setWalkedTo(node.id)}
            onClick={choose}
            onKeyDown={(event) => {
              if (event.ctrlKey || event.altKey || event.metaKey) return;
              if (event.key === 'Enter' || event.key === ' ') {
                event.preventDefault();
                choose();
                return;
              }
              const next = treeStep(lines, node.id, event.key);
              if (next === undefined) return;
              event.preventDefault();
              if ('fold' in next) fold(node.id, next.fold);
              else tree.current?.querySelector<HTMLElement>(`[data-node="${next.to}"]`)?.focus();
            }}
          >
            <span
              className={css['fold']}
              aria-hidden="true"
              onClick={(event) => {
                if (open === undefined) return;
                event.stopPropagation();
                fold(node.id, open);
              }}
            >
              {open === undefined ? null : open ? <IconChevronDown size={15} /> : <IconChevronRight size={15} />}
            </span>
            {children(node)}
          </div>
        );
      })}
    </div>
  );
}
