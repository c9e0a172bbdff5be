import type { ReactNode } from 'react';
import {
  CancelableBoundary,
  getProgressProps,
  ProgressBar,
  useBoundary,
  useCancelable,
  useProgress,
} from 'use-cancelable';

function Task(): ReactNode {
  const { run, cancel, status, isIdle } = useCancelable({ timeout: 10_000 });
  return (
    <button type="button" onClick={() => void run(() => 5)} onFocus={cancel}>
      {status} {String(isIdle)}
    </button>
  );
}

function View(): ReactNode {
  const page = useBoundary();
  const view = useProgress();
  const percent = useProgress(page, { select: ({ progress }) => progress ?? 'unknown' });
  return (
    <p {...getProgressProps(view)} aria-label="Page">
      {page?.name} {page?.status} {view.status} {percent}
    </p>
  );
}

/** Uses all that renders. */
export function ServerPage(): ReactNode {
  return (
    <CancelableBoundary name="page" timeout={60_000} fallback={<i>waiting</i>} onCancel={() => {}}>
      <Task />
      <View />
      <ProgressBar aria-label="Page" />
    </CancelableBoundary>
  );
}

/** What is in it, whoever renders it. */
export const html = [
  '<button type="button">idle<!-- --> <!-- -->true</button>',
  '<p role="progressbar" aria-valuemin="0" aria-valuemax="100" data-status="idle" aria-label="Page">',
  'page<!-- --> <!-- -->idle<!-- --> <!-- -->idle<!-- --> <!-- -->unknown</p>',
].join('');
