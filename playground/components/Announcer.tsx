import type { ReactNode } from 'react';
import { type Cancelable, useProgress } from 'use-cancelable';

/** Says the start and every tenth to screen readers; the end has a word of its own. It renders ten times, however often progress is reported. */
export function Announcer({ op, name }: { readonly op: Cancelable; readonly name: string }): ReactNode {
  const tenths = useProgress(op, { select: ({ progress = 0 }) => Math.floor(progress / 10) });
  return (
    <p className="visually-hidden" aria-live="polite">
      {tenths === 0 ? `${name} has started` : `${name}, ${tenths * 10} percent`}
    </p>
  );
}
