import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const readme = read('README.md');

describe('the README', () => {
  it('has the example that is compiled and driven by the tests', () => {
    const [, example] = /```tsx\n([\s\S]*?)```/.exec(readme)!;
    expect(example).toBe(read('test/readme/Download.tsx').replace('/api/files/node?rate=4000000', '/report.zip'));
  });

  it('has in its other examples what is compiled and run by the tests', () => {
    const files = readdirSync(new URL('../readme', import.meta.url)).filter((file) => file !== 'Download.tsx');
    const [, ...examples] = [...readme.matchAll(/^```(tsx?)\n(import [\s\S]*?)^```$/gm)];
    const written = examples.map(([, language, text]) => `${language}: ${text}`);
    expect(written.toSorted()).toEqual(
      files.map((file) => `${file.split('.').at(-1)}: ${read(`test/readme/${file}`)}`).toSorted(),
    );
  });

  it('says the sizes that are checked', () => {
    const limits = JSON.parse(read('.size-limit.json')) as Array<{ name: string; limit: string }>;
    const limitOf = (name: string): string => limits.find((limit) => limit.name.startsWith(name))!.limit;
    expect(readme.match(/[\d.]+ kB/g)).toEqual([limitOf('use-cancelable/core, all'), limitOf('use-cancelable, all')]);
  });

  it('names commands, files and pictures that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const [, command] of readme.matchAll(/npm (start|test|run [\w:-]+)/g)) {
      expect(scripts).toHaveProperty(command!.replace('run ', ''));
    }
    for (const [, path] of readme.matchAll(/\]\(((?!https?:)[^)]+)\)/g)) {
      expect(path).toSatisfy((each: string) => existsSync(new URL(`../../${each}`, import.meta.url)));
    }
  });
});
