import { createContext } from 'react';
import type { Scope } from '../task/Scope.js';

/** The nearest boundary's scope. It carries a stable scope and not an operation, so a new episode re-renders nobody. */
export const ScopeContext = createContext<Scope | undefined>(undefined);
