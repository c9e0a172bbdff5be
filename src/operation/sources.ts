import { isAbortSignal, wrongType } from '../base/checks.js';
import { callSafely } from '../base/listeners.js';
import { coldOf, type Operation } from './node.js';
import { unfollowSignal } from './signal.js';
import { callWith } from './stack.js';
import type { CancelRequest, CustomSource, Source, SourceLifetime } from './types.js';

export type Fire = (cause?: string | CancelRequest) => void;

/**
 * Starts a source. The returned function stops it, once, whether it has been returned yet or the source fired while
 * starting. Throws what `start` throws.
 */
export function startSource(source: CustomSource, fire: Fire): () => void {
  let controller: AbortController | undefined;
  let stopped = false;
  const lifetime: SourceLifetime = {
    get signal() {
      controller ??= new AbortController();
      if (stopped) controller.abort();
      return controller.signal;
    },
  };
  const stop = callWith(undefined, () => source.start((cause) => (stopped ? undefined : fire(cause)), lifetime));
  return () => {
    if (stopped) return;
    stopped = true;
    controller?.abort();
    if (stop !== undefined) void callSafely(() => callWith(undefined, stop));
  };
}

/** Stops all that an operation has started to listen to. */
export function stopSources(node: Operation): void {
  const cold = node.cold;
  if (cold === undefined) return;
  if (cold.followedSignal !== undefined) unfollowSignal(node, cold.followedSignal);
  cold.followedSignal = undefined;
  cold.followedToken?.followers.delete(node);
  const stops = cold.stops;
  cold.stops = undefined;
  for (const stop of stops ?? []) stop();
}

/** What a source says when it fires, as a cancelation. */
export function toRequest(cause: string | CancelRequest | undefined): CancelRequest {
  if (cause === undefined || typeof cause === 'string') return { reason: 'condition', message: cause };
  return { ...cause, reason: cause.reason ?? 'condition' };
}

export function checkSources(option: string, sources: unknown): void {
  if (!Array.isArray(sources)) throw wrongType(option, 'an array of sources', sources);
  for (const [index, source] of (sources as unknown[]).entries()) {
    if (isAbortSignal(source) || isCustomSource(source)) continue;
    throw wrongType(`${option}, entry ${index},`, 'an AbortSignal or an object with a start method', source);
  }
}

/** Writes what may cancel the operation into its record; signals are kept apart because they are merged. */
export function setSources(node: Operation, signal: AbortSignal | undefined, sources: readonly Source[] = []): void {
  const cold = coldOf(node);
  cold.foreignSignals = [...(signal === undefined ? [] : [signal]), ...sources.filter(isAbortSignal)];
  cold.sources = sources.filter(isCustomSource);
}

function isCustomSource(value: unknown): value is CustomSource {
  return typeof value === 'object' && value !== null && !isAbortSignal(value) && typeof (value as CustomSource).start === 'function';
}
