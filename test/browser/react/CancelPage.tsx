import type { ReactNode } from 'react';
import { useBoundary } from 'use-cancelable';

/** A button of the nearest boundary. */
export function CancelPage(): ReactNode {
  const page = useBoundary();
  return (
    <button type="button" id="cancel-page" onClick={page?.cancel}>
      Cancel the page
    </button>
  );
}
