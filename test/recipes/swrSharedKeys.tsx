import type { ReactNode } from 'react';
import useSWR, { SWRConfig } from 'swr';
import { CancelableBoundary, isCancelation, useCancelable } from 'use-cancelable';
import { cancelable, load } from './swr.tsx';

function Fetcher({ children }: { children: ReactNode }) {
  const { run } = useCancelable(load, { policy: 'parallel' });
  return <SWRConfig value={{ ...cancelable, fetcher: run }}>{children}</SWRConfig>;
}

export function Page({ children }: { children: ReactNode }) {
  return (
    <CancelableBoundary name="page">
      <Fetcher>{children}</Fetcher>
    </CancelableBoundary>
  );
}

export function File({ url }: { url: string }) {
  const { data, error, isLoading } = useSWR<string, unknown>(url);
  if (isLoading) return <p>Loading</p>;
  return <p>{isCancelation(error) ? 'Canceled' : error instanceof Error ? error.message : data}</p>;
}
