import { useFetcher } from 'react-router';
import { useCancelable } from 'use-cancelable';

export function Preview({ path }: { path: string }) {
  const fetcher = useFetcher<string>();
  const { settle, cancel, isRunning, message } = useCancelable(
    (op) => {
      op.onCancel(() => fetcher.reset({ reason: op.error }));
      return op.wait(fetcher.load(path));
    },
    { name: 'preview' },
  );
  return (
    <>
      <button onClick={() => void settle()}>Preview</button>
      <button onClick={cancel} disabled={!isRunning}>
        Cancel
      </button>
      <pre>{fetcher.data ?? message}</pre>
    </>
  );
}
