import { readFileSync } from 'node:fs';
import { transformSync } from '@swc/core';
import ts from 'typescript-5';
import { describe, expect, it } from 'vitest';
import * as core from 'use-cancelable/core';
import { Cancelable, decorationOf, type CancelationError } from 'use-cancelable/core';
import type * as Decorated from './decoratedClasses.ts';

const source = readFileSync(new URL('decoratedClasses.ts', import.meta.url), 'utf8');

// Node and Vite's compiler leave decorators as they are.
const compilers: Record<string, () => string> = {
  'TypeScript for ES2022': () => compileWithTypeScript(ts.ScriptTarget.ES2022),
  'TypeScript for ES2015': () => compileWithTypeScript(ts.ScriptTarget.ES2015),
  SWC: () =>
    transformSync(source, {
      swcrc: false,
      module: { type: 'commonjs' },
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { decoratorVersion: '2022-03' },
      },
    }).code,
};

function compileWithTypeScript(target: ts.ScriptTarget): string {
  return ts.transpileModule(source, { compilerOptions: { target, module: ts.ModuleKind.CommonJS } }).outputText;
}

function load(code: string): typeof Decorated {
  const exports = {};
  // oxlint-disable-next-line typescript/no-implied-eval -- the output of a compiler is what is tested
  new Function('exports', 'require', code)(exports, () => core);
  return exports as typeof Decorated; // what was compiled
}

for (const [compiler, compile] of Object.entries(compilers)) {
  describe(`methods decorated by ${compiler}`, () => {
    const { createAnonymous, DataProcessor, ImageProcessor, stop } = load(compile());

    it('are named for their class, unless a name is given [case 188]', async () => {
      const processor = new DataProcessor();
      const parent = new Cancelable();
      expect(await processor.process(parent, 5)).toEqual(['DataProcessor.process', true, 10]);
      expect(await processor.last(5)).toEqual(['DataProcessor.last', true, 5]);
      expect(await processor.none(5)).toEqual(['DataProcessor.none', true, 5]);
      expect(await processor.named()).toEqual(['explicit', true]);
    });

    it('are static, private, of a subclass or of no named class [case 189]', async () => {
      expect(await DataProcessor.load()).toEqual(['DataProcessor.load', true, 'DataProcessor']);
      expect(await ImageProcessor.load()).toEqual(['ImageProcessor.load', true, 'ImageProcessor']);
      expect(await new DataProcessor().secret()).toEqual(['DataProcessor.#secret', true, 2]);
      expect(await DataProcessor.hidden()).toEqual(['DataProcessor.#hidden', true]);
      expect(await new ImageProcessor().last(5)).toEqual(['ImageProcessor.last', true, 5]);
      expect(await new ImageProcessor().secret()).toEqual(['ImageProcessor.#secret', true, 3]);
      // TypeScript for ES2015 gives the class a name of its own.
      expect((await createAnonymous().run())[0]).toMatch(/^(_a\.)?run$/);
      const { none } = new DataProcessor();
      expect(await none.call(undefined as never, 5)).toEqual(['none', true, 5]);
    });

    it('run in an operation of their own for each instance and call [case 190]', async () => {
      const [one, two] = [new DataProcessor(), new DataProcessor()];
      const slow = one.wait(10_000).catch((error: unknown) => error as CancelationError);
      const ops = await Promise.all([one.wait(1), two.wait(2)]);
      expect(new Set(ops.map((op) => op.id)).size).toBe(2);
      expect(ops.map((op) => op.status)).toEqual(['completed', 'completed']);
      expect(await slow).toMatchObject({ reason: 'timeout', timeout: 20 });
    });

    it('may have several decorators, the upper one outside [case 194]', async () => {
      expect(await new DataProcessor().nested()).toEqual(['inner', 'outer']);
      expect(await new DataProcessor().stoppable()).toEqual(['DataProcessor.stoppable', true]);
      stop.cancel('stop');
      await expect(new DataProcessor().stoppable()).rejects.toMatchObject({ message: 'stop' });
    });

    it('keep name and length and say what they were decorated with [case 180]', () => {
      const { process } = DataProcessor.prototype;
      expect([process.name, process.length]).toEqual(['process', 2]);
      expect(decorationOf(process)).toMatchObject({ decorator: 'cancelable', parameters: { timeout: 5000 } });
    });
  });
}
