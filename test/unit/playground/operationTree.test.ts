import { describe, expect, it } from 'vitest';
import { layoutTree, type TreeRow } from '../../../playground/components/tree/layoutTree.ts';
import { moveInTree } from '../../../playground/components/tree/moveInTree.ts';
import { growTree } from './growTree.ts';

const { store, find } = growTree({
  Pipeline: { Read: {}, Analyze: { Count: {}, Check: {} }, Publish: {} },
  Second: { Clean: {} },
});

function rowsOf(...collapsed: string[]): readonly TreeRow[] {
  return layoutTree(store.getSnapshot(), new Set(collapsed.map((name) => find(name).id)));
}

const namesOf = (rows: readonly TreeRow[]): string[] => rows.map(({ view }) => view.name);

describe('the layout of a tree', () => {
  it('has the rows in the order of the tree, one root after the other', () => {
    const rows = rowsOf();
    expect(namesOf(rows)).toEqual(['Pipeline', 'Read', 'Analyze', 'Count', 'Check', 'Publish', 'Second', 'Clean']);
    expect(rows.map(({ view }) => view.depth)).toEqual([0, 1, 1, 2, 2, 1, 0, 1]);
    expect(rows.map(({ parent }) => parent)).toEqual([undefined, 0, 0, 2, 2, 0, undefined, 6]);
  });

  it('knows the place of each among its siblings', () => {
    expect(rowsOf().map(({ place, siblings }) => `${place} of ${siblings}`)).toEqual([
      '1 of 2',
      '1 of 3',
      '2 of 3',
      '1 of 2',
      '2 of 2',
      '3 of 3',
      '2 of 2',
      '1 of 1',
    ]);
  });

  it('has a line for each level above that goes on below', () => {
    expect(rowsOf().map(({ lines }) => lines)).toEqual([
      [],
      [true],
      [true],
      [true, true],
      [true, false],
      [false],
      [],
      [false],
    ]);
  });

  it('leaves out what is below a collapsed row, and says that there is something', () => {
    const rows = rowsOf('Analyze', 'Read');
    expect(namesOf(rows)).toEqual(['Pipeline', 'Read', 'Analyze', 'Publish', 'Second', 'Clean']);
    expect(rows.filter(({ hasChildren }) => hasChildren).map(({ view }) => view.name)).toEqual([
      'Pipeline',
      'Analyze',
      'Second',
    ]);
    expect(rows.filter(({ isExpanded }) => isExpanded).map(({ view }) => view.name)).toEqual(['Pipeline', 'Second']);
    expect(rows.map(({ parent }) => parent)).toEqual([undefined, 0, 0, 0, undefined, 4]);
  });

  it('is empty for nothing', () => {
    expect(layoutTree([], new Set())).toEqual([]);
  });
});

describe('a key in a tree', () => {
  // Pipeline 0, Read 1, Analyze 2 (collapsed), Publish 3, Second 4, Clean 5
  const rows = rowsOf('Analyze');

  it.each([
    ['ArrowDown', 'goes one down', 1, { focus: 2 }],
    ['ArrowDown', 'stays at the last', 5, { focus: 5 }],
    ['ArrowUp', 'goes one up', 4, { focus: 3 }],
    ['ArrowUp', 'stays at the first', 0, { focus: 0 }],
    ['Home', 'goes to the first', 3, { focus: 0 }],
    ['End', 'goes to the last', 1, { focus: 5 }],
    ['ArrowRight', 'opens what is collapsed', 2, { toggle: true }],
    ['ArrowRight', 'goes to the first child of what is open', 4, { focus: 5 }],
    ['ArrowRight', 'does nothing without children', 1, {}],
    ['ArrowLeft', 'closes what is open', 0, { toggle: true }],
    ['ArrowLeft', 'goes to the parent of what is closed', 2, { focus: 0 }],
    ['ArrowLeft', 'goes to the parent of what has no children', 5, { focus: 4 }],
    ['p', 'goes to the next name with that letter', 0, { focus: 3 }],
    ['P', 'does not mind the case', 3, { focus: 0 }],
    ['r', 'begins at the top again after the last', 4, { focus: 1 }],
    ['s', 'stays where it is when that is the only such name', 4, { focus: 4 }],
    ['x', 'stays where it is when there is no such name', 2, { focus: 2 }],
    ['Tab', 'is not for the tree', 1, undefined],
    ['Escape', 'is not for the tree', 1, undefined],
    [' ', 'is no letter', 1, undefined],
  ])('%s %s', (key, _, at, move) => {
    expect(moveInTree(rows, at, key)).toEqual(move);
  });

  it('ArrowLeft on a root that is closed does nothing', () => {
    expect(moveInTree(rowsOf('Second'), 6, 'ArrowLeft')).toEqual({});
  });

  it('does nothing in an empty tree', () => {
    expect(moveInTree([], 0, 'ArrowDown')).toBeUndefined();
  });
});
