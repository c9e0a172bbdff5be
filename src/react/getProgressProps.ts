import { formatEta } from '../task/formatEta.js';
import type { ProgressView } from '../task/ProgressStore.js';

/**
 * What a progress bar tells assistive technology (WAI-ARIA, role `progressbar`), and its status for your styles.
 *
 * @example
 * const props: ProgressProps = getProgressProps(useProgress(op));
 */
export interface ProgressProps {
  readonly role: 'progressbar';
  readonly 'aria-valuemin': 0;
  readonly 'aria-valuemax': 100;
  /** Whole percent; absent while it can't be known. */
  readonly 'aria-valuenow': number | undefined;
  /** Percent and remaining time in words, or the last message; absent when there is neither. */
  readonly 'aria-valuetext': string | undefined;
  /** For your styles: `[data-status='canceled']`. */
  readonly 'data-status': ProgressView['status'];
}

/**
 * Props for a progress bar of your own, as WAI-ARIA has it (role `progressbar`). Give it a name with `aria-label` or
 * `aria-labelledby`.
 *
 * @example
 * const view = useProgress(op);
 * return <div {...getProgressProps(view)} aria-label="Download" style={{ width: `${view.progress ?? 0}%` }} />;
 */
export function getProgressProps(view: ProgressView): ProgressProps {
  const percent = view.progress === undefined ? undefined : Math.floor(view.progress);
  return {
    role: 'progressbar',
    'aria-valuemin': 0,
    'aria-valuemax': 100,
    'aria-valuenow': percent,
    'aria-valuetext': valueText(view, percent),
    'data-status': view.status,
  };
}

function valueText({ status, eta, message }: ProgressView, percent: number | undefined): string | undefined {
  const remaining = status === 'running' && eta !== undefined ? `, ${formatEta(eta)} remaining` : '';
  return percent === undefined ? message : `${percent} %${remaining}`;
}
