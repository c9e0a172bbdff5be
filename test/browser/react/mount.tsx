import { StrictMode, type ReactNode } from 'react';
import { createRoot, type RootOptions } from 'react-dom/client';
import { onTestFinished } from 'vitest';
import { isReact18 } from '../../reactVersion.ts';
import { listenToUncaughtErrorsOfReact18 } from './uncaughtErrorsOfReact18.ts';

export interface Mounted {
  readonly container: HTMLElement;
  render(element: ReactNode): void;
  unmount(): void;
  /** The element with this id; there must be one. */
  find(id: string): HTMLElement;
}

interface MountOptions extends Omit<RootOptions, 'onUncaughtError'> {
  /** Default: true. */
  readonly strict?: boolean;
  readonly onUncaughtError?: (error: unknown) => void;
}

/**
 * Renders as a page does, in StrictMode and without `act`, which flushes passive effects early and hides faults. What is
 * still there when the test ends is unmounted.
 */
export function mount(element: ReactNode, { strict = true, onUncaughtError, ...options }: MountOptions = {}): Mounted {
  const container = document.body.appendChild(document.createElement('div'));
  if (isReact18 && onUncaughtError !== undefined) listenToUncaughtErrorsOfReact18(onUncaughtError);
  const root = createRoot(container, onUncaughtError === undefined ? options : { ...options, onUncaughtError });
  const render = (next: ReactNode): void => root.render(strict ? <StrictMode>{next}</StrictMode> : next);
  let isMounted = true;
  const unmount = (): void => {
    if (isMounted) root.unmount();
    isMounted = false;
  };
  onTestFinished(() => {
    unmount();
    container.remove();
  });
  render(element);
  return {
    container,
    render,
    unmount,
    find(id) {
      const found = document.getElementById(id);
      if (found === null) throw new Error(`There is no element with the id ${id}.`);
      return found;
    },
  };
}
