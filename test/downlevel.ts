import { fileURLToPath } from 'node:url';
import { transformAsync } from '@babel/core';
import { transform as transformWithSwc } from '@swc/core';
import ts from 'typescript-5';
import type { Plugin } from 'vite';

// Compiles test code as applications for old browsers are compiled: `import './program.ts?es5'` gets the same program as
// `import './program.ts'`, lowered by the compiler that the query names. The library stays as it is published.

type Compile = (code: string, file: string) => Promise<string>;

const compilers: Readonly<Record<string, Compile>> = {
  es5: (code, file) => Promise.resolve(compileWithTypeScript(code, file, ts.ScriptTarget.ES5)),
  babel: compileWithBabel,
  swc: compileWithSwc,
};

export function downlevel(): Plugin {
  return {
    name: 'downlevel',
    enforce: 'pre',
    async transform(code, id) {
      const [file = '', query = ''] = id.split('?');
      const name = Object.keys(compilers).find((each) => query.split('&').includes(each));
      if (name === undefined) return undefined;
      const lowered = await compilers[name]!(code, file);
      // The other half of the programs is user code as well.
      return {
        code: lowered.replaceAll('./interleavingMaterials.ts', `./interleavingMaterials.ts?${name}`),
        map: null,
      };
    },
  };
}

function compileWithTypeScript(code: string, fileName: string, target: ts.ScriptTarget): string {
  const { outputText } = ts.transpileModule(code, {
    fileName,
    compilerOptions: { target, module: ts.ModuleKind.ESNext, downlevelIteration: true, verbatimModuleSyntax: true },
  });
  return outputText;
}

// Babel and SWC get JavaScript: they are asked to lower it, not to understand types.
const withoutTypes = (code: string, file: string): string => compileWithTypeScript(code, file, ts.ScriptTarget.ESNext);

async function compileWithBabel(code: string, file: string): Promise<string> {
  const result = await transformAsync(withoutTypes(code, file), {
    filename: `${file}.js`,
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: false,
    babelrc: false,
    presets: [['@babel/preset-env', { targets: { ie: '11' }, modules: false }]],
  });
  return result!.code!; // it was asked for code
}

async function compileWithSwc(code: string, file: string): Promise<string> {
  const { code: lowered } = await transformWithSwc(withoutTypes(code, file), {
    filename: `${file}.js`,
    configFile: false,
    swcrc: false,
    jsc: { parser: { syntax: 'ecmascript' }, target: 'es5' },
    module: { type: 'es6' },
  });
  return lowered;
}
