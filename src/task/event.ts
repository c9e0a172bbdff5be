/** What an event handler is given, of React or of the DOM. */
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
