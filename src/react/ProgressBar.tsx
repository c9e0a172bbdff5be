import { useEffect, useRef, type ComponentProps, type ReactNode } from 'react';
import { getProgressProps } from './getProgressProps.js';
import { useProgressStore, type ProgressTarget } from './useProgressStore.js';

export interface ProgressBarProps extends Omit<ComponentProps<'progress'>, 'value' | 'max' | 'children'> {
  /** Whose progress. Default: the nearest boundary's. */
  readonly of?: ProgressTarget;
}

/**
 * A native `<progress>`, accessible and unstyled. It does not render while the work goes on: it writes to its element, once
 * per frame and only when the whole percent or the status changes. `data-status` is there for your styles; name it with
 * `aria-label`.
 *
 * @example
 * <ProgressBar of={download} aria-label="Download" />
 */
export function ProgressBar({ of: target, ...props }: ProgressBarProps): ReactNode {
  const store = useProgressStore(target);
  const element = useRef<HTMLProgressElement>(null);
  useEffect(() => {
    let last = '';
    const write = (): void => {
      const view = getProgressProps(store.getView());
      const key = `${view['aria-valuenow']} ${view['data-status']}`;
      if (element.current === null || key === last) return;
      last = key;
      show(element.current, view);
    };
    const unsubscribe = store.subscribe(write);
    write();
    return unsubscribe;
  }, [store]);
  return <progress aria-label="Progress" {...props} ref={element} max={100} />;
}

// React is never told of a value, so that it does not take these attributes back. Without a value the bar is indeterminate.
function show(element: HTMLProgressElement, view: ReturnType<typeof getProgressProps>): void {
  const { 'aria-valuenow': value, 'aria-valuetext': text, 'data-status': status } = view;
  if (value !== undefined) element.value = value;
  else if (status === 'running') element.removeAttribute('value');
  else element.value = 0;
  if (text === undefined) element.removeAttribute('aria-valuetext');
  else element.setAttribute('aria-valuetext', text);
  element.dataset['status'] = status;
}
