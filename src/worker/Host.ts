import { createId } from '../base/ids.js';
import { quoteAll } from '../base/checks.js';
import type { Cancelable } from '../cancelable/Cancelable.js';
import { cancelOperation } from '../operation/cascade.js';
import { isClosed } from '../operation/join.js';
import { lookOut } from '../operation/lookout.js';
import { toCancelRequest } from './cancelReport.js';
import { relayToCaller } from './relayToCaller.js';
import { createDescribed } from './description.js';
import { onOwnEnd } from './closing.js';
import { postTo, type Channel } from './endpoint.js';
import { holdLock, nameLock, waitForLock } from './locks.js';
import { postOutcome } from './postOutcome.js';
import {
  isMessage,
  toMessage,
  type CallMessage,
  type Cancel,
  type Closed,
  type Goodbye,
  type Ready,
  type Run,
  type Unread,
} from './protocol.js';
import type { WorkerFunctions } from './types.js';
import { WorkerError } from './WorkerError.js';

type AnyFunction = (op: Cancelable, ...args: readonly unknown[]) => unknown;

/** Functions that are exposed on one port, and the operations that run there for the caller. */
export class Host {
  readonly #id = createId();
  readonly #functions: WorkerFunctions;
  readonly #channel: Channel;
  readonly #running = new Map<string, Cancelable>();
  readonly #release: () => void;
  readonly #stopOwnEnd: () => void;
  readonly #onEnd: (host: Host) => void;
  #isReady = false;
  #lock: string | undefined;
  #callerLock: string | undefined;
  #stopWatchingCaller: (() => void) | undefined;
  /** Of the last call that came. */
  #lastOrder = 0;

  /** `onEnd` is called when the port is closed. */
  constructor(functions: WorkerFunctions, channel: Channel, onEnd: (host: Host) => void) {
    this.#onEnd = onEnd;
    this.#functions = functions;
    this.#channel = channel;
    channel.addEventListener('message', this.#onMessage);
    channel.addEventListener('messageerror', this.#onMessageError);
    channel.addEventListener('close', this.#onClose);
    this.#stopOwnEnd = onOwnEnd(channel, this.#onClose);
    channel.start?.();
    this.#release = holdLock(nameLock(this.#id), (lock) => {
      this.#lock = lock;
      this.#isReady = true;
      this.#sayReady();
    });
  }

  /** Says goodbye, also when the port is being closed: the caller stops waiting. What still runs is canceled. */
  close(): void {
    postTo(this.#channel, toMessage<Goodbye>({ type: 'goodbye', host: this.#id }));
    this.#channel.removeEventListener('message', this.#onMessage);
    this.#channel.removeEventListener('messageerror', this.#onMessageError);
    this.#channel.removeEventListener('close', this.#onClose);
    this.#stopOwnEnd();
    this.#release();
    this.#onEnd(this);
    this.#cancelAll('The worker has stopped to expose its functions');
  }

  /** As long as something runs: what nobody asks for any more must end. */
  #watchCaller(lock: string): void {
    this.#callerLock = lock;
    this.#stopWatchingCaller?.();
    this.#stopWatchingCaller = undefined;
    if (this.#running.size === 0) return;
    this.#stopWatchingCaller = waitForLock(lock, () => this.#cancelAll('The page that asked for it is gone'));
  }

  #cancelAll(message: string): void {
    for (const op of this.#running.values()) op.cancel({ reason: 'signal', message });
  }

  #sayReady(): void {
    if (!this.#isReady) return; // it will say so when it is
    postTo(this.#channel, toMessage<Ready>({ type: 'ready', host: this.#id, lock: this.#lock }));
  }

  readonly #onMessage = (event: Event): void => {
    const { data } = event as MessageEvent<unknown>;
    if (!isMessage(data)) return;
    if (data.type === 'hello') this.#sayReady();
    else if (data.type === 'caller') this.#watchCaller(data.lock);
    else if (data.type === 'disconnect') this.close();
    else if (data.type === 'cancel') this.#cancel(data);
    else if (data.type === 'run') {
      if (data.host === this.#id) this.#run(data);
      else this.#sayReady(); // it was meant for those who were here before
    }
  };

  readonly #onClose = (): void => this.close();

  /** Memory that this context can't share, say. */
  readonly #onMessageError = (): void =>
    postTo(this.#channel, toMessage<Unread>({ type: 'unread', after: this.#lastOrder }));

  #cancel(message: Cancel): void {
    const op = this.#running.get(message.call);
    if (op !== undefined) cancelOperation(op, toCancelRequest(message, op));
  }

  #run({ call, order, name, args, operation }: Run): void {
    this.#lastOrder = order;
    const op = createDescribed(operation);
    this.#running.set(call, op);
    if (this.#callerLock !== undefined && this.#running.size === 1) this.#watchCaller(this.#callerLock);
    const disconnect = relayToCaller(op, call, operation, this.#post);
    lookOut(); // it may have been canceled on the way, and then does not start
    void op
      .settle((op) => {
        const run = Object.hasOwn(this.#functions, name) ? this.#functions[name] : undefined;
        if (run === undefined) throw this.#unknown(name);
        // The types of the caller are those of the function. It may be a method of the object.
        return (run as AnyFunction).call(this.#functions, op, ...args);
      })
      .then((outcome) => {
        disconnect();
        this.#running.delete(call);
        if (this.#callerLock !== undefined && this.#running.size === 0) this.#watchCaller(this.#callerLock);
        const closed = isClosed(op);
        postOutcome(op, outcome, { call, name, isClosed: closed }, this.#post);
        if (!closed) void op.closed.then(() => this.#post(toMessage<Closed>({ type: 'closed', call })));
      });
  }

  readonly #post = (message: CallMessage, transfer: Transferable[] = []): void =>
    postTo(this.#channel, message, transfer);

  #unknown(name: string): WorkerError {
    const exposed = Object.keys(this.#functions);
    const list = exposed.length === 0 ? 'no functions' : quoteAll(exposed);
    return new WorkerError(`The worker exposes no function "${name}"; it exposes ${list}.`);
  }
}
