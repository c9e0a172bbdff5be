import type { ReactNode } from 'react';
import { formatPercent } from '../words/format.ts';
import { Facts } from './Facts.tsx';

interface FigureProps {
  readonly percent: number | undefined;
  readonly digits?: number;
  readonly facts: Record<string, ReactNode>;
}

/** The one big figure of a page, with its facts. */
export function Figure({ percent, digits = 0, facts }: FigureProps): ReactNode {
  return (
    <div className="figure">
      <p className="big tabular">
        {formatPercent(percent, digits)}
        <small>%</small>
      </p>
      <Facts facts={facts} />
    </div>
  );
}
