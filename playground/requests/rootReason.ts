import { type Cancelable, isCancelation } from 'use-cancelable';

/** Why an operation was canceled: for one that stopped with its parent, why that one was, on to the root. */
export function rootReason(op: Cancelable): string {
  let { error } = op;
  while (isCancelation(error) && error.reason === 'parent' && isCancelation(error.cause)) error = error.cause;
  return isCancelation(error) ? error.reason : op.status;
}
