import useSWR, { SWRConfig, type SWRConfiguration } from 'swr';
import { isCancelation, ProgressBar, useCancelable, type Cancelable } from 'use-cancelable';

export const cancelable: SWRConfiguration = {
  onErrorRetry(error: unknown, key, config, revalidate, attempt) {
    if (!isCancelation(error)) return SWRConfig.defaultValue.onErrorRetry(error, key, config, revalidate, attempt);
    const { rootCause } = error;
    // Who asked has left: if another component shows this key, that one asks now.
    if (isCancelation(rootCause) && rootCause.reason === 'unmount') setTimeout(() => void revalidate(attempt));
  },
};

export function useCancelableSWR<Data>(key: string, load: (op: Cancelable, key: string) => Promise<Data>) {
  const { run, cancel, isRunning, operation } = useCancelable(load, { name: key });
  const { data, error, isLoading: isPending } = useSWR<Data, unknown>(key, run, cancelable);
  const isLoading = isPending || (isRunning && data === undefined);
  return { data, error: isCancelation(error) ? undefined : error, isLoading, cancel, operation };
}

export async function load(op: Cancelable, url: string) {
  const response = await op.wait(fetch(url, { signal: op.signal }));
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return await op.wait(response.text());
}

export function File({ url }: { url: string }) {
  const file = useCancelableSWR(url, load);
  const { data, error, isLoading, cancel } = file;
  return (
    <>
      <ProgressBar of={file} aria-label="File" />
      <button onClick={cancel} disabled={!isLoading}>
        Cancel
      </button>
      <p>{isLoading ? 'Loading' : error instanceof Error ? error.message : data}</p>
    </>
  );
}
