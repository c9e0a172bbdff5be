import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { expectConsoleError } from '../../consoleErrors.ts';
import { isReact18 } from '../../reactVersion.ts';

/** The HTML of a server, made in a page: React 18 warns of the layout effects that are there where there is a window. */
export function renderToStringInPage(element: ReactNode): string {
  if (isReact18) expectConsoleError('useLayoutEffect does nothing on the server');
  return renderToString(element);
}
