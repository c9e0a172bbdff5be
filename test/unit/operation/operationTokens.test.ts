import { describe, expect, it, vi } from 'vitest';
import { Cancelable, CancelationToken } from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';
import { isSettledSoon } from './nextTask.ts';

describe('an operation with a token', () => {
  it('is canceled with the reason and the message of the token', async () => {
    const token = new CancelationToken();
    const op = Cancelable.withToken(token, { name: 'load' });
    const run = op.settle(untilCanceled);
    const cause = new Error('the cause');
    token.cancel({ reason: 'hidden', message: 'away', cause });
    await expect(run).resolves.toMatchObject({ status: 'canceled', reason: 'hidden', message: 'away' });
    expect([op.name, op.context.cancelReason, (op.error as Error).cause]).toEqual(['load', 'hidden', cause]);
  });

  it('has a token of its own: canceling it leaves the shared one alone', async () => {
    const token = new CancelationToken();
    const [first, second] = [new Cancelable({ token }), new Cancelable({ token })];
    expect(first.token).not.toBe(token);
    const runs = [first, second].map((op) => op.settle(untilCanceled));
    first.token.cancel();
    expect([first.status, second.status, token.isCanceled]).toEqual(['canceled', 'running', false]);
    token.cancel();
    await Promise.all(runs);
    expect(second.status).toBe('canceled');
  });

  it('of another operation leads to the root cause, not to a parent that still runs', async () => {
    const page = new Cancelable({ parent: null });
    const owner = page.child();
    const other = new Cancelable({ parent: null });
    const follower = other.child({ token: owner.token });
    const runs = [
      page.settle(() => owner.run(untilCanceled)),
      other.settle((op) => {
        void follower.run(untilCanceled);
        return op.wait(1);
      }),
    ];
    page.cancel({ message: 'The page was left', cause: 'navigation' });
    await Promise.all(runs);
    expect([follower.status, other.status]).toEqual(['canceled', 'completed']);
    const chain: unknown[] = [];
    for (let at: unknown = follower.error; at instanceof Error; at = at.cause) chain.push(at);
    expect(chain).toContain(page.error);
    expect(follower.message).not.toContain(other.id);
  });

  it('and a parent is canceled by the parent too [case 47]', async () => {
    const token = new CancelationToken();
    const parent = new Cancelable();
    const child = parent.child({ token });
    const run = parent.settle(() => child.run(untilCanceled));
    parent.cancel();
    await run;
    expect([child.reason, token.isCanceled]).toEqual(['parent', false]);
  });

  it('tells the truth about its own token, whenever that is first read', async () => {
    const canceled = new Cancelable();
    canceled.cancel({ reason: 'unmount', message: 'gone' });
    expect([canceled.token.isCanceled, canceled.token.reason, canceled.token.message]).toEqual([
      true,
      'unmount',
      'gone',
    ]);
    expect(canceled.token.canceledAt).toBeCloseTo(canceled.context.endTime!, 0);
    expect(() => canceled.token.check()).toThrow(expect.objectContaining({ reason: 'unmount', message: 'gone' }));
    expect(canceled.token.signal).toBe(canceled.signal);
    const callback = vi.fn<() => void>();
    canceled.token.onCancel(callback);
    expect(callback).toHaveBeenCalledOnce();
    await expect(new Cancelable({ token: canceled.token }).run(() => 1)).rejects.toMatchObject({ message: 'gone' });
  });

  it('keeps its own token uncanceled when it completes', async () => {
    const op = new Cancelable();
    const { token } = op;
    await op.run(() => {});
    expect([token.isCanceled, token.cancel(), op.token === token]).toEqual([false, false, true]);
  });

  it('is canceled by a token that is canceled in its sources, its start callbacks or its body', async () => {
    const token = new CancelationToken();
    const op = new Cancelable({ token });
    await expect(op.settle(() => token.cancel('inside'))).resolves.toMatchObject({ status: 'canceled' });
    const second = new CancelationToken();
    const starting = new Cancelable({ token: second }).onStart(() => void second.cancel());
    const body = vi.fn<() => void>();
    await starting.settle(body);
    expect([starting.status, body.mock.calls.length]).toEqual(['canceled', 0]);
  });

  it('of finished work is forgotten by it, whatever they did with it [case 109]', async () => {
    const token = new CancelationToken();
    const { signal } = token;
    const [add, remove] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')];
    const told = vi.fn<() => void>();
    for (let count = 0; count < 100; count += 1) {
      const op = new Cancelable({ token }).onCancel(told);
      await op.run(async (self) => {
        // Waiting for a token beside the work is what a race does; the loser must not stay behind.
        void token.whenCanceled().then(told, () => {});
        if (count % 2 === 0) await self.wait('work');
      });
    }
    token.cancel();
    expect(await isSettledSoon(token.whenCanceled())).toBe(true);
    expect(told).not.toHaveBeenCalled();
    expect(add.mock.calls.length).toBe(remove.mock.calls.length);
  });
});
