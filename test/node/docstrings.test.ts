import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../src/${path}`, import.meta.url), 'utf8');

/** What a door exports: the name, and the file that it comes from. */
function exportsOf(door: string): readonly (readonly [name: string, file: string])[] {
  return [...read(door).matchAll(/export (?:type )?\{([^}]*)\} from '\.\/([^']*)\.js'/g)].flatMap(([, names, path]) => {
    const file = existsSync(new URL(`../../src/${path}.ts`, import.meta.url)) ? `${path}.ts` : `${path}.tsx`;
    const each = names!.split(',').map((name) => name.trim().replace(/^type /, ''));
    return each.filter((name) => name !== '').map((name) => [name, file] as const);
  });
}

/** The comment right above the first declaration of the name; notes for the reader of the code may stand between. */
function docstringOf(name: string, file: string): string | undefined {
  const declaration = `(?:\\/\\/[^\\n]*\\n)*export (?:abstract )?(?:const|function|class|interface|type) ${name}\\b`;
  return new RegExp(`(/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/)\\n${declaration}`).exec(read(file))?.[1];
}

describe.each(['core.ts', 'fetch.ts', 'index.ts', 'worker.ts'])('the door %s', (door) => {
  it('says of each export what it is, with an example', () => {
    const found = exportsOf(door);
    expect(found.length).toBeGreaterThan(10);
    const lacking = found.filter(([name, file]) => docstringOf(name, file)?.includes('@example') !== true);
    expect(lacking).toEqual([]);
  });
});
