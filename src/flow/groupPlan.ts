import { checkCount, checkOptions } from '../base/checks.js';
import type { Body } from '../operation/body.js';
import type { Operation } from '../operation/node.js';
import type { Reader } from './openSource.js';

/**
 * What `all` and `map` may be told.
 *
 * @example
 * await op.map(files, upload, { concurrency: 4 });
 */
export interface GroupOptions {
  /** How many may run at the same time. Default: Infinity. */
  readonly concurrency?: number | undefined;
}

/**
 * What comes of a function that returned this: the value of the promise, or of the generator.
 *
 * @example
 * type Rows = BodyValue<Promise<Row[]>>; // Row[]
 */
export type BodyValue<R> = R extends Generator<unknown, infer T> ? T : Awaited<R>;

/**
 * What comes of each of the bodies.
 *
 * @example
 * type Loaded = BodyValues<[typeof loadUser, typeof loadRows]>; // [User, Row[]]
 */
export type BodyValues<F extends readonly unknown[]> = {
  -readonly [K in keyof F]: F[K] extends (...args: never) => infer R ? BodyValue<R> : never;
};

/** An operation that children can be made of, as the public class is. */
export interface Scope extends Operation {
  child(): Operation;
}

/** The work of a group, checked. */
export interface GroupPlan {
  readonly reader: Reader<unknown>;
  readonly toBody: (item: unknown, index: number) => Body;
  readonly concurrency: number;
  /** The first one that ends decides, whatever it ends with. */
  readonly isRace?: boolean;
  readonly reportsProgress?: boolean;
}

/** The option, checked. */
export function concurrencyOf(name: string, options: GroupOptions = {}): number {
  checkOptions(`The options of ${name}`, options, {
    concurrency(option, value) {
      if (value !== Infinity) checkCount(option, value);
    },
  });
  return options.concurrency ?? Infinity;
}
