import type { CSSProperties, ReactNode } from 'react';
import { isCut, type Look, toneOf } from './look.ts';

interface BarProps {
  readonly look: Look;
  /** Percent; undefined while nobody knows. */
  readonly value: number | undefined;
  readonly size?: 'small' | 'fine';
}

/** How far something is, or where it was cut. Decoration: the words beside it say the same. */
export function Bar({ look, value, size }: BarProps): ReactNode {
  return (
    <span className={barClass(look, value, size)} style={barStyle(value)} aria-hidden="true">
      <i />
    </span>
  );
}

export function barClass(look: Look, value: number | undefined, size = ''): string {
  const isUnknown = value === undefined;
  const state = isCut(look) ? (isUnknown ? 'cut some' : 'cut') : isUnknown && look === 'running' ? 'wait' : '';
  return `bar ${size} ${state} ${toneOf(look)}`;
}

export function barStyle(value: number | undefined): CSSProperties {
  // A custom property is not among React's known style names.
  return { '--value': value ?? 0 } as CSSProperties;
}
