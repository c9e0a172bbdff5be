import { fromEvent, requestOfEvent } from './fromEvent.js';
import { checkFeature, createSource, type NamedSource } from './namedSource.js';

/**
 * Fires when the browser goes offline, at once when it is already (HTML, `navigator.onLine`: false means that there is
 * surely no connection, true does not mean that there is one), with reason `signal` and event `offline`. Throws where there
 * is no `navigator.onLine`.
 *
 * @example
 * const op = new Cancelable({ sources: [offline()] });
 */
export function offline(): NamedSource {
  checkFeature('offline', 'navigator.onLine', typeof globalThis.navigator?.onLine === 'boolean');
  const event = fromEvent(globalThis, 'offline');
  return createSource('offline', 'signal', (fire, lifetime) =>
    navigator.onLine ? event.start(fire, lifetime) : fire(requestOfEvent('offline')),
  );
}
