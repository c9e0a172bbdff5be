import { useEffect } from 'react';
import { CancelableBoundary, ProgressBar, useCancelable, type Cancelable } from 'use-cancelable';

async function load(op: Cancelable, url: string) {
  const response = await op.wait(fetch(url, { signal: op.signal }));
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  const total = Number(response.headers.get('content-length')) || undefined;
  const parts: BlobPart[] = [];
  let current = 0;
  for await (const part of op.stream(response.body!)) {
    parts.push(part);
    op.report('Loading', { current: (current += part.length), total });
  }
  return await op.wait(new Blob(parts).text());
}

function Report({ url }: { url: string }) {
  const report = useCancelable(load, { name: 'report', timeout: 60_000 });
  const { settle, cancel, isRunning, data, error, message } = report;
  useEffect(() => void settle(url), [settle, url]);
  return (
    <>
      <ProgressBar of={report} aria-label="Report" />
      <button onClick={cancel} disabled={!isRunning}>
        Cancel
      </button>
      <p>{isRunning ? 'Loading' : error instanceof Error ? error.message : (message ?? data)}</p>
    </>
  );
}

export function Page({ url }: { url: string }) {
  return (
    <CancelableBoundary name="page">
      <Report url={url} />
    </CancelableBoundary>
  );
}
