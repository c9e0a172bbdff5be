import { checkOptions } from '../base/checks.js';
import { formatDuration, toMilliseconds, type Duration } from '../base/duration.js';
import { startTimer } from '../base/timer.js';
import { checkFeature, createSource, type NamedSource } from './namedSource.js';

/**
 * What `pageHidden` may be given.
 *
 * @example
 * pageHidden({ for: { minutes: 5 } });
 */
export interface PageHiddenOptions {
  /** How long it has to be hidden without a break. Default: 0, at once. */
  readonly for?: Duration | undefined;
}

/**
 * Fires when the page is hidden: another tab, a minimized window, a locked phone; with reason `hidden`. A page that is hidden
 * when the operation starts counts as hidden from then on. Browsers slow the timers of a hidden page down to one a minute, so
 * it may fire that much late; if the page is frozen, as soon as it is shown again. Throws where there is no page.
 *
 * @example
 * const op = new Cancelable({ sources: [pageHidden({ for: { minutes: 5 } })] });
 */
export function pageHidden(options: PageHiddenOptions = {}): NamedSource {
  checkOptions('The options of pageHidden', options, { for: toMilliseconds });
  checkFeature('pageHidden', 'a page', typeof document !== 'undefined');
  const milliseconds = toMilliseconds('Option "for"', options.for ?? 0);
  const message = `The page is hidden${milliseconds === 0 ? '' : ` for ${formatDuration(milliseconds)}`}`;
  return createSource('pageHidden', 'hidden', (fire) => {
    let stopTimer: (() => void) | undefined;
    let hiddenAt: number | undefined;
    const hidden = (): void => fire({ reason: 'hidden', message });
    const look = (): void => {
      const now = performance.now();
      if (hiddenAt !== undefined && now - hiddenAt >= milliseconds) return hidden();
      stopTimer?.();
      hiddenAt = undefined;
      if (!document.hidden) return;
      if (milliseconds === 0) return hidden();
      hiddenAt = now;
      stopTimer = startTimer(hidden, milliseconds);
    };
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      document.removeEventListener('visibilitychange', look);
      stopTimer?.();
    };
  });
}
