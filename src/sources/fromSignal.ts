import { isAbortSignal, wrongType } from '../base/checks.js';
import { requestOfSignal } from '../operation/request.js';
import type { CustomSource, Source } from '../operation/types.js';
import { createSource, type NamedSource } from './namedSource.js';

/**
 * Fires when an AbortSignal is aborted, at once when it already is, with reason `signal`; `cause` is the signal's reason. An
 * AbortSignal is a source by itself: this gives one a name and a text. Among `sources` the signal itself costs less: all
 * operations under it share one listener.
 *
 * @example
 * const op = new Cancelable({ sources: [allOf(fromSignal(controller.signal), timeout(1000))] });
 */
export function fromSignal(signal: AbortSignal): NamedSource {
  if (!isAbortSignal(signal)) throw wrongType('The signal', 'an AbortSignal', signal);
  return createSource('signal', 'signal', (fire) => {
    const listener = (): void => fire(requestOfSignal(signal));
    if (signal.aborted) return listener();
    signal.addEventListener('abort', listener);
    return () => signal.removeEventListener('abort', listener);
  });
}

/** A source that can be started, whatever kind was given. */
export function toStartable(source: Source): CustomSource {
  return isAbortSignal(source) ? fromSignal(source) : source;
}
