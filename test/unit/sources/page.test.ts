import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anyOf, Cancelable, offline, pageHidden, pageHide } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { countListeners } from './countListeners.ts';
import { hidePage, leavePage, setOnline } from './page.ts';

describe('offline', () => {
  it('cancels when the network goes, with reason signal and the event', async () => {
    const listeners = countListeners(window);
    const op = new Cancelable({ sources: [offline()] });
    const run = op.settle(untilCanceled);
    setOnline(true);
    expect([op.status, listeners()]).toEqual(['running', 1]);
    setOnline(false);
    expect([op.reason, op.message]).toEqual(['signal', 'Operation canceled by signal offline']);
    expect(op.error).toMatchObject({ event: 'offline' });
    await run;
    expect(listeners()).toBe(0);
  });

  it('cancels at once when there is no network already [case 285]', async () => {
    setOnline(false);
    const body = vi.fn<() => void>();
    const op = new Cancelable({ sources: [offline()] });
    await expect(op.run(body)).rejects.toMatchObject({ reason: 'signal', event: 'offline' });
    expect(body).not.toHaveBeenCalled();
  });

  it('looks at the network when the operation starts, not when it is made', async () => {
    setOnline(false);
    const source = offline();
    setOnline(true);
    await expect(new Cancelable({ sources: [source] }).run(() => 'value')).resolves.toBe('value');
  });

  it('says what it is [case 286]', () => {
    expect(String(offline())).toBe('offline (signal)');
  });
});

describe('pageHide', () => {
  it('cancels when the page is left for good, with reason signal and the event [case 280]', async () => {
    const controller = new AbortController();
    for (const leave of [() => leavePage(false), () => controller.abort('by the signal')]) {
      const op = new Cancelable({ sources: [anyOf(controller.signal, pageHide())] });
      const run = op.settle(untilCanceled);
      leave();
      await run;
      expect([op.status, op.reason]).toEqual(['canceled', 'signal']);
      expect(op.message).toMatch(/pagehide|by the signal/);
    }
  });

  it('does not count a page that the browser keeps', async () => {
    const listeners = countListeners(window);
    const op = new Cancelable({ sources: [pageHide()] });
    const run = op.settle(untilCanceled);
    leavePage(true);
    expect(op.status).toBe('running');
    leavePage(false);
    expect(op.error).toMatchObject({ event: 'pagehide' });
    await run;
    expect(listeners()).toBe(0);
  });

  it('says what it is: the event that it waits for [cases 281, 286]', () => {
    expect(String(pageHide())).toBe('pagehide (signal)');
  });
});

describe('pageHidden', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    hidePage(false);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('cancels when the page is hidden, with reason hidden', async () => {
    const listeners = countListeners(document);
    const op = new Cancelable({ sources: [pageHidden()] });
    const run = op.settle(untilCanceled);
    expect([op.status, listeners()]).toEqual(['running', 1]);
    hidePage(true);
    expect([op.status, op.reason, op.message]).toEqual(['canceled', 'hidden', 'The page is hidden']);
    await run;
    expect([listeners(), vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('cancels at once when the page is hidden already [case 285]', async () => {
    hidePage(true);
    const listeners = countListeners(document);
    const body = vi.fn<() => void>();
    await expect(new Cancelable({ sources: [pageHidden()] }).run(body)).rejects.toMatchObject({ reason: 'hidden' });
    expect([body.mock.calls.length, listeners()]).toEqual([0, 0]);
  });

  it('with a time cancels when the page was hidden that long without a break', async () => {
    const listeners = countListeners(document);
    const op = new Cancelable({ sources: [pageHidden({ for: { minutes: 1 } })] });
    const run = op.settle(untilCanceled);
    hidePage(true);
    vi.advanceTimersByTime(40_000);
    hidePage(false);
    vi.advanceTimersByTime(40_000);
    hidePage(true);
    vi.advanceTimersByTime(59_999);
    expect(op.status).toBe('running');
    vi.advanceTimersByTime(1);
    expect([op.status, op.message]).toEqual(['canceled', 'The page is hidden for 60s']);
    await run;
    expect([listeners(), vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('with a time counts a page that is hidden already from the start of the operation [case 285]', async () => {
    hidePage(true);
    const source = pageHidden({ for: 100 });
    vi.advanceTimersByTime(1000);
    const op = new Cancelable({ sources: [source] });
    const run = op.settle(untilCanceled);
    vi.advanceTimersByTime(99);
    expect(op.status).toBe('running');
    vi.advanceTimersByTime(1);
    expect(op.reason).toBe('hidden');
    await run;
  });

  it('with a time cancels on return when the page was frozen and its timer late', async () => {
    const op = new Cancelable({ sources: [pageHidden({ for: 1000 })] });
    const run = op.settle(untilCanceled);
    hidePage(true);
    const away = performance.now() + 5000;
    const clock = vi.spyOn(performance, 'now').mockReturnValue(away);
    hidePage(false);
    clock.mockRestore();
    expect(op.reason).toBe('hidden');
    await run;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('with a time leaves no timer when the operation ends in a hidden page', async () => {
    hidePage(true);
    await new Cancelable({ sources: [pageHidden({ for: 1000 })] }).run(() => 1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('serves several operations at once [case 140]', async () => {
    const source = pageHidden({ for: 100 });
    const ops = [1, 2].map(() => new Cancelable({ sources: [source], parent: null }));
    const runs = ops.map((op) => op.settle(untilCanceled));
    ops[0]!.cancel();
    hidePage(true);
    vi.advanceTimersByTime(100);
    await Promise.all(runs);
    expect(ops.map(({ reason }) => reason)).toEqual(['manual', 'hidden']);
  });

  it('says what it is [case 286]', () => {
    expect(String(pageHidden())).toBe('pageHidden (hidden)');
  });
});
