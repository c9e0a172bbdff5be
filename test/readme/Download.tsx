import { CancelableBoundary, ProgressBar, useCancelable, type Cancelable } from 'use-cancelable';

async function download(op: Cancelable, url: string) {
  const response = await op.wait(fetch(url, { signal: op.signal }));
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  const total = Number(response.headers.get('content-length')) || undefined;
  const reader = response.body!.getReader();
  const parts = [];
  for (let current = 0; ;) {
    const { done, value } = await op.wait(reader.read());
    if (done) return new Blob(parts);
    parts.push(value);
    current += value.length;
    op.report('Downloading', { current, total });
  }
}

function Download({ url }: { url: string }) {
  const file = useCancelable({ timeout: 60_000 });
  const { settle, cancel, isRunning, message, error } = file;
  return (
    <>
      <button onClick={() => void settle((op) => download(op, url))}>Download</button>
      <button onClick={cancel} disabled={!isRunning}>
        Cancel
      </button>
      <ProgressBar of={file} aria-label="Download" />
      <p>{error instanceof Error ? error.message : message}</p>
    </>
  );
}

export function Page() {
  return (
    <CancelableBoundary name="page">
      <Download url="/api/files/node?rate=4000000" />
    </CancelableBoundary>
  );
}
