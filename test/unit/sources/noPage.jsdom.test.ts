import { afterEach, expect, it, vi } from 'vitest';
import { offline, pageHidden, pageHide } from 'use-cancelable/core';

// In jsdom alone: a browser does not let go of its document and its navigator.
afterEach(() => {
  vi.unstubAllGlobals();
});

it.each([
  ['pageHide', pageHide],
  ['pageHidden', pageHidden],
])('%s is refused where there is no page', (name, make) => {
  vi.stubGlobal('document', undefined);
  expect(() => make()).toThrow(`${name} needs a page`);
});

it.each([[undefined], [{}]])('offline is refused where there is none to ask: navigator is %o', (value) => {
  vi.stubGlobal('navigator', value);
  expect(() => offline()).toThrow('offline needs navigator.onLine');
});
