import type { CustomSource, Reason } from '../operation/types.js';

/**
 * A source of this package: it says what it is and why it would cancel; as text, `offline (signal)`.
 *
 * @example
 * const source: NamedSource = offline();
 * String(source); // 'offline (signal)'
 */
export interface NamedSource extends CustomSource {
  readonly name: string;
  /** What the operation's `reason` will be. */
  readonly reason: Reason;
  toString(): string;
}

/** What `start` keeps of a run belongs in its closure: one source may serve several operations at once. */
export function createSource(name: string, reason: Reason, start: CustomSource['start']): NamedSource {
  return { name, reason, start, toString: () => `${name} (${reason})` };
}

/** An absent browser API is told when the source is made: a source that can't fire would guard nothing. */
export function checkFeature(source: string, feature: string, isThere: boolean): void {
  if (!isThere) throw new Error(`${source} needs ${feature}, which does not exist here.`);
}
