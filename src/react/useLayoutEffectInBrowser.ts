import { useEffect, useLayoutEffect } from 'react';

/** React 18 warns of a layout effect on the server, where there is nothing to lay out. */
export const useLayoutEffectInBrowser = typeof window === 'undefined' ? useEffect : useLayoutEffect;
