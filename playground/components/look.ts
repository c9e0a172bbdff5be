/** What a status looks like: one shape and one color each. A routine cancelation has a shape of its own. */
export type Look =
  | 'pending'
  | 'running'
  | 'completed'
  | 'canceled'
  | 'superseded'
  | 'failed'
  | 'shielded'
  | 'abandoned';

/** The class that sets the colors: both kinds of cancelation share theirs. */
export function toneOf(look: Look): string {
  return look === 'superseded' ? 'canceled' : look;
}

/** True for an end that somebody may want to know of; the rest goes without a ground. */
export function isOutcome(look: Look): boolean {
  return look !== 'pending' && look !== 'running' && look !== 'superseded';
}

/** True when the work stopped on the way: its bar shows the cut. */
export function isCut(look: Look): boolean {
  return look === 'canceled' || look === 'superseded' || look === 'failed' || look === 'abandoned';
}

/** The look of an operation, from what it says of itself. */
export function lookOf(operation: {
  readonly status: 'idle' | 'pending' | 'running' | 'completed' | 'canceled' | 'failed' | 'shielded';
  readonly reason?: string | undefined;
  readonly isAbandoned?: boolean | undefined;
}): Look {
  if (operation.isAbandoned === true) return 'abandoned';
  if (operation.status === 'idle') return 'pending';
  if (operation.status !== 'canceled') return operation.status;
  return operation.reason === 'superseded' || operation.reason === 'dropped' ? 'superseded' : 'canceled';
}
