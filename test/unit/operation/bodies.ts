import type { Cancelable } from 'use-cancelable/core';

/** A body that heeds its operation: it ends when that is canceled, and not before. */
export const untilCanceled = (op: Cancelable): Promise<never> => op.wait(new Promise<never>(() => {}));

/** A body that never ends, whatever becomes of its operation. */
export const forever = (): Promise<never> => new Promise<never>(() => {});
