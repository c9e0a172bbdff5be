import { checkFunction, checkKeys, checkObject, isAbortSignal, wrongType } from '../base/checks.js';
import { standing, withListener, type Listeners, type Registration } from '../base/listeners.js';
import { coldOf, type Cold, type Operation } from './node.js';

/**
 * How a callback may be unregistered before the operation ends.
 *
 * @example
 * op.onProgress(show, { signal: panel.signal });
 */
export interface ListenOptions {
  /** Unregisters the callback when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

type ListenerName = 'onStart' | 'onComplete' | 'onCancel' | 'onError' | 'onProgress';
type ListenerOf<Event extends ListenerName> = NonNullable<Cold[Event]>[number]['callback'];

/** Registers a callback of the operation. One that comes after the end is never called. */
export function listen<Event extends ListenerName>(
  node: Operation,
  event: Event,
  callback: ListenerOf<Event>,
  options: ListenOptions | undefined,
): void {
  checkFunction(`The callback of ${event}`, callback);
  const signal = checkListenOptions(event, options);
  const cold: { [Name in Event]: Listeners<Registration<ListenerOf<Name>>> } = coldOf(node);
  cold[event] = withListener(standing(cold[event]), { callback, signal });
}

function checkListenOptions(event: string, options: ListenOptions | undefined): AbortSignal | undefined {
  if (options === undefined) return undefined;
  checkObject(`The options of ${event}`, options);
  checkKeys(`The options of ${event}`, options, ['signal']);
  const { signal } = options;
  if (signal !== undefined && !isAbortSignal(signal)) throw wrongType(`${event}: "signal"`, 'an AbortSignal', signal);
  return signal;
}
