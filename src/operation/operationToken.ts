import { cancelOperation } from './cascade.js';
import { errorOf, messageOf } from './errorOf.js';
import { ErrorLink } from './causes.js';
import { lookOut } from './lookout.js';
import { coldOf, type Operation } from './node.js';
import { checkRequest } from './request.js';
import { signalOf } from './signal.js';
import { CancelationToken } from './token.js';
import { markToken } from './tokenState.js';
import type { CancelRequest } from './types.js';

/** An operation's own token, made on first read: canceling one cancels the other, and they share signal and error. */
export function tokenOf(node: Operation): CancelationToken {
  const cold = coldOf(node);
  return (cold.tokenObject ??= new OperationToken(node)) as CancelationToken; // the record lies below this class
}

class OperationToken extends CancelationToken {
  readonly #owner: Operation;

  constructor(owner: Operation) {
    super();
    this.#owner = owner;
    coldOf(owner).token = this.state;
    const { state } = this;
    if (owner.phase !== 'canceled') return;
    const { cancelReason: reason, cancelMessage: message } = owner;
    markToken(state, { reason, message, cause: new ErrorLink(owner) }, owner.context.endTime!); // it has ended
  }

  override get isCanceled(): boolean {
    lookOut();
    return super.isCanceled;
  }

  override get message(): string | undefined {
    return messageOf(this.#owner);
  }

  override get signal(): AbortSignal {
    return signalOf(this.#owner);
  }

  override cancel(request?: string | CancelRequest): boolean {
    return cancelOperation(this.#owner, checkRequest('cancel', request));
  }

  protected override get error(): unknown {
    return errorOf(this.#owner);
  }
}
