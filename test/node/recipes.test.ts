import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { toId } from 'storybook/internal/csf';
import { describe, expect, it } from 'vitest';
import { inStorybook } from '../../stories/recipes/inStorybook.ts';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(at(path), 'utf8');
const pages = readdirSync(at('stories/recipes')).filter((file) => file.endsWith('.md'));
const examples = readdirSync(at('test/recipes')).map((file) => ({
  file,
  block: `\`\`\`${file.split('.')[1]}\n${read(`test/recipes/${file}`)}\`\`\``,
}));

describe('the recipes', () => {
  it('have each example in a page', () => {
    const all = pages.map((page) => read(`stories/recipes/${page}`)).join('');
    expect(examples.filter(({ block }) => !all.includes(block)).map(({ file }) => file)).toEqual([]);
  });
});

describe.each(pages)('the recipe %s', (page) => {
  const text = read(`stories/recipes/${page}`);
  const name = page.replace('.md', '');

  it('has no code but what is compiled and run by the tests', () => {
    const blocks = text.match(/^```\w[\s\S]*?^```$/gm);
    expect(text.match(/^```/gm)).toHaveLength(blocks!.length * 2);
    for (const block of blocks!) expect(examples.map((example) => example.block)).toContain(block);
  });

  it('is short, leads to files that exist, and is found from the README', () => {
    const length = text.split('\n').length - 1;
    expect(length).toBeGreaterThanOrEqual(30);
    expect(length).toBeLessThanOrEqual(70);
    for (const [, link] of text.matchAll(/\]\(((?!https?:)[^)#]+)/g)) {
      expect(link).toSatisfy((each: string) => existsSync(new URL(each, at('stories/recipes/'))));
    }
    expect(read('README.md')).toContain(`](stories/recipes/${page})`);
  });

  it('is a page of Storybook, at the place to which the other pages lead there', () => {
    const story = read(`stories/recipes/${name}.mdx`);
    expect(story).toContain(`'./${page}?raw'`);
    const [, title] = /<Meta title="([^"]+)"/.exec(story)!;
    const link = inStorybook(`[words](${page})`);
    expect(link).toBe(`[words](?path=/docs/${toId(title!, 'docs')})`);
    expect(inStorybook(text)).not.toMatch(/\]\((?!https?:|\?path=)/);
  });
});
