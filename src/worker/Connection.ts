import { startTimer } from '../base/timer.js';
import type { Call, Dispatcher } from './Call.js';
import { CallerLock } from './CallerLock.js';
import { isWorker, onOwnEnd } from './closing.js';
import type { Channel, Endpoint } from './endpoint.js';
import { canShareWith } from './flag.js';
import { Peer } from './Peer.js';
import {
  isMessage,
  toMessage,
  type Caller,
  type CallerMessage,
  type Disconnect,
  type Hello,
  type Ready,
} from './protocol.js';
import { WorkerError } from './WorkerError.js';
import { toArgumentError, toCrashError } from './workerErrors.js';

const howItEnds = 'it was terminated, has closed itself, or its page is gone';

const returnTime = 1000; // milliseconds

const connections = new WeakMap<Channel, Connection>();

/** The one connection that this side has with a worker or through a port. */
export function connectionOf(endpoint: Endpoint): Connection {
  let connection = connections.get(endpoint.channel);
  if (connection === undefined) connections.set(endpoint.channel, (connection = new Connection(endpoint)));
  return connection;
}

/**
 * The calls that are on their way to one worker. It listens only while there are any: then nothing holds the worker or the
 * page, and a port that nobody uses any more can be collected.
 */
export class Connection implements Dispatcher {
  readonly #channel: Channel;
  readonly #errors: EventTarget;
  readonly #sharesMemory: boolean;
  readonly #isWorker: boolean;
  readonly #calls = new Map<string, Call>();
  /** Those that wait until the functions are exposed, and the lock is held. What was posted to a worker before would be lost. */
  readonly #unsent = new Set<Call>();
  readonly #peer = new Peer(() =>
    this.#onGone(new WorkerError(`The worker has ended without an answer: ${howItEnds}.`)),
  );
  #isAttached = false;
  /** It has said once that it is there, or has ended: until then its script may fail while nobody waits. */
  #isLoaded = false;
  #onLost: (() => void) | undefined;
  /** What was there is gone, or has thrown before it was ready; functions may be exposed there again. */
  #lost: WorkerError | undefined;
  #stopLosing: (() => void) | undefined;
  /** Where functions may be exposed anew while nobody listens here: the host has said meanwhile that it is there. */
  #isGreeted = true;
  /** Held while there are calls, where the other side outlives this page. */
  readonly #callerLock = new CallerLock();
  /** This side has ended it, for good. */
  #ended: WorkerError | undefined;

  constructor({ channel, errors }: Endpoint) {
    this.#channel = channel;
    this.#errors = errors;
    this.#sharesMemory = canShareWith(channel);
    this.#isWorker = isWorker(channel);
    onOwnEnd(channel, this.#onOwnEnd);
  }

  /** From now on it is told that the worker has ended, also while there is no call. */
  watchIdle(onLost: () => void): void {
    this.#onLost = onLost;
  }

  add(call: Call): void {
    this.#calls.set(call.id, call);
    if (this.#ended !== undefined) {
      call.fail(this.#ended, 'open');
      return;
    }
    this.#attach();
    this.#unsent.add(call);
    this.#sendWaiting();
  }

  remove(call: Call): void {
    this.#calls.delete(call.id);
    this.#unsent.delete(call);
    if (this.#calls.size === 0) this.#detach();
  }

  #onGone(error: WorkerError): void {
    if (this.#isGreeted) this.#lose(error);
    else this.#awaitReturn(error); // it was gone before anything was asked of it
  }

  /** Functions may be exposed there again. */
  #awaitReturn(error: WorkerError): void {
    this.#lost = error;
    this.#peer.forget();
    this.#stopLosing?.();
    this.#stopLosing = startTimer(() => this.#failAll(error), returnTime);
  }

  /** There will be no answers: all that waits for one is told so. */
  #lose(error: WorkerError): void {
    this.#lost = error;
    this.#peer.forget();
    this.#failAll(error);
    this.#onLost?.();
  }

  /** False if nobody waits for more than the end of what was canceled. */
  #failAll(error: WorkerError): boolean {
    let isHeard = false;
    for (const call of this.#calls.values()) isHeard = call.fail(error, 'open') || isHeard;
    return isHeard;
  }

  readonly #post = (message: CallerMessage, transfer: Transferable[] = []): void => {
    try {
      this.#channel.postMessage(message, transfer);
    } catch (error) {
      throw message.type === 'run' ? toArgumentError(message, transfer, error) : error;
    }
  };

  #attach(): void {
    if (this.#isAttached) return;
    this.#isAttached = true;
    this.#channel.addEventListener('message', this.#onMessage);
    this.#channel.addEventListener('messageerror', this.#onMessageError);
    this.#channel.addEventListener('close', this.#onClose);
    this.#errors.addEventListener('error', this.#onError);
    this.#channel.start?.();
    // What it has said while nobody listened is lost.
    this.#isGreeted = this.#isWorker;
    if (!this.#isGreeted || !this.#peer.hasLock) this.#post(toMessage<Hello>({ type: 'hello' }));
    if (this.#lost !== undefined) this.#awaitReturn(this.#lost);
    this.#peer.watch();
    if (this.#isWorker) return;
    // A shared worker or a frame goes on when this page is gone; what it does for it must not: so it knows the lock first.
    this.#callerLock.hold(() => {
      this.#sayCaller();
      this.#sendWaiting();
    });
  }

  /** Once a host is known and the lock is held, and again when there is another host. */
  #sayCaller(): void {
    const lock = this.#callerLock.name;
    if (lock !== undefined && this.#peer.host !== undefined) this.#post(toMessage<Caller>({ type: 'caller', lock }));
  }

  #sendWaiting(): void {
    const { host } = this.#peer;
    if (host === undefined || !this.#isGreeted || !this.#callerLock.isSettled) return;
    const calls = [...this.#unsent];
    this.#unsent.clear();
    for (const call of calls) call.send(this.#post, host, this.#sharesMemory);
  }

  #detach(): void {
    if (!this.#isAttached) return;
    this.#isAttached = false;
    this.#channel.removeEventListener('message', this.#onMessage);
    this.#channel.removeEventListener('messageerror', this.#onMessageError);
    this.#channel.removeEventListener('close', this.#onClose);
    if (this.#isLoaded) this.#errors.removeEventListener('error', this.#onError);
    if (this.#onLost === undefined) this.#peer.unwatch();
    this.#stopLosing?.();
    this.#callerLock.release();
  }

  readonly #onMessage = (event: Event): void => {
    const { data } = event as MessageEvent<unknown>;
    if (!isMessage(data)) return;
    switch (data.type) {
      case 'ready':
        this.#onReady(data);
        return;
      case 'goodbye':
        if (data.host === this.#peer.host)
          this.#onGone(new WorkerError('The worker has stopped to expose its functions.'));
        return;
      case 'unread':
        this.#onUnread(data.after);
        return;
      case 'hello':
      case 'caller':
      case 'disconnect':
      case 'run':
      case 'cancel':
      case 'end':
        return; // an echo: somebody has exposed functions on this side of the port as well
      default:
        this.#calls.get(data.call)?.receive(data);
    }
  };

  #onReady(ready: Ready): void {
    const { host } = this.#peer;
    this.#peer.update(ready);
    this.#isGreeted = true;
    this.#isLoaded = true;
    if (host !== undefined && host !== ready.host) {
      // Those who were there are gone, and took along what they were asked.
      const error = new WorkerError('The worker has stopped to expose the functions that this call was sent to.');
      for (const call of this.#calls.values()) if (!this.#unsent.has(call)) call.fail(error, 'open');
    }
    this.#lost = undefined;
    this.#stopLosing?.();
    this.#sayCaller();
    this.#sendWaiting();
  }

  #onUnread(after: number): void {
    for (const call of this.#calls.values()) {
      if (call.order <= after || this.#unsent.has(call)) continue;
      const what = `The worker could not read the call of "${call.name}"`;
      call.fail(new WorkerError(`${what}: an argument can be cloned, but not to there.`), 'closed');
      return;
    }
  }

  readonly #onOwnEnd = (): void => {
    this.#ended ??= new WorkerError(this.#isWorker ? 'The worker was terminated.' : 'The port was closed.');
    this.#lose(this.#ended);
    this.#isLoaded = true;
    this.#errors.removeEventListener('error', this.#onError);
    if (!this.#isWorker) this.#post(toMessage<Disconnect>({ type: 'disconnect' })); // nobody else tells the other side
  };

  readonly #onClose = (): void => this.#lose(new WorkerError('The port was closed.'));

  readonly #onMessageError = (): void => {
    const error = new WorkerError(
      'A message from the worker could not be read: something in it cannot be cloned to here.',
    );
    this.#failAll(error);
  };

  readonly #onError = (event: Event): void => {
    const isReady = this.#peer.host !== undefined;
    const error = toCrashError(event, isReady);
    if (!isReady) this.#lost = error; // it may be ready in spite of it
    if (this.#failAll(error)) event.preventDefault(); // it is told to who waits, so it is not uncaught any more
    if (!isReady) this.#onLost?.();
  };
}
