/**
 * Where an operation is in its life. It starts as `pending`, becomes `running`, and ends once, as `completed`, `canceled` or
 * `failed`. The handle of a shield is `shielded` in place of `running`.
 *
 * @example
 * const words: Partial<Record<Status, string>> = { running: 'at work', shielded: 'will finish' };
 */
export type Status = 'pending' | 'running' | 'shielded' | 'completed' | 'canceled' | 'failed';

/**
 * The reasons that the package gives by itself.
 *
 * @example
 * const words: Partial<Record<KnownReason, string>> = { timeout: 'took too long', unmount: 'you left the page' };
 */
export type KnownReason =
  | 'timeout'
  | 'manual'
  | 'signal'
  | 'condition'
  | 'parent'
  | 'unmount'
  | 'hidden'
  | 'superseded'
  | 'dropped'
  | 'sibling';

/**
 * Why an operation was canceled. Open: a source or a call of yours may use a word of its own.
 *
 * @example
 * op.cancel({ reason: 'signed out' });
 */
export type Reason = KnownReason | (string & {});

/**
 * What a cancelation says of itself. A string alone is the message.
 *
 * @example
 * token.cancel({ reason: 'quota', message: 'No more today', cause: response });
 */
export interface CancelRequest {
  /** Default: `manual`. */
  readonly reason?: Reason | undefined;
  /** Text for people. Default: a sentence that fits the reason. */
  readonly message?: string | undefined;
  /** What lies behind it, any value; the error's `cause`. */
  readonly cause?: unknown;
}

/**
 * What `op.cancel` takes.
 *
 * @example
 * op.cancel({ message: 'The list is enough', propagate: false });
 */
export interface OperationCancelRequest extends CancelRequest {
  /** `false`: the operations below go on. Default: true. */
  readonly propagate?: boolean | undefined;
}

/**
 * Data that a report carries. The named fields are understood by progress bars; any others are handed on as they are.
 *
 * @example
 * op.report('Downloading', { current: 3, total: 10, phase: 'images', file: 'logo.png' });
 */
export interface ProgressMetadata {
  /** Percent, 0 to 100. */
  readonly progress?: number | undefined;
  /** How much is done, in a unit of your own. */
  readonly current?: number | undefined;
  /** How much there is, in the same unit. */
  readonly total?: number | undefined;
  /** Units per second. Computed from successive reports of `current` when absent. */
  readonly rate?: number | undefined;
  /** Seconds that remain. Computed from `current`, `total` and the rate when absent. */
  readonly eta?: number | undefined;
  /** Name of the stage that the work is in. */
  readonly phase?: string | undefined;
  readonly [field: string]: unknown;
}

/**
 * An immutable picture of how far an operation is; the same object until something changes.
 *
 * @example
 * const { progress, eta } = op.progress;
 * label.textContent = progress === undefined ? 'at work' : `${Math.floor(progress)} %`;
 */
export interface Progress {
  /** Percent, 0 to 100, or undefined while it can't be known. 100 only when completed. */
  readonly progress: number | undefined;
  /** The same as a number from 0 to 1. */
  readonly fraction: number | undefined;
  readonly current: number | undefined;
  readonly total: number | undefined;
  /** Units of `current` per second. */
  readonly rate: number | undefined;
  /** Seconds that remain. */
  readonly eta: number | undefined;
  readonly phase: string | undefined;
  /** Message of the newest report of this operation or of one below it. */
  readonly message: string | undefined;
  /** Metadata of that report. */
  readonly metadata: ProgressMetadata;
  /** True while it runs and nobody can say how far it is. */
  readonly isIndeterminate: boolean;
}

/**
 * The facts of an operation, live: it always shows the present state. `metadata` and `partialResult` are yours to write.
 *
 * @example
 * const { id, name, status, elapsedTime } = op.context;
 */
export interface OperationContext {
  /** A UUID unless given. */
  readonly id: string;
  /** Undefined unless given or, with a timeout, made from that. */
  readonly name: string | undefined;
  /** Where it is in its life. */
  readonly status: Status;
  /** Id of the operation that it belongs to; undefined for a root. */
  readonly parentId: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds; undefined until it runs. */
  readonly startTime: number | undefined;
  /** Epoch milliseconds; undefined until it ends. */
  readonly endTime: number | undefined;
  /** Milliseconds from start to end, or to now while it runs; undefined while pending. */
  readonly elapsedTime: number | undefined;
  /** Why it was canceled; undefined unless it was. */
  readonly cancelReason: Reason | undefined;
  /** What the cancelation says; undefined unless it was canceled. */
  readonly cancelMessage: string | undefined;
  /** Message of the error that made it fail. */
  readonly error: string | undefined;
  /** What there is so far. Kept by reference: store a copy of what you go on changing. */
  partialResult: unknown;
  /** Data of your own. */
  readonly metadata: Record<string, unknown>;
  /** The present state as plain data. */
  toJSON(): Omit<OperationContext, 'toJSON' | 'logContext'>;
  /** The few fields that a log line wants. */
  logContext(): OperationLogRecord;
}

/**
 * The few facts of an operation that a log line wants.
 *
 * @example
 * logger.info(op.context.logContext());
 */
export interface OperationLogRecord {
  readonly operationId: string;
  readonly operationName: string | undefined;
  readonly status: Status;
  /** Milliseconds from start to end, or to now while it runs; undefined while pending. */
  readonly durationMs: number | undefined;
  readonly parentId: string | undefined;
  /** True when it has failed; a cancelation is no error. */
  readonly hasError: boolean;
  readonly cancelReason: Reason | undefined;
}

/**
 * How long a source may live: its signal is aborted when the operation has ended, however it ended.
 *
 * @example
 * const busy = condition(({ signal }) => fetch('/busy', { signal }).then((response) => response.ok));
 */
export interface SourceLifetime {
  /** Made on first read. */
  readonly signal: AbortSignal;
}

/**
 * Something that can ask for cancelation. `start` is called when the operation starts and returns how to stop; `stop` is
 * called once, on every way out. `fire` may be called at once; its default reason is `condition`.
 *
 * @example
 * const onLogout: Source = {
 *   start(fire, { signal }) {
 *     session.addEventListener('logout', () => fire('You are logged out'), { signal });
 *   },
 * };
 */
export interface CustomSource {
  start(fire: (cause?: string | CancelRequest) => void, lifetime: SourceLifetime): (() => void) | void;
}

/**
 * Whatever may ask for cancelation.
 *
 * @example
 * const sources: Source[] = [controller.signal, offline()];
 * const op = new Cancelable({ sources });
 */
export type Source = AbortSignal | CustomSource;
