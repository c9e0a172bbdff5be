import { startTransition, Suspense, use, useState } from 'react';
import { useCancelable, type Cancelable, type Outcome } from 'use-cancelable';

async function load(op: Cancelable, url: string) {
  const response = await op.wait(fetch(url, { signal: op.signal }));
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return await op.wait(response.text());
}

function File({ loading }: { loading: Promise<Outcome<string>> }) {
  const outcome = use(loading);
  if (outcome.status === 'failed') throw outcome.error;
  return <p>{outcome.status === 'canceled' ? outcome.message : outcome.value}</p>;
}

export function Files({ urls }: { urls: readonly string[] }) {
  const { settle, cancel, isRunning } = useCancelable(load, { name: 'file' });
  const [loading, setLoading] = useState<Promise<Outcome<string>>>();
  const open = (url: string) => startTransition(() => setLoading(settle(url)));
  return (
    <>
      {urls.map((url, index) => (
        <button key={url} onClick={() => open(url)}>
          File {index + 1}
        </button>
      ))}
      <button onClick={cancel} disabled={!isRunning}>
        Cancel
      </button>
      {loading && (
        <Suspense fallback={<p>Loading</p>}>
          <File loading={loading} />
        </Suspense>
      )}
    </>
  );
}
