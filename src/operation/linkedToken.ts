import { checkBoolean, checkOptions, wrongType } from '../base/checks.js';
import { ignore } from '../base/jobs.js';
import { callSafely } from '../base/listeners.js';
import { CancelationToken } from './token.js';
import type { CancelRequest } from './types.js';

/**
 * How a token follows another one.
 *
 * @example
 * panel.link(page, { preserveReason: true });
 */
export interface LinkOptions {
  /** True: canceled with the very reason and message of the other token. Default: false. */
  readonly preserveReason?: boolean | undefined;
}

interface Link {
  readonly token: LinkedCancelationToken;
  readonly preservesReason: boolean;
}

const prefix = 'Linked from parent: ';
const checks = { preserveReason: checkBoolean };

/**
 * A token that is canceled with any of the tokens that it is linked to; they are not canceled with it. It can also be
 * canceled by itself, as every token. For one operation under several tokens `anyOf` is shorter; a linked token is for
 * code that takes one token.
 *
 * @example
 * const panel = new LinkedCancelationToken();
 * const unlink = panel.link(page);
 * page.cancel('The page was left'); // panel.reason: 'parent', panel.message: 'Linked from parent: The page was left'
 */
export class LinkedCancelationToken extends CancelationToken {
  readonly #unlinks = new Set<() => void>();

  /**
   * Follows a token from now on; if that is canceled already, at once. Its error is the `cause`; the reason is `parent`
   * and the message repeats its message, unless `preserveReason` is set. Several links and circles are fine: the first
   * cancelation wins. The other token holds this one until one of them is canceled or the link is undone: undo the links
   * of short-lived tokens to a long-lived one. Returns how.
   */
  link(token: CancelationToken, options: LinkOptions = {}): () => void {
    if (!(token instanceof CancelationToken)) throw wrongType('The token to link', 'a CancelationToken', token);
    checkOptions('The options of link', options, checks);
    const link: Link = { token: this, preservesReason: options.preserveReason === true };
    if (token.isCanceled) this.cancel(requestFrom(token, link));
    if (this.isCanceled) return ignore;
    const links = linksTo(token);
    links.all.add(link);
    const unlink = (): void => {
      this.#unlinks.delete(unlink);
      if (links.all.delete(link) && links.all.size === 0) links.stop();
    };
    this.#unlinks.add(unlink);
    return unlink;
  }

  /** Undoes all links. */
  unlinkAll(): void {
    for (const unlink of this.#unlinks) unlink();
  }

  override cancel(request?: string | CancelRequest): boolean {
    const isFirst = super.cancel(request);
    if (isFirst) this.unlinkAll();
    return isFirst;
  }
}

/** All that are linked to one token, behind one callback of it: thousands come and go at no more cost than one. */
interface Links {
  readonly all: Set<Link>;
  stop(): void;
}

const linksOf = new WeakMap<CancelationToken, Links>();

function linksTo(token: CancelationToken): Links {
  const known = linksOf.get(token);
  if (known !== undefined) return known;
  const all = new Set<Link>();
  const remove = token.onCancel(() => {
    for (const link of all) follow(token, link);
  });
  const links: Links = {
    all,
    stop() {
      remove();
      linksOf.delete(token);
    },
  };
  linksOf.set(token, links);
  return links;
}

// A chain of links may be as long as a tree is deep: what one cancelation leads to waits here until that one is done.
const waiting: Array<() => void> = [];
let isAtWork = false;

function follow(token: CancelationToken, link: Link): void {
  waiting.push(() => link.token.cancel(requestFrom(token, link)));
  if (isAtWork) return;
  isAtWork = true;
  for (const cancel of waiting) void callSafely(cancel);
  waiting.length = 0;
  isAtWork = false;
}

function requestFrom(token: CancelationToken, { preservesReason }: Link): CancelRequest {
  const { reason, message = '' } = token;
  const cause: unknown = token.signal.reason;
  if (preservesReason) return { reason, message, cause };
  return { reason: 'parent', message: message.startsWith(prefix) ? message : prefix + message, cause };
}
