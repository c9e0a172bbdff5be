import { checkFunction, checkOptions, checkString, outOfRange, wrongType } from '../base/checks.js';
import { reportError } from '../base/reportError.js';
import { detail, type SourceRequest } from '../operation/request.js';
import { callWith } from '../operation/stack.js';
import { createSource, type NamedSource } from './namedSource.js';

/**
 * What `fromEvent` may be given.
 *
 * @example
 * fromEvent(window, 'keydown', { filter: (event) => event.key === 'Escape' });
 */
export interface EventOptions<E extends Event = Event> {
  /** Only events for which it says true count. Default: all. What it throws goes to `reportError`, and the event does not count. */
  readonly filter?: ((event: E) => boolean) | undefined;
}

/**
 * Fires when the event happens, with reason `signal`; `error.event` is its type, `cause` the event itself. What has happened
 * before the operation started does not count; where that matters, combine it with a `condition` that looks at the state.
 *
 * @param target - Anything with `addEventListener` and `removeEventListener`.
 * @example
 * const op = new Cancelable({ sources: [fromEvent(socket, 'close', { filter: (event) => event.code !== 1000 })] });
 */
export function fromEvent<Type extends keyof WindowEventMap>(
  target: Window,
  type: Type,
  options?: EventOptions<WindowEventMap[Type]>,
): NamedSource;
export function fromEvent<Type extends keyof DocumentEventMap>(
  target: Document,
  type: Type,
  options?: EventOptions<DocumentEventMap[Type]>,
): NamedSource;
export function fromEvent<Type extends keyof HTMLElementEventMap>(
  target: HTMLElement,
  type: Type,
  options?: EventOptions<HTMLElementEventMap[Type]>,
): NamedSource;
export function fromEvent<Type extends keyof WebSocketEventMap>(
  target: WebSocket,
  type: Type,
  options?: EventOptions<WebSocketEventMap[Type]>,
): NamedSource;
export function fromEvent<E extends Event = Event>(
  target: EventTarget,
  type: string,
  options?: EventOptions<E>,
): NamedSource;
export function fromEvent(target: EventTarget, type: string, options: EventOptions<never> = {}): NamedSource {
  const { addEventListener, removeEventListener } = (target ?? {}) as Partial<EventTarget>; // that is what is checked
  if (typeof addEventListener !== 'function' || typeof removeEventListener !== 'function')
    throw wrongType('The target of fromEvent', 'an EventTarget', target);
  checkString('The event type', type);
  if (type === '') throw outOfRange('The event type', 'a string that is not empty', type);
  checkOptions('The options of fromEvent', options, { filter: checkFunction });
  const filter = options.filter as ((event: Event) => boolean) | undefined; // the caller knows the events of its target
  return createSource(type, 'signal', (fire) => {
    const listener = (event: Event): void => {
      if (filter === undefined || passes(filter, event)) fire(requestOfEvent(type, event));
    };
    target.addEventListener(type, listener);
    return () => target.removeEventListener(type, listener);
  });
}

/** What an event says as a cancelation. */
export function requestOfEvent(type: string, event?: Event): SourceRequest {
  return { reason: 'signal', message: `Operation canceled by signal ${type}`, cause: event, [detail]: type };
}

// An event may be dispatched by the body of some operation: the filter belongs to none.
function passes(filter: (event: Event) => boolean, event: Event): boolean {
  try {
    return callWith(undefined, () => filter(event));
  } catch (error) {
    reportError(error);
    return false;
  }
}
