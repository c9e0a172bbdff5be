import { useEffect, useInsertionEffect } from 'react';
import type { Owner } from './Owner.js';
import { useLayoutEffectInBrowser } from './useLayoutEffectInBrowser.js';

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
