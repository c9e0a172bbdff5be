import { afterEach, describe, expect, it } from 'vitest';
import { Cancelable, type CancelationError } from 'use-cancelable/core';
import { runInWorker, WorkerError } from 'use-cancelable/worker';

// The other side is played by hand where it must do at a certain moment what a worker does at some moment.

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

const root = (options: ConstructorParameters<typeof Cancelable>[0] = {}): Cancelable =>
  new Cancelable({ parent: null, ...options });

interface Sent {
  readonly type: string;
  readonly call: string;
  readonly operation: { readonly remaining: number };
}

/** The port of a worker that is ready and answers a call as it is told; what it was sent. */
function open(answer: (call: string, reply: (message: object) => void, sent: Sent) => void): {
  port: MessagePort;
  sent: Sent[];
} {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const sent: Sent[] = [];
  const reply = (message: object): void => port2.postMessage({ 'use-cancelable': 1, ...message });
  port2.onmessage = ({ data }: MessageEvent<Sent>) => {
    sent.push(data);
    if (data.type === 'hello') reply({ type: 'ready', host: 'one', lock: undefined });
    if (data.type === 'run') answer(data.call, reply, data);
  };
  return { port: port1, sent };
}

const canceled = { type: 'canceled', message: 'there', cause: undefined, detail: undefined, partialResult: undefined };
const unwound = { type: 'settled', outcome: { status: 'canceled', suppressed: [] }, partialResult: 7, isClosed: true };

describe('a deadline', () => {
  it('that the worker sees first is that of the operation whose it is at home', async () => {
    const { port } = open((call, reply) => {
      reply({ ...canceled, call, reason: 'timeout', isOverdue: true });
      reply({ type: 'settled', call, outcome: { status: 'canceled', suppressed: [] }, isClosed: true });
    });
    const page = root({ timeout: 60 });
    let isOver = false;
    port.addEventListener('message', ({ data }: MessageEvent<Sent>) => {
      // Busy until the time is over, and no timer has fired when the message is read.
      while (data.type === 'canceled' && Date.now() <= page.deadline!) isOver = true;
    });
    const op = page.child();
    await page.settle(() => runInWorker(op, port, 'run', []).catch(() => {}));
    expect(isOver).toBe(true);
    expect([page.reason, page.message]).toEqual(['timeout', 'Operation timed out after 60ms']);
    expect(op.reason).toBe('parent');
  });

  it('counts in the worker from what is left of it', async () => {
    const { port, sent } = open((call, reply) =>
      reply({ type: 'settled', call, outcome: { status: 'completed', value: 5 }, isClosed: true }),
    );
    const op = root({ timeout: 10_000 });
    await op.run(async (op) => {
      await op.sleep(50);
      await runInWorker(op, port, 'run', []);
    });
    const { remaining } = sent.find(({ type }) => type === 'run')!.operation;
    expect(remaining).toBeLessThan(9960);
    expect(remaining).toBeGreaterThan(5000);
  });
});

describe('what waits', () => {
  it('waits for `settled` without limit after an answer, whatever the grace', async () => {
    let settle: (() => void) | undefined;
    const { port, sent } = open((call, reply) => {
      settle = () => reply({ ...unwound, call });
      reply({ ...canceled, call, reason: 'quota', isOverdue: false });
    });
    const op = root();
    const run = op.settle((op) => runInWorker(op, port, 'run', [], { grace: 1 }));
    let hasSettled = false;
    void run.then(() => (hasSettled = true));
    await expect.poll(() => op.status).toBe('canceled');
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(hasSettled).toBe(false);
    settle!();
    await run;
    expect([op.reason, op.message, op.context.partialResult]).toEqual(['quota', 'there', 7]);
    // It knows already.
    expect(sent.map(({ type }) => type)).not.toContain('cancel');
  });

  it('waits without limit, too, when the answer is one to a cancel from home', async () => {
    let settle: (() => void) | undefined;
    const { port, sent } = open((call, reply) => {
      settle = () => reply({ ...unwound, call });
      setTimeout(() => reply({ ...canceled, call, reason: 'manual', isOverdue: false }), 50);
    });
    const op = root();
    const run = op.settle((op) => runInWorker(op, port, 'run', [], { grace: 400 }));
    await expect.poll(() => sent.map(({ type }) => type)).toContain('run');
    op.cancel('Stop');
    await new Promise((resolve) => {
      setTimeout(resolve, 800);
    });
    settle!();
    await run;
    expect([op.message, op.context.partialResult]).toEqual(['Stop', 7]);
  });

  it('keeps the error of a function that had failed before it heard of it', async () => {
    const failure = { root: { error: 0 }, errors: [{ name: 'Error', message: 'before', classes: [], fields: {} }] };
    let settle: (() => void) | undefined;
    const { port } = open((call, reply) => {
      settle = () => reply({ type: 'settled', call, outcome: { status: 'failed', error: failure }, isClosed: true });
    });
    const op = root();
    const run = op.settle((op) => runInWorker(op, port, 'run', []));
    await expect.poll(() => settle).toBeDefined();
    op.cancel();
    settle!();
    await run;
    expect((op.error as CancelationError).suppressed).toEqual([new Error('before')]);
  });

  it('waits no longer than the grace for an answer', async () => {
    const { port, sent } = open(() => {});
    const op = root();
    const run = op.settle((op) => runInWorker(op, port, 'run', [], { grace: 30 }));
    await expect.poll(() => sent.map(({ type }) => type)).toContain('run');
    const start = performance.now();
    op.cancel();
    await run;
    expect(performance.now() - start).toBeGreaterThanOrEqual(25);
    await expect.poll(() => sent.map(({ type }) => type)).toContain('cancel');
  });

  it('goes to those that are exposed now, and not to those that were when one was called last', async () => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    const hosts = ['one', 'two'];
    const reply = (message: object): void => port2.postMessage({ 'use-cancelable': 1, ...message });
    port2.onmessage = ({ data }: MessageEvent<{ type: string; call: string; host: string }>) => {
      const { type, call, host } = data;
      if (type === 'hello') setTimeout(() => reply({ type: 'ready', host: hosts.shift(), lock: undefined }), 20);
      if (type === 'run')
        reply({ type: 'settled', call, outcome: { status: 'completed', value: host }, isClosed: true });
    };
    const port: MessagePort = port1;
    expect(await runInWorker(root(), port, 'run', [])).toBe('one');
    expect(await runInWorker(root(), port, 'run', [])).toBe('two');
  });

  it('is told when others are exposed there meanwhile', async () => {
    const { port } = open((_call, reply) => reply({ type: 'ready', host: 'two', lock: undefined }));
    const error = await runInWorker(root(), port, 'run', []).then(undefined, (error: unknown) => error);
    expect(error).toBeInstanceOf(WorkerError);
  });

  it('is told once, and late answers do nothing', async () => {
    const { port } = open((call, reply) => {
      const completed = { type: 'settled', call, outcome: { status: 'completed', value: 1 }, isClosed: false };
      for (const message of [completed, completed, { ...canceled, call, reason: 'manual' }, { type: 'closed', call }])
        reply(message);
    });
    const op = root();
    expect(await runInWorker(op, port, 'run', [])).toBe(1);
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
    expect(op.status).toBe('completed');
  });
});
