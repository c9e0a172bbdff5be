import type { ReactNode } from 'react';
import { axisWords } from './axis.ts';

/** The clock below the lanes; a column stands for this many milliseconds. */
export function Axis({ step }: { readonly step: number }): ReactNode {
  return (
    <li className="axis" aria-hidden="true">
      <span className="query" />
      <span className="lane">
        {axisWords(step).map((word) => (
          <span key={word} className="tabular">
            {word}
          </span>
        ))}
      </span>
    </li>
  );
}
