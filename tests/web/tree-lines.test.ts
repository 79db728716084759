import { treeLines, treeStep } from '../../src/web/parts/tree-lines.ts';

/** A tree on the screen: what is seen of it, and where its keys lead. */

const node = (id: string, parentId: string | null) => ({ id, parentId });
const office = [node('a', null), node('a1', 'a'), node('a2', 'a'), node('a2x', 'a2')];
const none: ReadonlySet<string> = new Set();
const ids = (lines: ReturnType<typeof treeLines>) => lines.map((line) => line.node.id);

test('stands as it lies, each line with its level and its place among its own', () => {
  const lines = treeLines(office, none);
  expect(lines.map(({ node: { id }, level, place, size, open }) => [id, level, place, size, open])).toEqual([
    ['a', 1, 1, 1, true],
    ['a1', 2, 1, 2, undefined],
    ['a2', 2, 2, 2, true],
    ['a2x', 3, 1, 1, undefined],
  ]);
});

test('what is folded stays away; a node without its parent does not', () => {
  expect(ids(treeLines(office, new Set(['a2'])))).toEqual(['a', 'a1', 'a2']);
  expect(ids(treeLines([node('b1', 'b')], none))).toEqual(['b1']);
});

test.each([
  ['a', 'ArrowDown', { to: 'a1' }],
  ['a', 'ArrowUp', undefined],
  ['a', 'ArrowLeft', { fold: true }],
  ['a', 'ArrowRight', { to: 'a1' }],
  ['a1', 'ArrowRight', undefined],
  ['a1', 'ArrowLeft', { to: 'a' }],
  ['a2x', 'ArrowLeft', { to: 'a2' }],
  ['a2x', 'ArrowDown', undefined],
  ['a2x', 'Home', { to: 'a' }],
  ['a', 'End', { to: 'a2x' }],
  ['a', 'x', undefined],
])('on %s, %s', (id, key, expected) => {
  expect(treeStep(treeLines(office, none), id, key)).toEqual(expected);
});

test('a folded one opens with the right arrow', () => {
  expect(treeStep(treeLines(office, new Set(['a'])), 'a', 'ArrowRight')).toEqual({ fold: false });
});
