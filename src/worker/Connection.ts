import type { Call, Line } from './Call.js';
import { createId } from '../base/ids.js';
import { startTimer } from '../base/timer.js';
import { isWorker, onOwnEnd } from './closing.js';
import type { Channel, Endpoint } from './endpoint.js';
import { holdLock, nameLock } from './locks.js';
import { canShareWith } from './flag.js';
import { Peer } from './Peer.js';
import { isMessage, toMessage, type Hello, type Home, type HomeMessage, type Part, type Ready } from './protocol.js';
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
export class Connection implements Line {
  readonly #channel: Channel;
  readonly #errors: EventTarget;
  readonly #sharesMemory: boolean;
  readonly #isWorker: boolean;
  readonly #calls = new Map<string, Call>();
  /** Those that wait until the functions are exposed. What was posted to a worker before would be lost. */
  readonly #unsent = new Set<Call>();
  readonly #peer = new Peer(() => this.#lose(new WorkerError(`The worker has ended without an answer: ${howItEnds}.`)));
  #isAttached = false;
  #onLost: (() => void) | undefined;
  /** Whoever was there is gone, or has thrown before he was ready; functions may be exposed there again. */
  #lost: WorkerError | undefined;
  #stopLosing: (() => void) | undefined;
  #stopHome: (() => void) | undefined;
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

  enter(call: Call): void {
    this.#calls.set(call.id, call);
    if (this.#ended !== undefined) {
      call.fail(this.#ended, 'open');
      return;
    }
    this.#attach();
    const { seat } = this.#peer;
    if (seat === undefined) this.#unsent.add(call);
    else call.send(this.#post, seat, this.#sharesMemory);
  }

  leave(call: Call): void {
    this.#calls.delete(call.id);
    this.#unsent.delete(call);
    if (this.#calls.size === 0) this.#detach();
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

  readonly #post = (message: HomeMessage, transfer: Transferable[] = []): void => {
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
    if (!this.#peer.hasLock) this.#post(toMessage<Hello>({ type: 'hello' }));
    const lost = this.#lost;
    if (lost !== undefined) this.#stopLosing = startTimer(() => this.#failAll(lost), returnTime);
    this.#peer.watch();
    if (!this.#isWorker) this.#sayHome();
  }

  /** A shared worker or a frame goes on when this page is gone; what it does for it must not. */
  #sayHome(): void {
    this.#stopHome = holdLock(nameLock(`home ${createId()}`), (lock) => {
      if (lock !== undefined) this.#post(toMessage<Home>({ type: 'home', lock }));
    });
  }

  #detach(): void {
    if (!this.#isAttached) return;
    this.#isAttached = false;
    this.#channel.removeEventListener('message', this.#onMessage);
    this.#channel.removeEventListener('messageerror', this.#onMessageError);
    this.#channel.removeEventListener('close', this.#onClose);
    this.#errors.removeEventListener('error', this.#onError);
    if (this.#onLost === undefined) this.#peer.unwatch();
    this.#stopLosing?.();
    this.#stopHome?.();
    // Else the next call would be taken for one of a page that is gone: its own lock is known there only after it.
    if (!this.#isWorker) this.#post(toMessage<Home>({ type: 'home', lock: undefined }));
  }

  readonly #onMessage = (event: Event): void => {
    const { data } = event as MessageEvent<unknown>;
    if (!isMessage(data)) return;
    switch (data.type) {
      case 'ready':
        this.#onReady(data);
        return;
      case 'goodbye':
        if (data.seat === this.#peer.seat)
          this.#lose(new WorkerError('The worker has stopped to expose its functions.'));
        return;
      case 'unread':
        this.#onUnread(data.after);
        return;
      case 'hello':
      case 'home':
      case 'part':
      case 'run':
      case 'cancel':
      case 'end':
        return; // an echo: somebody has exposed functions on this side of the port as well
      default:
        this.#calls.get(data.call)?.receive(data);
    }
  };

  #onReady(ready: Ready): void {
    const { seat } = this.#peer;
    this.#peer.meet(ready);
    if (seat !== undefined && seat !== ready.seat) {
      // Those who were there are gone, and took along what they were asked.
      const error = new WorkerError('The worker has stopped to expose the functions that this call was sent to.');
      for (const call of this.#calls.values()) if (!this.#unsent.has(call)) call.fail(error, 'open');
    }
    this.#lost = undefined;
    this.#stopLosing?.();
    const calls = [...this.#unsent];
    this.#unsent.clear();
    for (const call of calls) call.send(this.#post, ready.seat, this.#sharesMemory);
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
    if (!this.#isWorker) this.#post(toMessage<Part>({ type: 'part' })); // nobody else tells the other side
  };

  readonly #onClose = (): void => this.#lose(new WorkerError('The port was closed.'));

  readonly #onMessageError = (): void => {
    const error = new WorkerError(
      'A message from the worker could not be read: something in it cannot be cloned to here.',
    );
    this.#failAll(error);
  };

  readonly #onError = (event: Event): void => {
    const isReady = this.#peer.seat !== undefined;
    const error = toCrashError(event, isReady);
    if (!isReady) this.#lost = error; // it may be ready in spite of it
    if (this.#failAll(error)) event.preventDefault(); // it is told to who waits, so it is not uncaught any more
  };
}
