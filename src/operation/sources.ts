import { isAbortSignal, wrongType } from '../base/checks.js';
import { callSafely } from '../base/listeners.js';
import { coldOf, type Operation } from './node.js';
import { checkRequest } from './request.js';
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
  const end = (): void => {
    stopped = true;
    controller?.abort();
  };
  const fireOnce: Fire = (cause) => {
    if (!stopped) fire(cause);
  };
  let stop: (() => void) | void | undefined;
  try {
    stop = callWith(undefined, () => source.start(fireOnce, lifetime));
  } catch (error) {
    end();
    throw error;
  }
  return () => {
    if (stopped) return;
    end();
    if (typeof stop === 'function') void callSafely(() => callWith(undefined, stop));
  };
}

/** Stops all that an operation has started to listen to. */
export function stopSources(node: Operation): void {
  const cold = node.cold;
  if (cold === undefined) return;
  for (const signal of cold.followedSignals) unfollowSignal(node, signal);
  for (const token of cold.followedTokens ?? []) token.followers.delete(node);
  cold.followedTokens = undefined;
  cold.members = undefined;
  const stops = cold.stops;
  cold.stops = undefined;
  for (const stop of stops ?? []) stop();
}

/** What a source says when it fires, as a cancelation. */
export function toRequest(cause: string | CancelRequest | undefined): CancelRequest {
  const request = checkRequest('fire', cause);
  return { ...request, reason: request.reason ?? 'condition' };
}

export function checkSources(option: string, sources: unknown): void {
  if (!Array.isArray(sources)) throw wrongType(option, 'an array of sources', sources);
  for (const [index, source] of (sources as unknown[]).entries()) {
    checkSource(option.replace(/("?)$/, `[${index}]$1`), source);
  }
}

export function checkSource(option: string, source: unknown): void {
  if (isAbortSignal(source) || isCustomSource(source)) return;
  throw wrongType(option, 'an AbortSignal or an object with a start method', source);
}

/** Writes what may cancel the operation into its record; signals are kept apart because they are merged. */
export function setSources(node: Operation, sources: readonly Source[]): void {
  const cold = coldOf(node);
  cold.foreignSignals = [...cold.foreignSignals, ...sources.filter(isAbortSignal)];
  cold.sources = [...cold.sources, ...sources.filter(isCustomSource)];
}

function isCustomSource(value: unknown): value is CustomSource {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isAbortSignal(value) &&
    typeof (value as CustomSource).start === 'function'
  );
}
