import { useInsertionEffect, useRef } from 'react';
import { checkFunction } from '../base/checks.js';
import type { ProgressView } from '../task/ProgressStore.js';
import { useLayoutEffectInBrowser } from './useLayoutEffectInBrowser.js';
import { useProgressStore, type ProgressTarget } from './useProgressStore.js';

/**
 * Calls back with the progress, without a render: for a bar of your own that writes to its element, the way `<ProgressBar>`
 * does. Called in a layout effect, and then at most once per frame, when the whole percent or the status has changed. It is
 * always the function of the last render that is called; what it throws later goes to `reportError`.
 *
 * @param target - Whose progress, as for `useProgress`. Undefined: the nearest boundary.
 * @example
 * const bar = useRef<HTMLDivElement>(null);
 * useProgressEffect(op, ({ progress }) => {
 *   bar.current!.style.inlineSize = `${progress ?? 0}%`;
 * });
 * return <div ref={bar} className="bar" />;
 */
export function useProgressEffect(target: ProgressTarget, write: (view: ProgressView) => void): void {
  checkFunction('The function of useProgressEffect', write);
  const store = useProgressStore(target);
  const latest = useRef(write);
  useInsertionEffect(() => {
    latest.current = write;
  });
  useLayoutEffectInBrowser(() => {
    let percent = NaN; // nothing was written yet
    let status = '';
    const look = (): void => {
      const nextPercent = Math.floor(store.percent ?? -1); // -1: nobody knows
      const { status: nextStatus } = store;
      if (nextPercent === percent && nextStatus === status) return;
      percent = nextPercent;
      status = nextStatus;
      latest.current(store.getView());
    };
    const unsubscribe = store.subscribe(look);
    look();
    return unsubscribe;
  }, [store]);
}
