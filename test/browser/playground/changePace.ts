import { onTestFinished, vi } from 'vitest';

/**
 * Has the server answer at another pace than the page asks for, so that no test depends on how fast the machine is: what is
 * to be stopped is slow, what is waited for is quick. Until the test has ended, or what this returns is called.
 */
export function changePace(change: (parameters: URLSearchParams, path: string) => void): () => void {
  const { fetch } = window;
  const spy = vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    change(url.searchParams, url.pathname);
    const { method, headers, signal } = request;
    // A stream as a body is not for every browser.
    const body = method === 'POST' ? await request.text() : null;
    return fetch(url, { method, headers, signal, body });
  });
  const restore = (): void => {
    spy.mockRestore();
  };
  onTestFinished(restore);
  return restore;
}
