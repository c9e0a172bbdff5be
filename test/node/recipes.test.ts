import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(at(path), 'utf8');
const pages = readdirSync(at('stories/recipes')).filter((file) => file.endsWith('.md'));
const blocksOf = (page: string): string[] =>
  [...read(`stories/recipes/${page}`).matchAll(/^```(?:tsx?)\n([\s\S]*?)^```$/gm)].map(([, text]) => text!);

describe('the pages of the recipes', () => {
  it('have no code but what is compiled and run by the tests, and have all of it', () => {
    const files = readdirSync(at('test/recipes')).map((file) => read(`test/recipes/${file}`));
    expect(pages.flatMap(blocksOf).toSorted()).toEqual(files.toSorted());
  });

  it.each(pages)('%s is named in the README and shown by a page of the stories', (page) => {
    expect(read('README.md')).toContain(`](stories/recipes/${page})`);
    expect(existsSync(at(`stories/recipes/${page}x`))).toBe(true);
    expect(read(`stories/recipes/${page}x`)).toContain(`'./${page}?raw'`);
  });
});
