import { afterAll, afterEach, beforeEach, expect } from 'vitest';

type Pattern = string | RegExp;

let written: string[] = [];
let expected: Pattern[] = [];

/** Says that the running test makes `console.error` write a line that matches. It fails when none does. */
export function expectConsoleError(pattern: Pattern): void {
  expected.push(pattern);
}

/** From now on a test fails when `console.error` wrote something that it did not expect. */
export function watchConsoleErrors(): void {
  const write = console.error;
  // Assigned, not spied on: `vi.restoreAllMocks()` in a test must not end the watch.
  console.error = (...parts: unknown[]): void => {
    const line = format(parts);
    written.push(line);
    if (!expected.some((pattern) => matches(line, pattern))) write.apply(console, parts);
  };
  beforeEach(() => check('before the test'));
  afterEach(() => check('during the test'));
  afterAll(() => {
    check('after the last test');
    console.error = write;
  });
}

function check(when: string): void {
  const unexpected = written.filter((line) => !expected.some((pattern) => matches(line, pattern)));
  const missing = expected.filter((pattern) => !written.some((line) => matches(line, pattern)));
  written = [];
  expected = [];
  expect(unexpected, `console.error wrote this ${when}`).toEqual([]);
  expect(missing, 'console.error was expected to write this and did not').toEqual([]);
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
