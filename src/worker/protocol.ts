import type { ProgressMetadata, Reason } from '../operation/types.js';
import type { ErrorReport } from './errors/types.js';

// All that goes over a port. Whatever else goes over it (messages of the application, Comlink's) lacks the brand and is
// left alone; a version that is not this one is another protocol.
const brand = 'use-cancelable';
const version = 1;

interface Branded {
  readonly [brand]: typeof version;
}

/** What is known of an operation on the other side of a port. */
export interface OperationDescription {
  readonly id: string;
  readonly name: string | undefined;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Milliseconds until its time is over; undefined without a deadline. */
  readonly remaining: number | undefined;
  readonly grace: number;
  /** Shared memory in which a cancelation is written, for code that is too busy to be told. */
  readonly flag: SharedArrayBuffer | undefined;
}

/** Why something was canceled. */
export interface CancelReport {
  readonly reason: Reason;
  readonly message: string | undefined;
  readonly cause: ErrorReport | undefined;
  /** What the error of this reason says beside the message. */
  readonly detail: unknown;
}

/** From the caller: are your functions exposed? */
export interface Hello extends Branded {
  readonly type: 'hello';
}
/** From the caller, before it calls: as long as somebody waits there, this lock is held. */
export interface Caller extends Branded {
  readonly type: 'caller';
  readonly lock: string;
}
/** From the caller: the port is being closed. */
export interface Disconnect extends Branded {
  readonly type: 'disconnect';
}
/** From the caller: call a function. */
export interface Run extends Branded {
  readonly type: 'run';
  /** The host that said `ready`: another one that is exposed there meanwhile must not run it. */
  readonly host: string;
  readonly call: string;
  /** Grows from call to call. */
  readonly order: number;
  readonly name: string;
  readonly args: readonly unknown[];
  readonly operation: OperationDescription;
}
/** From the caller: the operation is canceled. */
export interface Cancel extends Branded, CancelReport {
  readonly type: 'cancel';
  readonly call: string;
}
/** From the caller, to an operation that was an argument: it has ended there without being canceled. */
export interface End extends Branded {
  readonly type: 'end';
  /** What it failed with; undefined when it has completed. */
  readonly error: ErrorReport | undefined;
}

/** From the host: functions are exposed, and the lock is held. Said once, and in answer to `hello`. */
export interface Ready extends Branded {
  readonly type: 'ready';
  /** Names the functions that are exposed on this port now. */
  readonly host: string;
  /** The lock that is held until they are no longer; undefined where there are none. */
  readonly lock: string | undefined;
}
/** From the host: no longer. */
export interface Goodbye extends Branded {
  readonly type: 'goodbye';
  readonly host: string;
}
/** From the host: a call could not be read there, the first one after this order. */
export interface Unread extends Branded {
  readonly type: 'unread';
  readonly after: number;
}
/** From the host: the operation is canceled there now, whoever has canceled it. */
export interface Canceled extends Branded, CancelReport {
  readonly type: 'canceled';
  readonly call: string;
  /** Its time is over: the caller has the same deadline and may know better whose it is. */
  readonly isOverdue: boolean;
  readonly partialResult: unknown;
}
/** From the host: a report of the operation, or of one below it. */
export interface Report extends Branded {
  readonly type: 'report';
  readonly call: string;
  /** Id of the operation below that has reported; undefined: the operation itself. */
  readonly from: string | undefined;
  readonly message: string;
  readonly metadata: ProgressMetadata;
  readonly fraction: number | undefined;
}
/** From the host: the operation has come to this fraction without a report. */
export interface Advanced extends Branded {
  readonly type: 'advanced';
  readonly call: string;
  readonly fraction: number | undefined;
}
/** From the host: the run has settled. */
export interface Settled extends Branded {
  readonly type: 'settled';
  readonly call: string;
  readonly outcome: SettledOutcome;
  readonly partialResult: unknown;
  /** Nothing of it runs any more; else `closed` follows when that is so. */
  readonly isClosed: boolean;
}
export type SettledOutcome =
  | { readonly status: 'completed'; readonly value: unknown }
  | { readonly status: 'failed'; readonly error: ErrorReport }
  /** With what was thrown while it unwound. */
  | { readonly status: 'canceled'; readonly suppressed: readonly ErrorReport[] };
/** From the host: nothing of it runs any more. */
export interface Closed extends Branded {
  readonly type: 'closed';
  readonly call: string;
}

export type CallerMessage = Hello | Caller | Disconnect | Run | Cancel | End;
export type CallMessage = Canceled | Report | Advanced | Settled | Closed;
export type HostMessage = Ready | Goodbye | Unread | CallMessage;

type Bare<M> = M extends Branded ? Omit<M, typeof brand> : never;

/** A message with its brand. */
export function toMessage<M extends CallerMessage | HostMessage>(message: Bare<M>): M {
  return { [brand]: version, ...message } as unknown as M; // what it lacked was the brand
}

/** Is it a message of this package and version? Both sides are then taken at their word. */
export function isMessage(data: unknown): data is CallerMessage | HostMessage {
  return typeof data === 'object' && data !== null && (data as Partial<Branded>)[brand] === version;
}
