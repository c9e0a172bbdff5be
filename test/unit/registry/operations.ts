import { Cancelable, type OperationOptions } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';

/** An operation of its own that runs until it is canceled. */
export function startRunning(options: OperationOptions = {}): Cancelable {
  const op = new Cancelable({ parent: null, ...options });
  void op.settle(untilCanceled);
  return op;
}

/** One that has completed. */
export async function complete(options: OperationOptions = {}): Promise<Cancelable> {
  const op = new Cancelable({ parent: null, ...options });
  await op.run(() => 1);
  return op;
}

/** One that has failed. */
export async function fail(options: OperationOptions = {}): Promise<Cancelable> {
  const op = new Cancelable({ parent: null, ...options });
  await op.settle(() => {
    throw new Error('failed');
  });
  return op;
}

/** One that was canceled while it ran. */
export async function cancel(options: OperationOptions = {}): Promise<Cancelable> {
  const op = new Cancelable({ parent: null, ...options });
  const run = op.settle(untilCanceled);
  op.cancel();
  await run;
  return op;
}
