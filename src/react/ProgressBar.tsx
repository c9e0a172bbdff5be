import {
  forwardRef,
  useImperativeHandle,
  useRef,
  type ComponentPropsWithoutRef,
  type ForwardedRef,
  type ForwardRefExoticComponent,
  type ReactNode,
  type RefAttributes,
} from 'react';
import { getProgressProps } from './getProgressProps.js';
import { useLayoutEffectInBrowser } from './useLayoutEffectInBrowser.js';
import { useProgressEffect } from './useProgressEffect.js';
import type { ProgressTarget } from './useProgressStore.js';

/**
 * Those of `<progress>`, but for the value.
 *
 * @example
 * const props: ProgressBarProps = { of: download, 'aria-label': 'Download', className: 'bar' };
 */
export interface ProgressBarProps extends Omit<ComponentPropsWithoutRef<'progress'>, 'value' | 'max' | 'children'> {
  /** Whose progress. Default: the nearest boundary's. */
  readonly of?: ProgressTarget;
}

/**
 * A native `<progress>`, accessible and unstyled. It does not render while the work goes on: it writes to its element, once
 * per frame and only when the whole percent or the status changes. `data-status` is there for your styles; name it with a
 * `<label>` or `aria-label`.
 *
 * @example
 * <ProgressBar of={download} aria-label="Download" />
 */
export const ProgressBar: ForwardRefExoticComponent<ProgressBarProps & RefAttributes<HTMLProgressElement>> =
  // React 18 gives a ref to a function component in no other way.
  /* @__PURE__ */ forwardRef(Bar);

function Bar({ of: target, ...props }: ProgressBarProps, ref: ForwardedRef<HTMLProgressElement>): ReactNode {
  const element = useRef<HTMLProgressElement>(null);
  useImperativeHandle(ref, () => element.current!, []); // it is there when effects run
  useLayoutEffectInBrowser(() => {
    const bar = element.current!;
    if (!hasName(bar)) bar.setAttribute('aria-label', 'Progress');
  }, []);
  useProgressEffect(target, (view) => show(element.current!, getProgressProps(view)));
  // The value and status of the first paint. They never change in React's eyes, so it does not take back what is written.
  return <progress {...props} ref={element} max={100} value={0} data-status="idle" />;
}

/** Without a value the bar is indeterminate. */
function show(bar: HTMLProgressElement, view: ReturnType<typeof getProgressProps>): void {
  const { 'aria-valuenow': value, 'aria-valuetext': text, 'data-status': status } = view;
  if (value !== undefined) bar.value = value;
  else if (status === 'running') bar.removeAttribute('value');
  else bar.value = 0;
  if (text === undefined) bar.removeAttribute('aria-valuetext');
  else bar.setAttribute('aria-valuetext', text);
  if (bar.dataset['status'] !== status) bar.dataset['status'] = status; // a write costs, though nothing changes
}

function hasName(bar: HTMLProgressElement): boolean {
  return bar.labels.length > 0 || ['aria-label', 'aria-labelledby', 'title'].some((name) => bar.hasAttribute(name));
}
