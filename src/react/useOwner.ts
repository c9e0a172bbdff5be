import { useEffect, useInsertionEffect, useLayoutEffect } from 'react';
import type { Owner } from './Owner.js';

// useLayoutEffect warns on the server in React 18; there is nothing to show there.
const useLayoutEffectInBrowser = typeof window === 'undefined' ? useEffect : useLayoutEffect;

/**
 * Binds an owner to the component. `update` writes what the last render has brought; like the arming it happens in an
 * insertion effect, before any layout or passive effect of the same commit can start something.
 */
export function useOwner(owner: Owner, update: () => void): void {
  useInsertionEffect(() => update());
  useInsertionEffect(() => owner.insert(), [owner]);
  useLayoutEffectInBrowser(() => owner.show(), [owner]);
  useEffect(() => owner.settle(), [owner]);
}
