import type { ComponentPropsWithRef, ReactNode } from 'react';
import { Icon } from './Icon.tsx';

interface ButtonProps extends ComponentPropsWithRef<'button'> {
  /** `stop` carries the square that says what it does. */
  readonly kind?: 'primary' | 'normal' | 'plain' | 'stop';
}

export function Button({ kind = 'normal', children, ...rest }: ButtonProps): ReactNode {
  return (
    <button type="button" className={`button ${kind}`} {...rest}>
      {kind === 'stop' && <Icon name="canceled" />}
      {children}
    </button>
  );
}
