import type { ReactNode } from 'react';
import { useShared, type Cancelable, type SharedKey, type UseSharedOptions } from 'use-cancelable';

export interface SharerProps {
  readonly id: string;
  readonly body: (op: Cancelable) => unknown;
  readonly shared?: SharedKey;
  readonly options?: UseSharedOptions;
}

/** Takes part in shared work and shows how it stands; a click starts it anew. */
export function Sharer({ id, body, shared = 'work', options }: SharerProps): ReactNode {
  const { status, reason, data, error, settle, cancel } = useShared(shared, body, options);
  const text = [status, reason, data, error instanceof Error ? error.message : undefined];
  return (
    <>
      <button type="button" id={id} onClick={() => void settle()}>
        {text
          .filter((part) => part !== undefined)
          .map(String)
          .join(' ')}
      </button>
      <button type="button" id={`cancel-${id}`} onClick={cancel}>
        Cancel
      </button>
    </>
  );
}
