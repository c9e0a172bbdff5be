import { checkKeys, outOfRange, wrongType } from './checks.js';

/**
 * A length of time: a number of milliseconds, or its parts, which add up.
 *
 * @example
 * const timeout: Duration = { minutes: 1, seconds: 30 }; // the same as 90_000
 */
export type Duration =
  | number
  | {
      readonly hours?: number;
      readonly minutes?: number;
      readonly seconds?: number;
      readonly milliseconds?: number;
    };

const units = { hours: 3_600_000, minutes: 60_000, seconds: 1000, milliseconds: 1 } as const;
const expected = 'a number of milliseconds or a duration such as { seconds: 10 }';

/** The duration in milliseconds, zero or more; Infinity is allowed. `option` names it in the error. */
export function toMilliseconds(option: string, duration: unknown): number {
  const milliseconds = typeof duration === 'number' ? duration : sumOf(option, duration);
  if (!(milliseconds >= 0)) throw outOfRange(option, `${expected}, zero or more`, duration);
  return milliseconds;
}

/** As toMilliseconds, but refuses zero. */
export function toPositiveMilliseconds(option: string, duration: unknown): number {
  const milliseconds = typeof duration === 'number' ? duration : sumOf(option, duration);
  if (!(milliseconds > 0)) throw outOfRange(option, `${expected}, above zero`, duration);
  return milliseconds;
}

/** `250ms`, `1.5s`, `90s`. */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds}ms` : `${milliseconds / 1000}s`;
}

function sumOf(option: string, duration: unknown): number {
  if (typeof duration !== 'object' || duration === null || Array.isArray(duration))
    throw wrongType(option, expected, duration);
  checkKeys(option, duration, Object.keys(units));
  let sum = 0;
  for (const [unit, value] of Object.entries(duration) as Array<[keyof typeof units, number | undefined]>) {
    if (value === undefined) continue;
    if (typeof value !== 'number') throw wrongType(`${option}.${unit}`, 'a number', value);
    if (!(value >= 0)) throw outOfRange(`${option}.${unit}`, 'zero or more', value);
    sum += value * units[unit];
  }
  return sum;
}
