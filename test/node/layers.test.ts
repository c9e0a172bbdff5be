import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findViolations, type SourceFile } from './layerRules.ts';
import { readSource, readSources } from './readSources.ts';

const sources = fileURLToPath(new URL('../../src', import.meta.url));

const file = (path: string, ...imports: string[]): SourceFile => ({ path, imports, otherStatements: [] });

describe('the source', () => {
  const files = readSources(sources);

  it.each(['index.ts', 'core.ts', 'fetch.ts', 'worker.ts'])('has the door %s', (door) => {
    expect(files.some(({ path }) => path === door)).toBe(true);
  });

  it('keeps the order of the layers', () => {
    expect(findViolations(files)).toEqual([]);
  });
});

describe('the order of the layers', () => {
  it('lets a file import from lower rows and from its own folder', () => {
    const files = [
      file('base/ids.ts'),
      file('operation/node.ts', '../base/ids.js', './tree.js'),
      file('operation/tree.ts'),
      file('react/Provider.tsx', 'react', '../operation/node.js'),
      file('index.ts', './react/Provider.js', './operation/node.js'),
    ];
    expect(findViolations(files)).toEqual([]);
  });

  it('forbids an import from a higher row', () => {
    const files = [file('base/ids.ts', '../operation/node.js'), file('operation/node.ts')];
    expect(findViolations(files)).toEqual(['base/ids.ts (row 0) imports operation/node.ts (row 1)']);
  });

  it('forbids an import between folders of one row', () => {
    const files = [file('task/policy.ts', '../registry/history.js'), file('registry/history.ts')];
    expect(findViolations(files)).toEqual(['task/policy.ts (row 5) imports registry/history.ts (row 5)']);
  });

  it('forbids that a door is imported, even by a door', () => {
    const files = [file('core.ts'), file('index.ts', './core.js'), file('react/useTask.ts', '../core.js')];
    expect(findViolations(files)).toEqual([
      'index.ts (row 9) imports core.ts (row 9)',
      'react/useTask.ts (row 7) imports core.ts (row 9)',
    ]);
  });

  it('forbids circles inside a folder, long and short', () => {
    const long = [file('flow/a.ts', './b.js'), file('flow/b.ts', './c.js'), file('flow/c.ts', './a.js')];
    expect(findViolations(long)).toEqual(['circle: flow/a.ts -> flow/b.ts -> flow/c.ts -> flow/a.ts']);
    expect(findViolations([file('flow/a.ts', './a.js')])).toEqual(['circle: flow/a.ts -> flow/a.ts']);
  });

  it('finds a circle behind a file that was walked before', () => {
    const files = [
      file('flow/a.ts', './b.js', './c.js'),
      file('flow/b.ts', './c.js'),
      file('flow/c.ts', './d.js'),
      file('flow/d.ts', './c.js'),
    ];
    expect(findViolations(files)).toEqual(['circle: flow/c.ts -> flow/d.ts -> flow/c.ts']);
  });

  it('does not take two ways to one file for a circle', () => {
    const files = [
      file('flow/a.ts', './b.js', './c.js'),
      file('flow/b.ts', './d.js'),
      file('flow/c.ts', './d.js'),
      file('flow/d.ts'),
    ];
    expect(findViolations(files)).toEqual([]);
  });

  it('forbids a file in no layer', () => {
    expect(findViolations([file('helpers/tools.ts'), file('extra.ts'), file('base.ts')])).toEqual([
      'helpers/tools.ts is in no layer',
      'extra.ts is in no layer',
      'base.ts is in no layer',
    ]);
  });

  it('forbids an import of what is no file below src', () => {
    expect(findViolations([file('base/ids.ts', './gone.js', '../../test/tools.js')])).toEqual([
      'base/ids.ts imports ./gone.js, which is no file below src',
      'base/ids.ts imports ../../test/tools.js, which is no file below src',
    ]);
  });

  it('forbids packages, but for React in the rows that may touch it', () => {
    expect(findViolations([file('react/useTask.ts', 'react'), file('devtools/Panel.tsx', 'react-dom')])).toEqual([]);
    expect(findViolations([file('cancelable/Cancelable.ts', 'react', 'node:events', 'reactive')])).toEqual([
      'cancelable/Cancelable.ts imports the package react',
      'cancelable/Cancelable.ts imports the package node:events',
      'cancelable/Cancelable.ts imports the package reactive',
    ]);
  });
});

describe('a door', () => {
  const findInDoor = (text: string): string[] =>
    findViolations([file('base/ids.ts'), readSource('index.ts', text)]).map((violation) =>
      violation.replace('index.ts is a door and holds more than named re-exports: ', ''),
    );

  it("holds named re-exports of values and types, and 'use client'", () => {
    expect(findInDoor(`'use client';\nexport { createId } from './base/ids.js';`)).toEqual([]);
    expect(findInDoor(`export type { Id } from './base/ids.js';`)).toEqual([]);
  });

  it.each([
    `export * from './base/ids.js';`,
    `export * as ids from './base/ids.js';`,
    `import './base/ids.js';`,
    `export const answer = 42;`,
    `export {};`,
    `export default 42;`,
    `start();`,
    `'use strict';`,
  ])('does not hold %s', (statement) => {
    expect(findInDoor(statement)).toEqual([statement]);
  });
});

describe('reading a file', () => {
  it.each([
    `import { a } from './other.js';`,
    `import type { A } from './other.js';`,
    `import { type A } from './other.js';`,
    `import './other.js';`,
    `export { a } from './other.js';`,
    `export type { A } from './other.js';`,
    `export * from './other.js';`,
    `const load = () => import('./other.js');`,
    `let a: import('./other.js').A;`,
    `let a: typeof import('./other.js');`,
  ])('finds the import in %s', (text) => {
    expect(readSource('flow/a.ts', text).imports).toEqual(['./other.js']);
  });

  it('is not misled by text that looks like an import', () => {
    const text = `// import './comment.js'\nconst text = "import './text.js'";`;
    expect(readSource('flow/a.ts', text).imports).toEqual([]);
  });

  it('refuses what it cannot read', () => {
    expect(() => readSource('flow/a.ts', 'import {')).toThrow(SyntaxError);
    expect(() => readSource('flow/a.ts', 'const load = (name: string) => import(name);')).toThrow(SyntaxError);
  });
});
