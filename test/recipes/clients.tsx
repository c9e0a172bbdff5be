import ky from 'ky';
import createClient from 'openapi-fetch';
import { ProgressBar, useCancelable, type Cancelable } from 'use-cancelable';
import { createFetch } from 'use-cancelable/fetch';

interface Paths {
  '/api/files': { get: { responses: { 200: { content: { 'application/json': { name: string; size: number }[] } } } } };
}

const client = createClient<Paths>();

export async function list(op: Cancelable) {
  const { data = [] } = await op.wait(client.GET('/api/files', { fetch: createFetch({ operation: op }) }));
  return data;
}

const api = ky.create({ timeout: false, retry: 0 });

export function load(op: Cancelable, url: string) {
  return op.wait(api.get(new URL(url, location.href), { fetch: createFetch({ operation: op }) }).blob());
}

export function File({ url }: { url: string }) {
  const file = useCancelable(load, { name: 'file', timeout: 60_000 });
  const { settle, cancel, isRunning, data, error, message } = file;
  return (
    <>
      <button onClick={() => void settle(url)}>Load</button>
      <button onClick={cancel} disabled={!isRunning}>
        Cancel
      </button>
      <ProgressBar of={file} aria-label="File" />
      <p>{error instanceof Error ? error.message : (message ?? (data && `${data.size} bytes`))}</p>
    </>
  );
}
