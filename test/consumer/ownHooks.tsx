// What a team writes of its own, compiled against the built package as a consumer would: with declarations, with the
// declarations of libraries checked, in the oldest and in the newest TypeScript that is supported.
import { useRef } from 'react';
import { ProgressBar, useBoundary, useCancelable, useProgress } from 'use-cancelable';
import { Cancelable, wait } from 'use-cancelable/core';

export function useAnything() {
  const { run, settle, cancel } = useCancelable();
  return { run, settle, cancel };
}

export function useStop() {
  return { stop: useBoundary()?.cancel };
}

export function useSave() {
  return useCancelable(async (op: Cancelable, draft: { text: string }) => {
    await op.sleep(1);
    return draft.text.length;
  });
}

export function useSlowPercent(op: Cancelable): number {
  return useProgress(op, { throttle: 500, select: (view) => Math.floor(view.progress ?? 0) });
}

export async function lengthOfSaved(): Promise<number> {
  const outcome = await new Cancelable().settle(function* () {
    return yield* wait(Promise.resolve('text'));
  });
  if (outcome.status === 'completed') return outcome.value.length;
  if (outcome.status === 'canceled') throw new Error(`${outcome.reason}: ${String(outcome.error.rootCause)}`);
  throw outcome.error;
}

export function useGenerators() {
  const { run } = useCancelable();
  return () =>
    void run(function* (op) {
      return yield* op.wait(Promise.resolve(1));
    }).then((one) => one.toFixed());
}

export function Bar() {
  const element = useRef<HTMLProgressElement>(null);
  const { cancel } = useCancelable();
  return (
    <button onClick={cancel}>
      <ProgressBar ref={element} aria-label="Work" />
    </button>
  );
}
