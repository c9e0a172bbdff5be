import type { CSSProperties, ReactNode } from 'react';
import { formatSeconds } from '../words/format.ts';
import { useNow } from './useNow.ts';

interface DeadlineProps {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Epoch milliseconds: when it began to count. */
  readonly since: number;
  readonly children: (left: string, track: ReactNode) => ReactNode;
}

/** The time that is left, as a line that shrinks. Redrawn in each frame, never animated: it tells the truth, not a story. */
export function Deadline({ at, since, children }: DeadlineProps): ReactNode {
  const left = Math.max(0, at - useNow(true));
  const share = Math.min(1, left / (at - since));
  const track = (
    <span
      className={share < 0.2 ? 'track low' : 'track'}
      style={{ '--value': share * 100 } as CSSProperties}
      aria-hidden="true"
    >
      <i />
    </span>
  );
  return children(formatSeconds(left), track);
}
