import { checkOneOf, checkOptions, checkString, outOfRange, wrongType, type Check } from '../base/checks.js';
import { Operation } from '../operation/node.js';
import type { OperationContext, Status } from '../operation/types.js';

/**
 * Which operations are meant: those that match all that is given.
 *
 * @example
 * registry.list({ status: ['running', 'shielded'], name: 'upload', limit: 10 });
 */
export interface OperationFilter {
  /** One status or several. */
  readonly status?: Status | readonly Status[] | undefined;
  /** The operation that they are direct children of, or its id. */
  readonly parent?: Operation | string | undefined;
  /** Part of the name, in upper or lower case. */
  readonly name?: string | undefined;
  /** Created at this time or later; in the history, ended. A Date or epoch milliseconds. */
  readonly since?: Date | number | undefined;
  /** The newest of them, at most so many. */
  readonly limit?: number | undefined;
}

/** In the order of a life. */
export const statuses: readonly Status[] = ['pending', 'running', 'shielded', 'completed', 'canceled', 'failed'];

export const checkLimit: Check = (option, value) => {
  if (typeof value !== 'number') throw wrongType(option, 'a number', value);
  if (!(value === Infinity || (Number.isInteger(value) && value >= 0)))
    throw outOfRange(option, 'a whole number, zero or more, or Infinity', value);
};

const checks: Readonly<Record<keyof OperationFilter, Check>> = {
  status(option, value) {
    for (const status of Array.isArray(value) ? (value as unknown[]) : [value]) checkOneOf(option, statuses, status);
  },
  parent(option, value) {
    if (!(value instanceof Operation) && typeof value !== 'string')
      throw wrongType(option, 'an operation or an id', value);
  },
  name: checkString,
  since(option, value) {
    if (!(value instanceof Date) && typeof value !== 'number')
      throw wrongType(option, 'a Date or a number of milliseconds', value);
    if (Number.isNaN(Number(value))) throw outOfRange(option, 'a time', value);
  },
  limit: checkLimit,
};

/** Refuses a filter that makes no sense. */
export function checkFilter(filter: OperationFilter | undefined): OperationFilter {
  if (filter !== undefined) checkOptions('The filter', filter, checks);
  return filter ?? {};
}

type Facts = Pick<OperationContext, 'status' | 'parentId' | 'name' | 'createdAt' | 'endTime'>;

/** Does the operation match, but for the limit? `time` is what `since` is compared with. */
export function matches(facts: Facts, filter: OperationFilter, time: 'createdAt' | 'endTime'): boolean {
  const { status, parent, name, since } = filter;
  return (
    (status === undefined || [status].flat().includes(facts.status)) &&
    (parent === undefined || facts.parentId === (typeof parent === 'string' ? parent : parent.id)) &&
    (name === undefined || facts.name?.toLowerCase().includes(name.toLowerCase()) === true) &&
    (since === undefined || (facts[time] ?? -Infinity) >= Number(since))
  );
}

/** The last ones of a list. */
export function newest<T>(list: readonly T[], limit = Infinity): T[] {
  return limit === 0 ? [] : list.slice(-limit);
}
