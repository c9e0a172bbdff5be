import type { ReactNode } from 'react';
import { Chip } from '../../components/Chip.tsx';
import { lookOf } from '../../components/look.ts';
import type { OperationView } from '../../operations/view.ts';
import { formatCount, formatMoment } from '../../words/format.ts';
import { whyStopped } from '../../words/reasons.ts';

/** What became of one search, in words. */
export function Fate({ view }: { readonly view: OperationView }): ReactNode {
  const look = lookOf(view);
  const { startTime = 0, endTime = 0 } = view;
  const took = formatMoment(endTime - startTime);
  switch (look) {
    case 'running':
    case 'pending':
      return <Chip look={look}>running</Chip>;
    case 'completed':
      return (
        <Chip
          look={look}
          why={<span className="tabular">{`${formatCount(view.progress.current ?? 0)} lines, ${took}`}</span>}
        >
          completed
        </Chip>
      );
    case 'superseded':
      return (
        <Chip look={look} why={<span className="tabular">after {took}</span>}>
          superseded
        </Chip>
      );
    default:
      return (
        <Chip look={look} why={whyStopped(view, [view])}>
          {look}
        </Chip>
      );
  }
}
