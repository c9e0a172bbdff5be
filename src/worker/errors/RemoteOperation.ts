import { isOver, Operation } from '../../operation/node.js';
import type { OperationContext, OperationLogRecord, Reason, Status } from '../../operation/types.js';
import type { OperationFacts } from './types.js';

/**
 * An operation of another context, as an error that came from there shows it: facts of one moment. It is in no tree, no
 * registry hears of it, and it never changes.
 */
export class RemoteOperation extends Operation {
  readonly id: string;
  readonly name: string | undefined;
  readonly status: Status;
  readonly reason: Reason | undefined;
  readonly message: string | undefined;
  readonly context: OperationContext;
  readonly parent = undefined;
  readonly #error: () => unknown;
  #signal: AbortSignal | undefined;

  /** `error` gives the error that is being made of it: each has the other. */
  constructor(facts: OperationFacts, error: () => unknown) {
    super();
    this.id = facts.id;
    this.name = facts.name;
    this.status = facts.status;
    this.reason = facts.cancelReason;
    this.message = facts.cancelMessage;
    this.context = toContext(facts);
    this.#error = error;
    this.phase = facts.status === 'shielded' ? 'running' : facts.status;
    this.cancelReason = facts.cancelReason;
    this.cancelMessage = facts.cancelMessage;
    this.createdAt = facts.createdAt;
    this.startedAt = 0;
    this.endedAt = facts.elapsedTime ?? 0; // whatever it does there, here it has ended
  }

  get error(): unknown {
    return this.#error();
  }

  get signal(): AbortSignal {
    return (this.#signal ??= isOver(this) ? AbortSignal.abort(this.error) : new AbortController().signal);
  }
}

function toContext(facts: OperationFacts): OperationContext {
  const { id: operationId, name: operationName, status, elapsedTime, parentId, error, cancelReason } = facts;
  const record: OperationLogRecord = {
    operationId,
    operationName,
    status,
    durationMs: elapsedTime,
    parentId,
    hasError: error !== undefined,
    cancelReason,
  };
  return { ...facts, toJSON: () => ({ ...facts, metadata: { ...facts.metadata } }), logContext: () => record };
}
