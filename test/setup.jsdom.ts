import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';
import { watchSubscriptions } from './leftSubscriptions.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

afterEach(cleanup);
watchSubscriptions();
