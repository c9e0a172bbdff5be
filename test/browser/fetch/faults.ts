import { Cancelable, type Body, type Outcome } from 'use-cancelable/core';

/** What the server knows of a request whose connection is over. */
export interface Fate {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly received: number;
  readonly sentWhole: boolean;
}

/** An address of the tests' server, and what became of the request there. */
export function faults(
  path: string,
  query: Record<string, string | number> = {},
): { url: string; fate: () => Promise<Fate>; go: () => Promise<unknown> } {
  const id = crypto.randomUUID();
  const parameters = new URLSearchParams({ ...query, id });
  return {
    url: `/faults/${path}?${parameters}`,
    go: () => fetch(`/faults/go?id=${id}`),
    fate: async () => (await (await fetch(`/faults/fate?id=${id}`)).json()) as Fate,
  };
}

export const untilCanceled: Body<never> = (op) => op.wait(new Promise<never>(() => {}));

/** Cancels the operation as soon as it has reported this many bytes. */
export function cancelAfter(op: Cancelable, bytes: number): void {
  op.onProgress((_id, _message, { current = 0 }) => {
    if (current >= bytes) op.cancel('Enough');
  });
}

export function settle<T>(body: Body<T>, options: { readonly timeout?: number } = {}): Promise<Outcome<T>> {
  return new Cancelable({ ...options, parent: null }).settle(body);
}
