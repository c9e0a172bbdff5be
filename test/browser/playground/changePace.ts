import { onTestFinished, vi } from 'vitest';

/**
 * Has the server answer at another pace than the page asks for, so that no test depends on how fast the machine is: what is
 * to be stopped is slow, what is waited for is quick. Until the test has ended, or what this returns is called.
 */
export function changePace(change: (parameters: URLSearchParams, path: string) => void): () => void {
  const { fetch } = window;
  const spy = vi.spyOn(window, 'fetch').mockImplementation((input, init) => {
    if (typeof input !== 'string') return fetch(input, init);
    const url = new URL(input, location.href);
    change(url.searchParams, url.pathname);
    return fetch(url, init);
  });
  const restore = (): void => {
    spy.mockRestore();
  };
  onTestFinished(restore);
  return restore;
}
