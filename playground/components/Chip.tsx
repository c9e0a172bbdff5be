import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import { isOutcome, type Look, toneOf } from './look.ts';

interface ChipProps {
  readonly look: Look;
  readonly children: ReactNode;
  /** The reason, in words. */
  readonly why?: ReactNode;
  /** Without ground and padding, for rows that have their own ground. */
  readonly bare?: boolean;
}

/** A status in shape, color and words. Only outcomes have a ground. */
export function Chip({ look, children, why, bare = false }: ChipProps): ReactNode {
  return (
    <span className={`chip ${toneOf(look)} ${bare ? 'bare' : isOutcome(look) ? '' : 'calm'}`}>
      <Icon name={look} />
      <span>{children}</span>
      {why !== undefined && <span className="why">{why}</span>}
    </span>
  );
}
