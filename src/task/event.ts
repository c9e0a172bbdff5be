/**
 * What an event handler is given, of React or of the DOM.
 *
 * @example
 * const stop = (event: EventLike) => cancel(event); // the same as onClick={cancel}: no message
 */
export interface EventLike {
  readonly type: string;
  readonly target: unknown;
}

/** `onClick={cancel}` passes an event, which says nothing of why. */
export function withoutEvent<T>(argument: T | EventLike | undefined): T | undefined {
  if (typeof argument !== 'object' || argument === null || !('type' in argument) || !('target' in argument))
    return argument;
  return undefined;
}
