import type { ReactNode } from 'react';
import type { OperationView } from '../operations/view.ts';
import { formatMoment } from '../words/format.ts';
import { whyStopped } from '../words/reasons.ts';
import { Chip } from './Chip.tsx';
import { lookOf } from './look.ts';

interface VerdictProps {
  readonly view: OperationView;
  readonly views: readonly OperationView[];
  readonly children: ReactNode;
}

/** How it ended, in one sentence. A failure interrupts a screen reader, any other end waits for its turn. */
export function Verdict({ view, views, children }: VerdictProps): ReactNode {
  const { status, startTime = 0, endTime = 0 } = view;
  const why =
    status === 'canceled'
      ? whyStopped(view, views)
      : status === 'completed'
        ? formatMoment(endTime - startTime)
        : undefined;
  return (
    <div className="verdict" role={status === 'failed' ? 'alert' : 'status'}>
      <div>
        <Chip look={lookOf(view)} why={why}>
          {status[0]?.toUpperCase()}
          {status.slice(1)}
        </Chip>
      </div>
      <h2>{children}</h2>
    </div>
  );
}
