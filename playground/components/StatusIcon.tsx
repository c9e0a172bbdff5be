import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import { type Look, toneOf } from './look.ts';

/** The shape of a status, with its word for screen readers. */
export function StatusIcon({ look, word = look }: { readonly look: Look; readonly word?: string }): ReactNode {
  return (
    <span className={`status ${toneOf(look)}`}>
      <Icon name={look} />
      <span className="visually-hidden">{word}: </span>
    </span>
  );
}
