import { describe, expect, it, vi } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';
import { createGate } from './gate.ts';

describe('a second run', () => {
  it.each(['run', 'settle'] as const)('is refused by %s, and starts nothing again [case 17]', async (method) => {
    const start = vi.fn<() => void>();
    const onStart = vi.fn<() => void>();
    const body = vi.fn<() => number>(() => 2);
    const op = new Cancelable({ sources: [{ start }] }).onStart(onStart);
    await op.run(() => 1);
    await expect(method === 'run' ? op.run(body) : op.settle(body)).rejects.toThrow(
      /already run.*completed.*make a new one/s,
    );
    expect(body).not.toHaveBeenCalled();
    expect(start).toHaveBeenCalledOnce();
    expect(onStart).toHaveBeenCalledOnce();
    expect(op.status).toBe('completed');
  });

  it('is refused while the first one runs, which it leaves alone [case 17]', async () => {
    const gate = createGate<string>();
    const op = new Cancelable();
    const first = op.run(() => gate.promise);
    await expect(op.run(() => 'second')).rejects.toThrow(/already run.*running/s);
    expect(() => op.start()).toThrow(/already run/);
    gate.open('first');
    await expect(first).resolves.toBe('first');
  });

  it('is refused after a cancel and after a failure [case 17]', async () => {
    const [canceled, failed] = [new Cancelable(), new Cancelable()];
    const run = canceled.run(untilCanceled);
    canceled.cancel();
    await run.catch(() => {});
    await failed.settle(() => Promise.reject(new Error('no')));
    await expect(canceled.run(() => 1)).rejects.toThrow(/already run.*canceled/s);
    await expect(failed.run(() => 1)).rejects.toThrow(/already run.*failed/s);
  });
});
