import type { ReactNode } from 'react';
import { type OperationView, progressOf } from '../operations/view.ts';
import { formatPercent, unknown } from '../words/format.ts';
import { Bar } from './Bar.tsx';
import { lookOf } from './look.ts';
import { StatusIcon } from './StatusIcon.tsx';

interface NestedOperationsProps {
  readonly views: readonly OperationView[];
  readonly note: (view: OperationView) => string;
}

/** The operations below one, on a tree line under its bar. */
export function NestedOperations({ views, note }: NestedOperationsProps): ReactNode {
  return (
    <ul className="nest">
      {views.map((view) => {
        const look = lookOf(view);
        const value = progressOf(view);
        return (
          <li key={view.id}>
            <span className="name">
              <StatusIcon look={look} />
              {view.name}
            </span>
            <Bar look={look} value={value} size="small" />
            <span className="percent tabular">{value === undefined ? unknown : `${formatPercent(value, 1)} %`}</span>
            <span className="note tabular">{note(view)}</span>
          </li>
        );
      })}
    </ul>
  );
}
