import { version } from 'react';

/** For helpers that do a thing in each React's own way. Tests of what only one of them has are in files of their own. */
export const isReact18 = version.startsWith('18.');
