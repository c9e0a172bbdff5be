import { describe, expect, it, vi } from 'vitest';
import { Cancelable, CancelationToken, fromToken } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';

describe('a token as a source', () => {
  it("cancels with the token's reason, message and cause", async () => {
    const token = new CancelationToken();
    const cause = new Error('the cause');
    const op = new Cancelable({ sources: [fromToken(token)] });
    const run = op.settle(untilCanceled);
    token.cancel({ reason: 'logout', message: 'You are logged out', cause });
    expect([op.status, op.reason, op.message]).toEqual(['canceled', 'logout', 'You are logged out']);
    expect((op.error as Error).cause).toBe(cause);
    await run;
  });

  it('that is canceled already keeps the body from starting', async () => {
    const token = new CancelationToken();
    token.cancel('before');
    const body = vi.fn<() => void>();
    const op = new Cancelable({ sources: [fromToken(token)] });
    await expect(op.run(body)).rejects.toMatchObject({ reason: 'manual', message: 'before' });
    expect(body).not.toHaveBeenCalled();
  });

  it('may be the token of another operation: its error is the cause', async () => {
    const other = new Cancelable({ parent: null });
    const op = new Cancelable({ sources: [fromToken(other.token)], parent: null });
    const runs = [other, op].map((each) => each.settle(untilCanceled));
    other.cancel({ reason: 'timeout', message: 'too late' });
    await Promise.all(runs);
    expect([op.reason, op.message, (op.error as Error).cause]).toEqual(['timeout', 'too late', other.error]);
  });

  it('never cancels the token, and is forgotten by it after the end', async () => {
    const token = new CancelationToken();
    const source = fromToken(token);
    const op = new Cancelable({ sources: [source] });
    expect(token.state.callbacks).toBeUndefined();
    const run = op.settle(untilCanceled);
    expect(token.state.callbacks).toHaveLength(1);
    op.cancel();
    await run;
    await Promise.all(Array.from({ length: 100 }, () => new Cancelable({ sources: [source] }).run(() => 1)));
    expect([token.isCanceled, token.state.callbacks]).toEqual([false, undefined]);
  });

  it('says what it is, and its reason once it has one [case 286]', () => {
    const token = new CancelationToken();
    const source = fromToken(token);
    expect([source.name, source.reason, String(source)]).toEqual(['token', 'manual', 'token (manual)']);
    token.cancel({ reason: 'logout' });
    expect([source.reason, String(source)]).toEqual(['logout', 'token (logout)']);
  });
});
