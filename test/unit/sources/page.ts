import { onTestFinished, vi } from 'vitest';

/** Says what the browser would say of the page, and tells it, as the browser does. */
export function hidePage(isHidden: boolean): void {
  const spy = vi.spyOn(document, 'hidden', 'get').mockReturnValue(isHidden);
  onTestFinished(() => {
    spy.mockRestore();
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** The network goes or comes back. */
export function setOnline(isOnline: boolean): void {
  const spy = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline);
  onTestFinished(() => {
    spy.mockRestore();
  });
  window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
}

/** The page is left; `persisted`: the browser keeps it for Back. */
export function leavePage(persisted: boolean): void {
  window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted }));
}
