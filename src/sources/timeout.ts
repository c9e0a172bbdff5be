import { formatDuration, toPositiveMilliseconds, type Duration } from '../base/duration.js';
import { startTimer } from '../base/timer.js';
import { detail, type SourceRequest } from '../operation/request.js';
import { createSource, type NamedSource } from './namedSource.js';

/**
 * Fires when the operation has run this long, with reason `timeout`. For combinations; for an operation alone its option
 * `timeout` does the same at less cost, shows in `op.deadline` and is not late in a hidden tab, where browsers slow timers
 * down. Throws a RangeError unless the duration (milliseconds or its parts) is above zero.
 *
 * @example
 * const atLeastOneSecond = allOf(timeout(1000), condition(() => rows.length >= 100));
 */
export function timeout(duration: Duration): NamedSource {
  const milliseconds = toPositiveMilliseconds('The timeout', duration);
  return createSource('timeout', 'timeout', (fire) =>
    startTimer(() => {
      const message = `Operation timed out after ${formatDuration(milliseconds)}`;
      const request: SourceRequest = { reason: 'timeout', message, [detail]: milliseconds };
      fire(request);
    }, milliseconds),
  );
}
