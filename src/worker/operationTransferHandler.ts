import type { Cancelable } from '../cancelable/Cancelable.js';
import { job } from '../base/jobs.js';
import { standing, withListener } from '../base/listeners.js';
import { cancelOperation } from '../operation/cascade.js';
import { coldOf, isSettled, Operation } from '../operation/node.js';
import { actingFor } from '../operation/shield.js';
import { failFromOutside, finishOperation } from '../operation/run.js';
import { applyCancel, applyFraction, applyPartialResult, applyReport, type ToldFraction } from './applyToCaller.js';
import { toCancelReport, toCancelRequest } from './cancelReport.js';
import { relayToCaller } from './relayToCaller.js';
import { createDescribed, describeOperation } from './description.js';
import { rebuildError } from './errors/rebuild.js';
import { serializeError } from './errors/serialize.js';
import { isMessage, toMessage, type Cancel, type End, type OperationDescription } from './protocol.js';

// A channel is about one operation, so a call needs no name.
const call = '';

interface Crossing {
  readonly operation: OperationDescription;
  readonly port: MessagePort;
  /** It has ended before it crossed. */
  readonly end: Cancel | End | undefined;
}

/**
 * Lets operations be arguments of functions that Comlink calls: set it on both sides. The operation arrives as a `Cancelable`
 * that runs, with the same id; canceling one cancels the other, its progress goes back, and it ends when the other one does.
 *
 * @example
 * Comlink.transferHandlers.set('operation', operationTransferHandler); // in the page and in the worker
 * const hash = await op.run((op) => op.wait(remote.hash(op, file)));
 */
export const operationTransferHandler: {
  canHandle(value: unknown): value is Cancelable;
  serialize(value: Cancelable): [Crossing, Transferable[]];
  deserialize(value: Crossing): Cancelable;
} = {
  canHandle: (value): value is Cancelable => value instanceof Operation,
  serialize: sendOperation,
  deserialize: receiveOperation,
};

function sendOperation(given: Operation): [Crossing, Transferable[]] {
  const node = actingFor(given);
  const { port1, port2 } = new MessageChannel();
  const operation = describeOperation(node, undefined);
  if (isSettled(node)) {
    port1.close();
    return [{ operation, port: port2, end: endOf(node) }, [port2]];
  }
  let isCanceledThere = false;
  const told: ToldFraction = { fraction: undefined };
  port1.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isMessage(data)) return;
    if (data.type === 'report') applyReport(node, told, data);
    else if (data.type === 'advanced') applyFraction(node, told, data);
    else if (data.type === 'canceled') {
      isCanceledThere = true;
      applyPartialResult(node, data.partialResult);
      applyCancel(node, data, undefined);
      port1.close();
    }
  };
  const end = (): void => {
    if (isCanceledThere) return;
    port1.postMessage(endOf(node));
    // An operation that was canceled here tells once more how far it was.
    if (node.phase !== 'canceled') port1.close();
  };
  const cold = coldOf(node);
  const registration = { callback: end, signal: undefined };
  cold.onComplete = withListener(standing(cold.onComplete), registration);
  cold.onCancel = withListener(standing(cold.onCancel), registration);
  cold.onError = withListener(standing(cold.onError), registration);
  return [{ operation, port: port2, end: undefined }, [port2]];
}

function endOf(node: Operation): Cancel | End {
  if (node.phase === 'canceled') return toMessage<Cancel>({ type: 'cancel', call, ...toCancelReport(node) });
  const error = node.phase === 'failed' ? serializeError(node.failure, node) : undefined;
  return toMessage<End>({ type: 'end', error });
}

function receiveOperation({ operation, port, end }: Crossing): Cancelable {
  const op = createDescribed(operation);
  const disconnect = relayToCaller(op, call, operation, (message) => port.postMessage(message));
  // It has no body that could end by itself.
  const finishLater = (): void => job(() => void finishOperation(op));
  op.onCancel(finishLater).onError(finishLater);
  if (end?.type !== 'cancel') op.start();
  void op.closed.then(() => {
    disconnect();
    port.close();
  });
  const finish = (message: Cancel | End): void => {
    if (message.type === 'cancel') cancelOperation(op, toCancelRequest(message, op));
    else if (message.error !== undefined) failFromOutside(op, rebuildError(message.error, op));
    else void finishOperation(op);
  };
  if (end !== undefined) finish(end);
  else {
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isMessage(data) && (data.type === 'cancel' || data.type === 'end')) finish(data);
    };
  }
  return op;
}
