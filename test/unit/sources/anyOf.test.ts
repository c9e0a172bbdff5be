import { describe, expect, it, vi } from 'vitest';
import { allOf, anyOf, Cancelable, CancelationToken, fromEvent, fromToken, timeout } from 'use-cancelable/core';
import type { CustomSource } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { createSource } from '../operation/countedSource.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';
import { countListeners } from './countListeners.ts';

const throwing = (error: unknown): CustomSource => ({
  start() {
    throw error;
  },
});

describe('any-of', () => {
  it('refuses an empty list [case 130]', () => {
    expect(() => anyOf()).toThrow('At least one source is required');
    expect(() => anyOf()).toThrow(RangeError);
  });

  it('cancels with the reason of the one that fires, names it, and tells which it was [case 131]', async () => {
    const target = new EventTarget();
    const token = new CancelationToken();
    const [a, b] = [fromToken(token), fromEvent(target, 'logout')];
    const source = anyOf(a, b);
    const op = new Cancelable({ sources: [source] });
    const run = op.settle(untilCanceled);
    expect(source.triggered).toEqual([]);
    token.cancel({ reason: 'stop', message: 'first' });
    target.dispatchEvent(new Event('logout'));
    expect([op.status, op.reason, op.message]).toEqual(['canceled', 'stop', 'token: first']);
    await run;
    expect(source.triggered).toEqual([a]);
    expect(source.triggered[0]).toBe(a);
  });

  it('keeps what the error of a member tells', async () => {
    const target = new EventTarget();
    const op = new Cancelable({ sources: [anyOf(timeout(50_000), fromEvent(target, 'logout'))] });
    const run = op.settle(untilCanceled);
    const event = new Event('logout');
    target.dispatchEvent(event);
    await run;
    expect(op.error).toMatchObject({ name: 'AbortError', event: 'logout', cause: event });
  });

  it("names a user's source by its name or its class", async () => {
    class Logout {
      start(fire: (message?: string) => void): void {
        fire('gone');
      }
    }
    const start = (fire: (message?: string) => void): void => fire('gone');
    const rows: Array<[CustomSource, string]> = [
      [new Logout(), 'Logout: gone'],
      [{ start, name: 'session' } as CustomSource, 'session: gone'],
      [{ start }, 'source: gone'],
      [Object.assign(Object.create(null) as object, { start }), 'source: gone'],
      [{ start: (fire) => fire() }, 'Operation canceled by source'],
      [{ start: (fire) => fire('the source is gone') }, 'the source is gone'],
    ];
    for (const [source, message] of rows) {
      const op = new Cancelable({ sources: [anyOf(source)] });
      await op.settle(() => 1);
      expect([op.reason, op.message]).toEqual(['condition', message]);
    }
  });

  it('works on without a member that throws on start, and reports the error [case 133]', async () => {
    const reported = collectReportedErrors();
    const error = new Error('no such sensor');
    const { source, fire } = createSource();
    const op = new Cancelable({ sources: [anyOf(throwing(error), source)] });
    const run = op.settle(untilCanceled);
    expect([op.status, reported]).toEqual(['running', [error]]);
    fire('works');
    expect(op.message).toContain('works');
    await run;
  });

  it('of which all throw on start fails the operation', async () => {
    const reported = collectReportedErrors();
    const errors = [new Error('one'), new Error('two')];
    const body = vi.fn<() => void>();
    const op = new Cancelable({ sources: [anyOf(...errors.map(throwing))] });
    await expect(op.run(body)).rejects.toMatchObject({ errors });
    expect([op.status, body.mock.calls.length, reported]).toEqual(['failed', 0, []]);
  });

  it('stops the others when one throws on stop; the outcome stays [case 134]', async () => {
    const reported = collectReportedErrors();
    const error = new Error('stop');
    const { source, stops } = createSource();
    const stopping: CustomSource = {
      start: () => () => {
        throw error;
      },
    };
    const op = new Cancelable({ sources: [anyOf(stopping, source)] });
    await expect(op.run(() => 'value')).resolves.toBe('value');
    expect([stops(), reported]).toEqual([1, [error]]);
  });

  it('does what a list of sources does [case 135]', async () => {
    for (const combine of [true, false]) {
      const token = new CancelationToken();
      const sources = [timeout(50_000), fromToken(token)];
      const op = new Cancelable({ sources: combine ? [anyOf(...sources)] : sources });
      const run = op.settle(untilCanceled);
      token.cancel({ reason: 'stop', message: 'token is over' });
      await run;
      expect([op.status, op.reason, op.message]).toEqual(['canceled', 'stop', 'token is over']);
    }
  });

  it('does not start the rest when one fires on start', async () => {
    const [before, after] = [createSource(), createSource()];
    const source = anyOf(before.source, AbortSignal.abort('already'), after.source);
    const op = new Cancelable({ sources: [source] });
    await expect(op.run(() => 1)).rejects.toMatchObject({ reason: 'signal', cause: 'already' });
    expect([before.starts(), before.stops(), after.starts()]).toEqual([1, 1, 0]);
  });

  it('stops every member once, on every way out [case 139]', async () => {
    const ends = [
      (op: Cancelable) => op.wait(1),
      (op: Cancelable) => op.cancel(),
      () => Promise.reject(new Error('no')),
      (_: Cancelable, fire: () => void) => fire(),
    ];
    for (const end of ends) {
      const [first, second] = [createSource(), createSource()];
      const { signal } = new AbortController();
      const listeners = countListeners(signal);
      const op = new Cancelable({ sources: [anyOf(first.source, anyOf(second.source, signal))] });
      await op.settle(async (self) => {
        await self.wait(1);
        expect([listeners(), first.stops(), second.stops()]).toEqual([1, 0, 0]);
        return end(self, () => second.fire());
      });
      second.fire();
      first.fire();
      expect([listeners(), first.stops(), second.stops()]).toEqual([0, 1, 1]);
      expect(second.lifetime().signal.aborted).toBe(true);
    }
  });

  it('counts a member that is given twice once', async () => {
    const { source, starts, stops } = createSource();
    const combination = anyOf(source, source);
    await new Cancelable({ sources: [combination] }).run(() => 1);
    expect([starts(), stops(), combination.sources]).toEqual([1, 1, [source]]);
  });

  it('serves several operations at once, and shows what fired since the newest start [case 140]', async () => {
    const target = new EventTarget();
    const event = fromEvent(target, 'logout');
    const source = anyOf(timeout(50_000), event);
    const first = new Cancelable({ sources: [source], parent: null });
    const second = new Cancelable({ sources: [source], parent: null });
    const runs = [first.settle(untilCanceled), second.settle(untilCanceled)];
    target.dispatchEvent(new Event('logout'));
    await Promise.all(runs);
    expect([first.reason, second.reason, source.triggered]).toEqual(['signal', 'signal', [event]]);
    await new Cancelable({ sources: [source] }).run(() => expect(source.triggered).toEqual([]));
  });

  it('refuses what a source may not say, where it is said', async () => {
    const { source, fire } = createSource();
    const op = new Cancelable({ sources: [anyOf(source)] });
    const run = op.settle(untilCanceled);
    expect(() => fire(5 as never)).toThrow(TypeError);
    expect(op.status).toBe('running');
    fire('now');
    expect(op.message).toBe('source: now');
    await run;
  });

  it('says what it is [case 286]', () => {
    const { signal } = new AbortController();
    const source = anyOf(timeout(5), signal, allOf(timeout(7), signal));
    expect(source.name).toBe('anyOf');
    expect(source.reason).toBe('timeout, signal, timeout, signal');
    expect(anyOf(signal, { start() {} }).reason).toBe('signal, condition');
    expect(String(anyOf(timeout(5), timeout(6)))).toBe('anyOf(timeout, timeout) (timeout)');
    expect(source.sources[1]).toBe(signal);
  });
});
