import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { forever, untilCanceled } from './bodies.ts';
import { createGate } from './gate.ts';
import { isSettledSoon, nextTask } from './nextTask.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('a body that ignores its cancelation', () => {
  it('is abandoned after one task: run rejects, the body goes on unheard', async () => {
    const gate = createGate<string>();
    const op = new Cancelable();
    const run = op.settle(() => gate.promise);
    op.cancel('enough');
    expect(op.status).toBe('canceled');
    expect(op.isAbandoned).toBe(false);
    await expect(run).resolves.toMatchObject({ status: 'canceled', message: 'enough' });
    expect(op.isAbandoned).toBe(true);
    gate.open('too late');
    await op.closed;
    expect([op.status, op.message]).toEqual(['canceled', 'enough']);
  });

  it('may fail afterwards: nothing is raised', async () => {
    const gate = createGate();
    const op = new Cancelable();
    const run = op.run(() => gate.promise);
    op.cancel();
    await expect(run).rejects.toBe(op.error);
    gate.fail(new Error('late'));
    await op.closed;
    await nextTask();
    expect(op.status).toBe('canceled');
  });

  it('is abandoned by no timer: a faked clock does not hold it up', async () => {
    vi.useFakeTimers();
    const op = new Cancelable();
    const run = op.settle(forever);
    op.cancel();
    await run;
    expect(op.isAbandoned).toBe(true);
  });

  it('is not abandoned when it ends within the task', async () => {
    const op = new Cancelable();
    const run = op.settle(async (self) => {
      await untilCanceled(self).catch(() => {});
      for (let count = 0; count < 20; count += 1) await Promise.resolve();
    });
    op.cancel();
    await run;
    await nextTask();
    expect(op.isAbandoned).toBe(false);
  });

  it('is released by its parent, which can complete', async () => {
    const op = new Cancelable();
    const value = await op.run(async (self) => {
      const child = self.child();
      const run = child.settle(forever);
      child.cancel();
      await self.wait(run);
      expect(self.children).toEqual([]);
      return 'done';
    });
    expect([value, op.status, op.isAbandoned]).toEqual(['done', 'completed', false]);
  });

  it('cannot start children any more', async () => {
    const gate = createGate();
    const op = new Cancelable();
    const started = vi.fn<() => void>();
    let late: Promise<unknown> | undefined;
    const run = op.settle(async (self) => {
      await gate.promise;
      late = self.child().settle(started);
    });
    op.cancel();
    await run;
    gate.open();
    await op.closed;
    await expect(late).resolves.toMatchObject({ status: 'canceled', reason: 'parent' });
    expect(started).not.toHaveBeenCalled();
  });
});

describe('grace', () => {
  it('lets a canceled body end in its own time', async () => {
    const gate = createGate();
    const op = new Cancelable({ grace: 60_000 });
    const run = op.settle(async (self) => {
      await untilCanceled(self).catch(() => {});
      await gate.promise;
    });
    op.cancel();
    expect(await isSettledSoon(run)).toBe(false);
    gate.open();
    await expect(run).resolves.toMatchObject({ status: 'canceled' });
    expect(op.isAbandoned).toBe(false);
  });

  it('ends: the body is abandoned then, and the timer is gone when it ends before', async () => {
    vi.useFakeTimers();
    const [deaf, prompt] = [new Cancelable({ grace: { seconds: 1 } }), new Cancelable({ grace: 1000 })];
    const runs = [deaf.settle(forever), prompt.settle(untilCanceled)];
    deaf.cancel();
    prompt.cancel();
    await runs[1];
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(999);
    expect(deaf.isAbandoned).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(deaf.isAbandoned).toBe(true);
    await runs[0];
  });

  it('of Infinity never ends, and neither does one that is longer than a timer takes', async () => {
    const gate = createGate();
    const ops = [Infinity, 2 ** 40].map((grace) => new Cancelable({ grace, parent: null }));
    const runs = ops.map((op) => op.settle(() => gate.promise));
    for (const op of ops) op.cancel();
    for (const run of runs) expect(await isSettledSoon(run)).toBe(false);
    gate.open();
    await Promise.all(runs);
    expect(ops.map((op) => op.isAbandoned)).toEqual([false, false]);
  });

  it('counts only while the body is all that is missing, and starts anew when a child has ended', async () => {
    vi.useFakeTimers();
    const gate = createGate();
    const op = new Cancelable({ grace: 100 });
    const run = op.settle((self) => {
      void self.child({ grace: Infinity }).run(() => gate.promise);
      return forever();
    });
    op.cancel();
    await vi.advanceTimersByTimeAsync(5000);
    expect(op.isAbandoned).toBe(false);
    gate.open();
    await vi.advanceTimersByTimeAsync(99);
    expect(op.isAbandoned).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(op.isAbandoned).toBe(true);
    await run;
  });

  it('does not count while a callback of the cancel has not ended', async () => {
    vi.useFakeTimers();
    const gate = createGate();
    const op = new Cancelable({ grace: 100 }).onCancel(() => gate.promise);
    const run = op.settle(forever);
    op.cancel();
    await vi.advanceTimersByTimeAsync(5000);
    expect(op.isAbandoned).toBe(false);
    gate.open();
    await vi.advanceTimersByTimeAsync(100);
    expect(op.isAbandoned).toBe(true);
    await run;
  });

  it('holds for each level on its own, up a chain of deaf bodies', async () => {
    const root = new Cancelable({ parent: null });
    const line = [root];
    while (line.length < 1000) line.push(line.at(-1)!.child());
    const runs = line.map((op) => op.settle(forever));
    root.cancel();
    const outcomes = await Promise.all(runs);
    expect(outcomes.every(({ status }) => status === 'canceled')).toBe(true);
    expect(line.every((op) => op.isAbandoned)).toBe(true);
  });
});

describe("children: 'cancel'", () => {
  it('cancels the children that still run when the body has returned, and completes', async () => {
    const op = new Cancelable({ children: 'cancel' });
    let child: Cancelable | undefined;
    let grandchild: Cancelable | undefined;
    const value = await op.run((self) => {
      child = self.child();
      grandchild = child.child();
      const below = grandchild;
      void child.run(() => below.run(untilCanceled));
      return 'value';
    });
    expect([value, op.status]).toEqual(['value', 'completed']);
    expect([child, grandchild].map((each) => [each?.status, each?.reason])).toEqual([
      ['canceled', 'parent'],
      ['canceled', 'parent'],
    ]);
  });

  it('waits until they have unwound', async () => {
    const gate = createGate();
    const op = new Cancelable({ children: 'cancel' });
    const run = op.run((self) => {
      void self.child({ grace: Infinity }).run(() => gate.promise);
    });
    expect(await isSettledSoon(run)).toBe(false);
    expect(op.status).toBe('running');
    gate.open();
    await run;
    expect(op.status).toBe('completed');
  });

  it('leaves those alone that have ended', async () => {
    const op = new Cancelable({ children: 'cancel' });
    const child = op.child();
    await op.run((self) => self.wait(child.run(() => 1)));
    expect(child.status).toBe('completed');
  });

  it("is not what happens by default, nor with 'wait'", async () => {
    for (const options of [{}, { children: 'wait' }] as const) {
      const gate = createGate<string>();
      const op = new Cancelable(options);
      const child = op.child();
      const run = op.run(() => {
        void child.run(() => gate.promise);
      });
      await nextTask();
      gate.open('in time');
      await run;
      expect(child.status).toBe('completed');
    }
  });
});
