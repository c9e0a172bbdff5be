import pRetry from 'p-retry';
import type { Cancelable } from 'use-cancelable/core';

const isWorthRetrying = ({ error }: { error: Error }) => !(Number(error.cause) < 500);

export function loadRows(op: Cancelable): Promise<unknown> {
  const load = op.wrap(async (attempt: number) => {
    op.report(`Attempt ${attempt}`, { attempt });
    const response = await op.wait(fetch('/rows', { signal: op.signal }));
    if (!response.ok) throw new Error(`HTTP ${response.status}`, { cause: response.status });
    return await op.wait(response.json());
  });
  return op.wait(pRetry(load, { retries: 2, signal: op.signal, shouldRetry: isWorthRetrying }));
}
