import { afterAll, afterEach, beforeEach, expect } from 'vitest';

type Pattern = string | RegExp;

let written: string[] = [];
let expected: Pattern[] = [];

/** Says that the running test makes `console.error` or `console.warn` write a line that matches. It fails when none does. */
export function expectConsoleError(pattern: Pattern): void {
  expected.push(pattern);
}

/** From now on a test fails when `console.error` or `console.warn` wrote something that it did not expect. */
export function watchConsole(): void {
  const restores = [watch('error'), watch('warn')];
  beforeEach(() => check('before the test'));
  afterEach(() => check('during the test'));
  afterAll(() => {
    check('after the last test');
    for (const restore of restores) restore();
  });
}

function watch(method: 'error' | 'warn'): () => void {
  const write = console[method];
  // Assigned, not spied on: `vi.restoreAllMocks()` in a test must not end the watch.
  console[method] = (...parts: unknown[]): void => {
    const line = format(parts);
    written.push(line);
    if (!expected.some((pattern) => matches(line, pattern))) write.apply(console, parts);
  };
  return () => {
    console[method] = write;
  };
}

function check(when: string): void {
  const unexpected = written.filter((line) => !expected.some((pattern) => matches(line, pattern)));
  const missing = expected.filter((pattern) => !written.some((line) => matches(line, pattern)));
  written = [];
  expected = [];
  expect(unexpected, `the console was given this ${when}`).toEqual([]);
  expect(missing, 'the console was expected to be given this and was not').toEqual([]);
}

function matches(line: string, pattern: Pattern): boolean {
  return typeof pattern === 'string' ? line.includes(pattern) : pattern.test(line);
}

// React writes its warnings as a format with the values behind it.
function format([first, ...rest]: unknown[]): string {
  const text = String(first).replace(/%[sdifoOc]/g, (directive) =>
    rest.length > 0 ? String(rest.shift()) : directive,
  );
  return [text, ...rest.map(String)].join(' ');
}
