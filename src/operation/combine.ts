import { checkObject, wrongType } from '../base/checks.js';
import { coldOf, Operation } from './node.js';
import { tokenOf } from './operationToken.js';
import type { OperationOptions } from './options.js';

/**
 * Splits what `combine` was given: the operations, each once, and the options of the new one, which may come last. Its name
 * and the ids of its members are among them: who is told that it was made sees them.
 */
export function splitMembers(given: readonly unknown[]): { members: readonly Operation[]; options: OperationOptions } {
  const last = given.at(-1);
  // Plain objects only: a token or a signal among the members is no set of options.
  const hasOptions = typeof last === 'object' && last !== null && Object.getPrototypeOf(last) === Object.prototype;
  const members = new Set<Operation>();
  for (const member of hasOptions ? given.slice(0, -1) : given) {
    if (!(member instanceof Operation)) throw wrongType('A member of combine', 'an operation', member);
    members.add(member);
  }
  const options: OperationOptions = hasOptions ? last : {};
  const { name = `combined: ${[...members].map((member) => member.name ?? 'unnamed').join(', ')}`, metadata = {} } =
    options;
  checkObject('Option "metadata"', metadata);
  const combined = [...members].map(({ id }) => id);
  return { members: [...members], options: { ...options, name, metadata: { ...metadata, combined } } };
}

/**
 * A combined operation starts: it follows its members through their own tokens, which are canceled in the same step, and
 * takes on what members that have not started would listen to. Members of members that have not started count as its own.
 */
export function followMembers(node: Operation, direct: readonly Operation[]): void {
  const cold = coldOf(node);
  const members = new Set(direct); // it grows while it is walked
  const tokens = new Set(cold.followedTokens);
  const signals = new Set(cold.foreignSignals);
  const sources = new Set(cold.sources);
  for (const member of members) {
    tokens.add(tokenOf(member).state); // of one that has ended without being canceled, it never tells anything
    if (member.phase !== 'pending') continue;
    node.timeout = Math.min(node.timeout, member.timeout);
    const { followedTokens = [], foreignSignals, sources: own, members: below = [] } = coldOf(member);
    for (const token of followedTokens) tokens.add(token);
    for (const signal of foreignSignals) signals.add(signal);
    for (const source of own) sources.add(source);
    for (const each of below) members.add(each);
  }
  cold.members = [...members];
  cold.followedTokens = [...tokens];
  cold.foreignSignals = [...signals];
  cold.sources = [...sources];
}
