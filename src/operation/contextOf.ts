import { formatDuration } from '../base/duration.js';
import { textOf } from '../base/text.js';
import { messageOf } from './errorOf.js';
import { lookOut } from './lookout.js';
import { coldOf, isShield, type Operation } from './node.js';
import type { OperationContext, OperationLogRecord, Reason, Status } from './types.js';

/** The operation's context, made on first read. */
export function contextOf(node: Operation): OperationContext {
  const cold = coldOf(node);
  return (cold.context ??= new LiveContext(node));
}

/** The given name, else one that is made when it is read. */
export function nameOf(node: Operation): string | undefined {
  return node.cold?.name ?? (node.timeout === Infinity ? undefined : `timeout ${formatDuration(node.timeout)}`);
}

/** What an operation says of where it is. */
export function statusOf(node: Operation): Status {
  lookOut();
  return node.phase === 'running' && isShield(node) ? 'shielded' : node.phase;
}

/**
 * Monotonic to epoch milliseconds. The clocks are compared once per operation, so that differences are exact and never jump,
 * and when it is first asked for: reading a clock costs as much as making an operation.
 */
export function toEpoch(node: Operation, time: number): number {
  const cold = coldOf(node);
  cold.epochOfClock ??= Math.max(
    Date.now() - performance.now(),
    node.createdAt - (node.startedAt === -1 ? time : node.startedAt), // nothing starts before it was made
  );
  return cold.epochOfClock + time;
}

class LiveContext implements OperationContext {
  readonly #node: Operation;

  constructor(node: Operation) {
    this.#node = node;
  }

  get id(): string {
    return this.#node.id;
  }
  get name(): string | undefined {
    return this.#node.name;
  }
  get status(): Status {
    return statusOf(this.#node);
  }
  get parentId(): string | undefined {
    return this.#node.up?.id;
  }
  get createdAt(): number {
    return this.#node.createdAt;
  }
  get startTime(): number | undefined {
    const node = this.#node;
    return node.startedAt === -1 ? undefined : toEpoch(node, node.startedAt);
  }
  get endTime(): number | undefined {
    const node = this.#node;
    return node.endedAt === -1 ? undefined : toEpoch(node, node.endedAt);
  }
  get elapsedTime(): number | undefined {
    const { startedAt, endedAt } = this.#node;
    if (startedAt === -1) return undefined;
    return Math.max((endedAt === -1 ? performance.now() : endedAt) - startedAt, 0); // a faked clock may begin at zero
  }
  get cancelReason(): Reason | undefined {
    return this.#node.cancelReason;
  }
  get cancelMessage(): string | undefined {
    return messageOf(this.#node);
  }
  get error(): string | undefined {
    if (this.#node.phase !== 'failed') return undefined;
    return textOf(this.#node.failure);
  }
  get partialResult(): unknown {
    return this.#node.cold?.partialResult;
  }
  set partialResult(value: unknown) {
    coldOf(this.#node).partialResult = value;
  }
  get metadata(): Record<string, unknown> {
    return (coldOf(this.#node).metadata ??= {});
  }

  toJSON(): Omit<OperationContext, 'toJSON' | 'logContext'> {
    const { id, name, status, parentId, createdAt, startTime, endTime, elapsedTime } = this;
    const { cancelReason, cancelMessage, error, partialResult } = this;
    const times = { createdAt, startTime, endTime, elapsedTime };
    return {
      id,
      name,
      status,
      parentId,
      ...times,
      cancelReason,
      cancelMessage,
      error,
      partialResult,
      metadata: { ...this.metadata },
    };
  }

  logContext(): OperationLogRecord {
    const { id: operationId, name: operationName, status, parentId, cancelReason, error } = this;
    return {
      operationId,
      operationName,
      status,
      durationMs: this.elapsedTime,
      parentId,
      hasError: error !== undefined,
      cancelReason,
    };
  }
}
