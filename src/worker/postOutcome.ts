import type { Operation } from '../operation/node.js';
import type { Outcome } from '../operation/outcome.js';
import { cloneableOr, describeSafely } from './cloneable.js';
import { postCloneable } from './relayToCaller.js';
import { serializeError } from './errors/serialize.js';
import { toMessage, type CallMessage, type Settled, type SettledOutcome } from './protocol.js';
import { transferablesOf } from './transfer.js';
import { WorkerError } from './WorkerError.js';

/** The call whose run has settled. */
interface Ended {
  readonly call: string;
  readonly name: string;
  readonly isClosed: boolean;
}

/** Tells the caller how a run has settled. Whatever came of it, the caller hears something: it would wait for ever. */
export function postOutcome(
  node: Operation,
  outcome: Outcome<unknown>,
  { call, name, isClosed }: Ended,
  post: (message: CallMessage, transfer?: Transferable[]) => void,
): void {
  const tell = (outcome: SettledOutcome, transfer?: Transferable[]): void => {
    const partialResult = node.cold?.partialResult;
    postCloneable(
      (message) => post(message, transfer),
      toMessage<Settled>({ type: 'settled', call, outcome, partialResult, isClosed }),
      ({ partialResult }) => ({ partialResult: cloneableOr(partialResult) }),
    );
  };
  const fail = (error: unknown): void => tell({ status: 'failed', error: serializeError(error, node) });
  if (outcome.status === 'canceled')
    tell({ status: 'canceled', suppressed: (node.cold?.suppressed ?? []).map((error) => serializeError(error, node)) });
  else if (outcome.status === 'failed') fail(outcome.error);
  else {
    const { value } = outcome;
    try {
      tell({ status: 'completed', value }, transferablesOf(value));
    } catch (cause) {
      fail(new WorkerError(`The result of "${name}" cannot be cloned: ${describeSafely(value)}.`, { cause }));
    }
  }
}
