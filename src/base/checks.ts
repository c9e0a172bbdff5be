/** What came, for a message: `-5 (number)`, `"ten" (string)`, `null`, `an instance of Map`. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') return `${JSON.stringify(value)} (string)`;
  if (typeof value === 'function') return value.name === '' ? 'a function' : `the function ${value.name}`;
  if (typeof value !== 'object') return `${(value as number | bigint | boolean | symbol).toString()} (${typeof value})`;
  if (Array.isArray(value)) return 'an array';
  const name: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === 'string' && name !== 'Object' ? `an instance of ${name}` : 'an object';
}

export function wrongType(option: string, expected: string, value: unknown): TypeError {
  return new TypeError(`${option} must be ${expected}; got ${describe(value)}.`);
}

export function outOfRange(option: string, expected: string, value: unknown): RangeError {
  return new RangeError(`${option} must be ${expected}; got ${describe(value)}.`);
}

export function checkFunction(option: string, value: unknown): void {
  if (typeof value !== 'function') throw wrongType(option, 'a function', value);
}

export function checkBoolean(option: string, value: unknown): void {
  if (typeof value !== 'boolean') throw wrongType(option, 'true or false', value);
}

export function checkString(option: string, value: unknown): void {
  if (typeof value !== 'string') throw wrongType(option, 'a string', value);
}

export function checkOneOf(option: string, allowed: readonly string[], value: unknown): void {
  if (typeof value === 'string' && allowed.includes(value)) return;
  throw wrongType(option, `one of ${quoteAll(allowed)}`, value);
}

export function checkObject(option: string, value: unknown): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(option, 'an object', value);
}

export function checkCount(option: string, value: unknown): void {
  if (typeof value !== 'number') throw wrongType(option, 'a number', value);
  if (!(Number.isInteger(value) && value > 0)) throw outOfRange(option, 'a whole number above zero', value);
}

/** Refuses what is not in the list: a misspelled option must not be ignored. */
export function checkKeys(what: string, options: object, known: readonly string[]): void {
  for (const key in options) {
    if (!known.includes(key)) throw new TypeError(`${what}: unknown option "${key}"; known are ${quoteAll(known)}.`);
  }
}

/** Looks at one option that was given; throws what is wrong with it. `option` is how the error names it. */
export type Check = (option: string, value: unknown) => void;

/** Checks every option that was given and refuses unknown ones. */
export function checkOptions(what: string, options: unknown, checks: Readonly<Record<string, Check>>): void {
  checkObject(what, options);
  for (const key in options) {
    if (!Object.hasOwn(checks, key)) checkKeys(what, options, Object.keys(checks));
    const value: unknown = options[key as keyof typeof options];
    if (value !== undefined) checks[key]!(`Option "${key}"`, value);
  }
}

/** An AbortSignal of this or of another realm or polyfill: told by what is used of it. */
export function isAbortSignal(value: unknown): value is AbortSignal {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as AbortSignal).aborted === 'boolean' &&
    typeof (value as AbortSignal).addEventListener === 'function'
  );
}

export function quoteAll(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(', ');
}
