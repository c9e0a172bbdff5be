import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import {
  Cancelable,
  CancelationToken,
  currentOperation,
  isCancelation,
  LinkedCancelationToken,
} from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';
import { collectReportedErrors } from './reportedErrors.ts';

/** A token that counts the callbacks that stand in it. */
function countedToken(): { token: CancelationToken; count: () => number } {
  const token = new CancelationToken();
  const onCancel = token.onCancel.bind(token);
  let count = 0;
  vi.spyOn(token, 'onCancel').mockImplementation((callback) => {
    count += 1;
    const remove = onCancel(callback);
    return () => {
      count -= 1;
      remove();
    };
  });
  return { token, count: () => count };
}

function linked(...tokens: CancelationToken[]): LinkedCancelationToken {
  const token = new LinkedCancelationToken();
  for (const each of tokens) token.link(each);
  return token;
}

const stateOf = (token: CancelationToken): unknown[] => [token.isCanceled, token.reason, token.message];

describe('a linked token', () => {
  it('is canceled with the token that it is linked to, with its message [case 116]', () => {
    const page = new CancelationToken();
    const panel = linked(page);
    const { signal } = panel;
    const seen: unknown[] = [];
    panel.onCancel((token) => seen.push(stateOf(token)));
    page.cancel('Parent canceled');
    expect(stateOf(panel)).toEqual([true, 'parent', 'Linked from parent: Parent canceled']);
    expect(seen).toEqual([stateOf(panel)]);
    expect(signal.aborted).toBe(true);
    expect(isCancelation(signal.reason)).toBe(true);
  });

  it('has the error of that token as its cause, down to the root', () => {
    const page = new CancelationToken();
    const panel = linked(page);
    const field = linked(panel);
    page.cancel({ reason: 'hidden', message: 'away', cause: 'the tab' });
    expect((field.signal.reason as Error).cause).toBe(panel.signal.reason);
    expect((panel.signal.reason as Error).cause).toBe(page.signal.reason);
    expect((page.signal.reason as Error).cause).toBe('the tab');
    expect(field.message).toBe('Linked from parent: away');
  });

  it('is canceled by whichever is first, once, with what that says [case 117]', () => {
    const [first, second] = [countedToken(), countedToken()];
    const token = linked(first.token, second.token);
    const callback = vi.fn<() => void>();
    token.onCancel(callback);
    second.token.cancel('the second');
    first.token.cancel('the first');
    expect(callback).toHaveBeenCalledOnce();
    expect(token.message).toBe('Linked from parent: the second');
    expect([first.count(), second.count()]).toEqual([0, 0]);
  });

  it('may be linked in a circle [case 118]', () => {
    const reported = collectReportedErrors();
    const [one, other] = [new LinkedCancelationToken(), new LinkedCancelationToken()];
    one.link(other);
    other.link(one);
    one.link(one);
    expect(one.cancel('here')).toBe(true);
    expect(stateOf(one)).toEqual([true, 'manual', 'here']);
    expect(stateOf(other)).toEqual([true, 'parent', 'Linked from parent: here']);
    expect(other.cancel()).toBe(false);
    expect(reported).toEqual([]);
  });

  it('has the very reason and message where they are to be preserved [case 119]', () => {
    const page = new CancelationToken();
    const token = new LinkedCancelationToken();
    token.link(page, { preserveReason: true });
    page.cancel({ reason: 'timeout', message: 'Too slow', cause: 'the network' });
    expect(stateOf(token)).toEqual([true, 'timeout', 'Too slow']);
    expect((token.signal.reason as Error).cause).toBe(page.signal.reason);
  });

  it('is canceled at once by a token that was canceled before [case 121]', () => {
    const page = new CancelationToken();
    page.cancel('before');
    const token = new LinkedCancelationToken();
    const unlink = token.link(page);
    expect(stateOf(token)).toEqual([true, 'parent', 'Linked from parent: before']);
    expect(unlink).not.toThrow();
  });

  it('is canceled at once also where another cancelation is under way', () => {
    const [page, late] = [new CancelationToken(), new LinkedCancelationToken()];
    const token = linked(page);
    let wasCanceled: boolean | undefined;
    token.onCancel(() => {
      late.link(page);
      wasCanceled = late.isCanceled;
    });
    page.cancel();
    expect(wasCanceled).toBe(true);
  });

  it('leaves the others alone when it is canceled by itself, and lets go of them [case 122]', () => {
    const { token: page, count } = countedToken();
    const token = linked(page, page);
    expect(count()).toBe(1);
    expect(token.cancel('mine')).toBe(true);
    expect(page.isCanceled).toBe(false);
    expect(count()).toBe(0);
    page.cancel();
    expect(token.message).toBe('mine');
  });

  it('goes on when it was unlinked, and nothing of it stays behind [case 124]', () => {
    const { token: page, count } = countedToken();
    const [first, second] = [new LinkedCancelationToken(), new LinkedCancelationToken()];
    const unlinks = [first.link(page), second.link(page)];
    unlinks[0]!();
    unlinks[0]!();
    expect(count()).toBe(1);
    unlinks[1]!();
    expect(count()).toBe(0);
    page.cancel();
    expect([first.isCanceled, second.isCanceled]).toEqual([false, false]);
  });

  it('undoes one link and keeps the others, or undoes all [case 124]', () => {
    const [first, second, third] = [countedToken(), countedToken(), countedToken()];
    const token = linked(second.token, third.token);
    token.link(first.token)();
    first.token.cancel();
    expect(token.isCanceled).toBe(false);
    token.unlinkAll();
    second.token.cancel();
    expect([token.isCanceled, first.count(), second.count(), third.count()]).toEqual([false, 0, 0, 0]);
    token.link(new CancelationToken());
    expect(token.cancel()).toBe(true);
  });

  it('comes and goes ten thousand times under one long-lived token, which keeps nothing', () => {
    const { token: page, count } = countedToken();
    const all = Array.from({ length: 10_000 }, () => new LinkedCancelationToken());
    const unlinks = all.map((token) => token.link(page));
    expect(count()).toBe(1);
    for (const unlink of unlinks) unlink();
    expect(count()).toBe(0);
    for (const token of all) token.link(page);
    page.cancel('all');
    expect(all.every((token) => token.isCanceled)).toBe(true);
    expect(count()).toBe(0);
  });

  it('is reached through ten thousand links, in the same step', () => {
    const first = new CancelationToken();
    let last = first;
    for (let depth = 0; depth < 10_000; depth += 1) last = linked(last);
    first.cancel('far away');
    expect(stateOf(last)).toEqual([true, 'parent', 'Linked from parent: far away']);
  });

  it('cancels what runs under it, and that names the first cause', async () => {
    const page = new CancelationToken();
    const token = linked(page);
    const op = new Cancelable({ token, parent: null });
    const run = op.settle(untilCanceled);
    page.cancel('away');
    expect([op.reason, op.message]).toEqual(['parent', 'Linked from parent: away']);
    expect((op.error as Error).cause).toBe(page.signal.reason);
    await run;
  });

  it('follows an operation through its token, and a completed one no more', async () => {
    const op = new Cancelable({ parent: null, name: 'page' });
    const token = linked(op.token);
    op.cancel({ reason: 'hidden', message: 'away' });
    expect(stateOf(token)).toEqual([true, 'parent', 'Linked from parent: away']);
    expect((token.signal.reason as Error).cause).toBe(op.error);
    const completed = new Cancelable({ parent: null });
    const other = linked(completed.token);
    await completed.run(() => 1);
    completed.cancel();
    expect(other.isCanceled).toBe(false);
  });

  it('keeps what a callback throws from the other links, and runs it with no operation current', async () => {
    const reported = collectReportedErrors();
    const page = new CancelationToken();
    const [first, second] = [linked(page), linked(page)];
    const error = new Error('callback');
    let current: unknown = 'not called';
    first.onCancel(() => {
      current = currentOperation();
      throw error;
    });
    await new Cancelable({ parent: null }).run(() => page.cancel());
    expect([second.isCanceled, current]).toEqual([true, undefined]);
    expect(reported).toEqual([error]);
  });

  it.each([
    [
      'a signal for a token',
      (token: LinkedCancelationToken) => token.link(new AbortController().signal as never),
      'The token to link',
    ],
    ['nothing', (token: LinkedCancelationToken) => token.link(undefined as never), 'The token to link'],
    [
      'an unknown option',
      (token: LinkedCancelationToken) => token.link(new CancelationToken(), { preserve: true } as never),
      '"preserve"',
    ],
    [
      'another kind of value',
      (token: LinkedCancelationToken) => token.link(new CancelationToken(), { preserveReason: 1 as never }),
      'Option "preserveReason" must be true or false; got 1 (number).',
    ],
    [
      'options that are none',
      (token: LinkedCancelationToken) => token.link(new CancelationToken(), true as never),
      'The options of link',
    ],
  ])('refuses %s, and follows nothing', (_, link, words) => {
    const token = new LinkedCancelationToken();
    expect(() => link(token)).toThrow(TypeError);
    expect(() => link(token)).toThrow(words);
    expect(token.isCanceled).toBe(false);
  });

  it('is a token, and link gives back how to unlink', () => {
    const token = new LinkedCancelationToken();
    expectTypeOf(token).toExtend<CancelationToken>();
    expectTypeOf(token.link(new CancelationToken())).toEqualTypeOf<() => void>();
    const unused = (): void => {
      // @ts-expect-error a token is linked to tokens
      token.link(new AbortController());
      // @ts-expect-error a plain token is linked to nothing
      new CancelationToken().link(token);
    };
    expect([token instanceof CancelationToken, typeof unused]).toEqual([true, 'function']);
  });
});
