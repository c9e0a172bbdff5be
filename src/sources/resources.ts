import { checkOptions, outOfRange, wrongType } from '../base/checks.js';
import { toPositiveMilliseconds, type Duration } from '../base/duration.js';
import { detail, type SourceRequest } from '../operation/request.js';
import { checkFeature, createSource, type NamedSource } from './namedSource.js';
import { poll } from './poll.js';

/**
 * Limits in percent, 0 to 100; at least one.
 *
 * @example
 * resources({ storage: 90, battery: 10, interval: 10_000 });
 */
export interface ResourceOptions {
  /** Fires when this much of the memory that scripts may take is in use, or more. Chromium only (`performance.memory`, rounded). */
  readonly memory?: number | undefined;
  /** Fires when this much of the site's storage is in use, or more. Secure pages only (`navigator.storage.estimate`). */
  readonly storage?: number | undefined;
  /** Fires when the battery has this much left, or less, and is not being charged. Chromium, secure pages (`navigator.getBattery`). */
  readonly battery?: number | undefined;
  /** From the end of one check to the next. Default: 5000 ms. */
  readonly interval?: Duration | undefined;
}

// What TypeScript's DOM library leaves out: both are in Chromium alone.
interface MemoryInfo {
  readonly usedJSHeapSize: number;
  readonly jsHeapSizeLimit: number;
}
interface Battery {
  readonly charging: boolean;
  readonly level: number;
}
type Device = Partial<Pick<Navigator, 'storage'>> & { readonly getBattery?: () => Promise<Battery> };
const memory = (): MemoryInfo | undefined => (performance as { memory?: MemoryInfo }).memory;
const device = (): Device => globalThis.navigator ?? {};

interface Metric {
  readonly api: string;
  readonly exists: () => boolean;
  /** In percent; NaN, which is beyond no limit, where the browser does not say. */
  readonly read: () => number | Promise<number>;
}

const metrics = {
  memory: {
    api: 'performance.memory',
    exists: () => memory() !== undefined,
    read: () => (memory()!.usedJSHeapSize / memory()!.jsHeapSizeLimit) * 100,
  },
  storage: {
    api: 'navigator.storage.estimate',
    exists: () => device().storage?.estimate !== undefined,
    read: () =>
      device()
        .storage!.estimate()
        .then(({ usage = NaN, quota = NaN }) => (usage / quota) * 100),
  },
  battery: {
    api: 'navigator.getBattery',
    exists: () => device().getBattery !== undefined,
    read: () => device().getBattery!().then(({ charging, level }) => (charging ? NaN : level * 100)),
  },
} satisfies Record<string, Metric>;

const limits = Object.keys(metrics) as ReadonlyArray<keyof typeof metrics>; // what was written above

/**
 * Fires when a resource of the device runs short, with reason `condition`; the message and `error.conditionName` say which.
 * The first check comes at once. What has no limit is never asked. A check that fails is handed to `reportError` and the next
 * comes as usual. Throws an Error that names it when the browser lacks what a limit needs, a RangeError for a limit outside
 * of 0 to 100.
 *
 * @example
 * const op = new Cancelable({ sources: [resources({ memory: 90 })] }); // in Chromium
 */
export function resources(options: ResourceOptions): NamedSource {
  const checks = { memory: checkLimit, storage: checkLimit, battery: checkLimit, interval: toPositiveMilliseconds };
  checkOptions('The options of resources', options, checks);
  const interval = toPositiveMilliseconds('Option "interval"', options.interval ?? 5000);
  const watched = limits.filter((name) => options[name] !== undefined);
  if (watched.length === 0) throw new TypeError('The options of resources need one of "memory", "storage", "battery".');
  const given = watched.map((name) => ({ name, limit: options[name]!, metric: metrics[name] })); // those that are set
  for (const { name, metric } of given) checkFeature(`resources: "${name}"`, metric.api, metric.exists());
  return createSource('resources', 'condition', (fire) => {
    const stops: Array<() => void> = [];
    let fired = false;
    for (const { name, limit, metric } of given) {
      const tell = (value: number): string =>
        (name === 'battery' ? value <= limit : value >= limit) ? `${name} at ${Math.round(value)}%` : '';
      const check = (): string | Promise<string> => {
        const value = metric.read();
        return typeof value === 'number' ? tell(value) : value.then(tell);
      };
      const onMet = (said: string): void => {
        fired = true;
        const message = `Operation canceled: ${said}, limit ${limit}%`;
        const request: SourceRequest = { reason: 'condition', message, [detail]: name };
        fire(request);
      };
      // One that has fired keeps the rest from being asked.
      if (!fired) stops.push(poll(check, interval, onMet));
    }
    return () => {
      for (const stop of stops) stop();
    };
  });
}

function checkLimit(option: string, value: unknown): void {
  if (typeof value !== 'number') throw wrongType(option, 'a number', value);
  if (!(value >= 0 && value <= 100)) throw outOfRange(option, 'a percentage from 0 to 100', value);
}
