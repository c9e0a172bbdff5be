import { runGroup } from '../flow/group.js';
import type { GroupPlan } from '../flow/groupPlan.js';
import type { Awaitable } from '../operation/awaitable.js';
import { Cancelable } from './Cancelable.js';
import { currentOperation } from './current.js';

/** The group in the current operation; where there is none or it has completed, in a root that ends with the group. */
export function inScope(name: string, plan: GroupPlan): Awaitable<unknown> {
  const current = currentOperation();
  if (current !== undefined && !current.isCompleted) return runGroup(current, plan);
  return new Cancelable({ name, parent: null }).run((op) => runGroup(op, plan));
}
