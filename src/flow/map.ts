import { checkFunction } from '../base/checks.js';
import { concurrencyOf, type GroupOptions, type GroupPlan } from './groupPlan.js';
import { openSource, type StreamSource } from './openSource.js';

/** One child for each item, which it reads when there is room for it. */
export function planMap<T>(
  source: StreamSource<T>,
  body: (operation: never, item: T, index: number) => unknown,
  options: GroupOptions | undefined,
): GroupPlan {
  checkFunction('The function of map', body);
  const concurrency = concurrencyOf('map', options);
  return {
    reader: openSource(source),
    // The items are those of the source.
    toBody: (item, index) => (operation) => body(operation, item as T, index),
    concurrency,
    reportsProgress: true,
  };
}
