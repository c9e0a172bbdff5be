import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, ConditionCancelation, resources } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';

/** What a browser with all of it would say; the numbers are the test's. */
const device = {
  memory: { usedJSHeapSize: 0, jsHeapSizeLimit: 1000 },
  estimate: vi.fn<() => Promise<StorageEstimate>>(),
  battery: { charging: false, level: 1 },
  getBattery: vi.fn<() => Promise<{ charging: boolean; level: number }>>(),
  readMemory: vi.fn<() => void>(),
};

const provide = (target: object, name: string, get: () => unknown): void => {
  Object.defineProperty(target, name, { get, configurable: true });
};

describe('resources', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    device.memory = { usedJSHeapSize: 0, jsHeapSizeLimit: 1000 };
    device.estimate.mockReset().mockResolvedValue({ usage: 0, quota: 1000 });
    device.battery = { charging: false, level: 1 };
    device.getBattery.mockReset().mockImplementation(async () => device.battery);
    device.readMemory.mockReset();
    provide(performance, 'memory', () => {
      device.readMemory();
      return device.memory;
    });
    provide(navigator, 'storage', () => ({ estimate: device.estimate }));
    provide(navigator, 'getBattery', () => device.getBattery);
  });
  afterEach(() => {
    vi.useRealTimers();
    Reflect.deleteProperty(performance, 'memory');
    Reflect.deleteProperty(navigator, 'storage');
    Reflect.deleteProperty(navigator, 'getBattery');
  });

  it('cancel when memory is at its limit, and say so [cases 167, 169]', async () => {
    const op = new Cancelable({ sources: [resources({ memory: 80, storage: 90, battery: 10 })] });
    const run = op.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(4999);
    expect(op.status).toBe('running');
    device.memory.usedJSHeapSize = 850;
    await vi.advanceTimersByTimeAsync(1);
    expect([op.status, op.reason]).toEqual(['canceled', 'condition']);
    expect(op.message).toBe('Operation canceled: memory at 85%, limit 80%');
    expect(op.error).toBeInstanceOf(ConditionCancelation);
    expect(op.error).toMatchObject({ conditionName: 'memory' });
    await run;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('cancel when storage is at its limit [cases 167, 169]', async () => {
    const op = new Cancelable({ sources: [resources({ storage: 90 })] });
    const run = op.settle(untilCanceled);
    device.estimate.mockResolvedValue({ usage: 900, quota: 1000 });
    await vi.advanceTimersByTimeAsync(5000);
    expect(op.message).toBe('Operation canceled: storage at 90%, limit 90%');
    await run;
  });

  it('cancel when the battery is down to its limit and not being charged', async () => {
    device.battery = { charging: true, level: 0.05 };
    const op = new Cancelable({ sources: [resources({ battery: 15, interval: 100 })] });
    const run = op.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(1000);
    expect(op.status).toBe('running');
    device.battery = { charging: false, level: 0.15 };
    await vi.advanceTimersByTimeAsync(100);
    expect([op.reason, op.message]).toEqual(['condition', 'Operation canceled: battery at 15%, limit 15%']);
    await run;
  });

  it('do not cancel while all are within their limits, and never ask for what has none [case 167]', async () => {
    device.memory.usedJSHeapSize = 799;
    const op = new Cancelable({ sources: [resources({ memory: 80 })] });
    const run = op.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(op.status).toBe('running');
    expect([device.estimate.mock.calls.length, device.getBattery.mock.calls.length]).toEqual([0, 0]);
    op.cancel();
    await run;
    device.readMemory.mockReset();
    await new Cancelable({ sources: [resources({ storage: 80 })] }).run(() => 1);
    expect(device.readMemory).not.toHaveBeenCalled();
  });

  it('are looked at every 5 s unless told otherwise, and never after the end [cases 162, 163]', async () => {
    const op = new Cancelable({ sources: [resources({ storage: 80 })] });
    const run = op.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(4999);
    expect(device.estimate).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(5001);
    expect(device.estimate).toHaveBeenCalledTimes(3);
    op.cancel();
    await run;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([device.estimate.mock.calls.length, vi.getTimerCount()]).toEqual([3, 0]);
  });

  it('that are over at the start keep the body from starting, and the rest is not asked', async () => {
    device.memory.usedJSHeapSize = 900;
    const body = vi.fn<() => void>();
    const op = new Cancelable({ sources: [resources({ memory: 80, storage: 80 })] });
    await expect(op.run(body)).rejects.toMatchObject({ reason: 'condition', conditionName: 'memory' });
    expect([body.mock.calls.length, device.estimate.mock.calls.length]).toEqual([0, 0]);
  });

  it.each(['memory', 'storage'] as const)('honor a limit of 0 for %s [case 170]', async (name) => {
    const op = new Cancelable({ sources: [resources({ [name]: 0 })] });
    const run = op.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(0);
    expect(op.message).toBe(`Operation canceled: ${name} at 0%, limit 0%`);
    await run;
  });

  it('honor a limit of 0 for the battery [case 170]', async () => {
    const op = new Cancelable({ sources: [resources({ battery: 0, interval: 10 })] });
    const run = op.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(20);
    expect(op.status).toBe('running');
    device.battery.level = 0;
    await vi.advanceTimersByTimeAsync(10);
    expect(op.reason).toBe('condition');
    await run;
  });

  it('never cancel because the browser does not say [case 168]', async () => {
    device.estimate.mockResolvedValue({});
    const unknown = { usedJSHeapSize: undefined, jsHeapSizeLimit: undefined };
    device.memory = unknown as never;
    const op = new Cancelable({ sources: [resources({ memory: 0, storage: 0 })] });
    const run = op.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(op.status).toBe('running');
    op.cancel();
    await run;
  });

  it.each([
    ['memory', 'performance.memory', 'performance', 'memory'],
    ['storage', 'navigator.storage.estimate', 'navigator', 'storage'],
    ['battery', 'navigator.getBattery', 'navigator', 'getBattery'],
  ])('are refused when made where the browser lacks what %s needs [case 168]', (name, api, target, property) => {
    // Not deleted: a real browser has one of its own below. The target is one of the two above.
    provide(globalThis[target as 'navigator'], property, () => undefined);
    const make = (): unknown => resources({ [name]: 50 });
    expect(make).toThrow(`resources: "${name}" needs ${api}`);
  });

  it('go on when the browser refuses to tell, with the error reported, and the others are looked at', async () => {
    const reported = collectReportedErrors();
    const error = new DOMException('by policy', 'NotAllowedError');
    device.getBattery.mockRejectedValueOnce(error);
    const op = new Cancelable({ sources: [resources({ storage: 80, battery: 10 })] });
    const run = op.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(0);
    expect([op.status, reported]).toEqual(['running', [error]]);
    device.battery.level = 0.1;
    await vi.advanceTimersByTimeAsync(5000);
    expect(op.error).toMatchObject({ conditionName: 'battery' });
    await run;
  });

  it('say what they are [case 286]', () => {
    expect(String(resources({ memory: 5 }))).toBe('resources (condition)');
  });
});
