import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

/** What to do next to see something happen. */
export function TryIt({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <p className="try">
      <Icon name="right" />
      <span>
        <strong>Try it.</strong> {children}
      </span>
    </p>
  );
}
