import { fromEvent } from './fromEvent.js';
import { checkFeature, type NamedSource } from './namedSource.js';

/**
 * Fires when the page is left for good, with reason `signal` and event `pagehide`. A page that the browser keeps, to show it
 * again on Back (HTML, `persisted` of the event), does not count. Nor does a page that is only covered: see `pageHidden`.
 * Throws where there is no page.
 *
 * @example
 * const op = new Cancelable({ sources: [pageHide()] });
 */
export function pageHide(): NamedSource {
  checkFeature('pageHide', 'a page', typeof document !== 'undefined');
  return fromEvent(window, 'pagehide', { filter: (event) => !event.persisted });
}
