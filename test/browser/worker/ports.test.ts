import { describe, expect, it, onTestFinished } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { expose, runInWorker, WorkerError, type TypedPort, type TypedSharedWorker } from 'use-cancelable/worker';
import type { Api as FrameApi } from './frame.ts';
import type { Api as SharedApi } from './shared.worker.ts';
import { countListeners, errorOf, firstReport } from './support.ts';

const root = (): Cancelable => new Cancelable({ parent: null });
const never = new Promise<never>(() => {});

describe('a shared worker', () => {
  it('runs functions for each page that connects, and is canceled by each for itself', async () => {
    const url = new URL('./shared.worker.ts', import.meta.url);
    const one: TypedSharedWorker<SharedApi> = new SharedWorker(url, { type: 'module' });
    const other: TypedSharedWorker<SharedApi> = new SharedWorker(url, { type: 'module' });
    onTestFinished(() => {
      one.port.close();
      other.port.close();
    });
    const count = countListeners(one.port);
    const op = root();
    const run = runInWorker(op, one, 'untilCanceled', []);
    const rest = runInWorker(root(), other, 'double', [2]);
    await firstReport(op);
    expect(await rest).toBe(4);
    op.cancel('Stop');
    expect(await errorOf(run)).toBe(op.error);
    await op.closed;
    expect(count()).toBe(0);
  });
});

describe('a page that is busy', () => {
  it('when it calls again is not taken for gone', async () => {
    const worker: TypedSharedWorker<SharedApi> = new SharedWorker(new URL('./shared.worker.ts', import.meta.url), {
      type: 'module',
    });
    onTestFinished(() => worker.port.close());
    // Long enough for the worker to hear which lock the page holds meanwhile.
    await runInWorker(root(), worker, 'rests', [200]);
    const again = runInWorker(root(), worker, 'rests', [300]);
    const end = performance.now() + 400;
    while (performance.now() < end);
    await again;
    expect(await runInWorker(root(), worker, 'double', [1])).toBe(2);
  });
});

describe('a page that is gone', () => {
  it.each([0, 500])('takes along what a shared worker does for it (a lock takes %i ms)', async (delay) => {
    const url = new URL('./shared.worker.ts', import.meta.url);
    const worker = new SharedWorker(url, { type: 'module' }); // a shared worker ends with its last page
    onTestFinished(() => worker.port.close());
    const ends = new BroadcastChannel('ends in the shared worker');
    onTestFinished(() => ends.close());
    const ended = new Promise((resolve) => {
      ends.onmessage = ({ data }: MessageEvent<{ id: string }>) => {
        if (data.id === `of a frame, ${delay}`) resolve(data);
      };
    });
    const frame = document.createElement('iframe');
    frame.name = JSON.stringify({ url: url.href, delay });
    const script = new URL('./sharedFrame.ts', import.meta.url).href;
    frame.srcdoc = `<!doctype html><script type="module" src="${script}"></script>`;
    const waiting = new Promise<void>((resolve) => {
      addEventListener('message', function listen({ data }: MessageEvent<unknown>) {
        if (data !== 'waiting') return;
        removeEventListener('message', listen);
        resolve();
      });
    });
    document.body.append(frame);
    await waiting;
    frame.remove();
    expect(await ended).toMatchObject({ reason: 'signal', message: 'The page that asked for it is gone' });
  });
});

describe('an argument that can be cloned, but not to there,', () => {
  it('rejects its call, and the others go on', async () => {
    const worker: SharedWorker = new SharedWorker(new URL('./shared.worker.ts', import.meta.url), { type: 'module' });
    onTestFinished(() => worker.port.close());
    // The smallest module: code is shared within an agent cluster only.
    const code = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    const calls = [
      runInWorker(root(), worker, 'double', [1]),
      runInWorker(root(), worker, 'double', [code]),
      runInWorker(root(), worker, 'double', [3]),
    ];
    const error = await errorOf(calls[1]!);
    expect(error).toBeInstanceOf(WorkerError);
    expect(error.message).toMatch(/could not read the call of "double"|Argument 1 of "double" cannot be cloned/);
    expect([await calls[0], await calls[2]]).toEqual([2, 6]);
  });
});

describe('a port', () => {
  it('is a way to functions on the other side, also before they are exposed', async () => {
    const { port1, port2 } = new MessageChannel();
    const run = runInWorker(root(), port1, 'double', [2]);
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
    const count = countListeners(port2);
    const stop = expose({ double: (_op, value: number) => value * 2 }, port2);
    expect(await run).toBe(4);
    stop();
    expect(count()).toBe(0);
    port1.close();
  });

  it('is refused a second time as long as functions are exposed on it', () => {
    const { port1 } = new MessageChannel();
    const stop = expose({}, port1);
    expect(() => expose({}, port1)).toThrow('exposed here already');
    stop();
    const stopAgain = expose({}, port1);
    stop(); // what it has stopped is over; it has nothing to do with those
    expect(() => expose({}, port1)).toThrow('exposed here already');
    stopAgain();
    expose({}, port1)();
    port1.close();
  });

  it.each([
    ['in the same step', 0, 0],
    ['before', 0, 50],
    ['after', 300, 0],
  ])('is served by what is exposed there instead, %s', async (_when, pause, wait) => {
    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    const port: MessagePort = port1;
    const stop = expose({ which: () => 'the first' }, port2);
    expect(await runInWorker(root(), port, 'which', [])).toBe('the first');
    stop();
    const again = (): void => onTestFinished(expose({ which: () => 'the second' }, port2));
    // Longer than it takes to see that the first ones are gone.
    if (pause === 0) again();
    else setTimeout(again, pause);
    // Nobody listens here, and so what is said meanwhile is lost.
    if (wait > 0) await root().run((op) => op.sleep(wait));
    expect(await runInWorker(root(), port, 'which', [])).toBe('the second');
  });

  it('whose other side stops rejects what waits and serves what comes after it is back [case 279]', async () => {
    const { port1, port2 } = new MessageChannel();
    const stop = expose({ never: () => never }, port2);
    const op = root();
    const run = runInWorker(op, port1, 'never', []);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    stop();
    expect(await errorOf(run)).toBeInstanceOf(WorkerError);
    const again = runInWorker(root(), port1, 'two', []);
    // It takes longer than one waits for those who are gone to come back.
    const stopAgain = expose({ two: (op) => op.sleep(1300).then(() => 2) }, port2);
    expect(await again).toBe(2);
    stopAgain();
    port1.close();
  });

  it('tells those that are exposed late which lock is held here, and only then calls', async () => {
    const { port1, port2 } = new MessageChannel();
    const sent: string[] = [];
    port2.addEventListener('message', ({ data }: MessageEvent<{ type: string }>) => sent.push(data.type));
    port2.start();
    const run = runInWorker(root(), port1, 'double', [2]);
    await expect.poll(() => sent).toEqual(['hello']);
    await navigator.locks.request(crypto.randomUUID(), () => {}); // behind the one of the call
    port2.postMessage({ 'use-cancelable': 1, type: 'ready', host: 'late', lock: undefined });
    await expect.poll(() => sent).toEqual(['hello', 'caller', 'run']);
    port1.close();
    expect(await errorOf(run)).toBeInstanceOf(WorkerError);
  });

  it('leaves foreign messages alone', async () => {
    const { port1, port2 } = new MessageChannel();
    const stop = expose({ double: (_op, value: number) => value * 2 }, port2);
    for (const data of [null, 5, { type: 'run' }, { 'use-cancelable': 2, type: 'ready' }]) {
      port1.postMessage(data);
      port2.postMessage(data);
    }
    expect(await runInWorker(root(), port1, 'double', [4])).toBe(8);
    stop();
    port1.close();
  });

  it('that is closed on the other side rejects what waits [case 279]', async () => {
    const { port1, port2 } = new MessageChannel();
    expose({ never: () => never }, port2);
    const run = runInWorker(root(), port1, 'never', []);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    port2.close();
    expect(await errorOf(run)).toBeInstanceOf(WorkerError);
  });

  it('that is closed on this side rejects what waits [case 279]', async () => {
    const { port1, port2 } = new MessageChannel();
    expose({ never: () => never }, port2);
    const run = runInWorker(root(), port1, 'never', []);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    port1.close();
    expect(await errorOf(run)).toBeInstanceOf(WorkerError);
  });
});

describe('an iframe', () => {
  const open = async (): Promise<{ frame: HTMLIFrameElement; port: TypedPort<FrameApi> }> => {
    const frame = document.createElement('iframe');
    const script = new URL('./frame.ts', import.meta.url).href;
    frame.srcdoc = `<!doctype html><script type="module" src="${script}"></script>`;
    onTestFinished(() => frame.remove());
    const { port1, port2 } = new MessageChannel();
    await new Promise((resolve) => {
      frame.addEventListener('load', resolve);
      document.body.append(frame);
    });
    frame.contentWindow!.postMessage('port', location.origin, [port2]);
    return { frame, port: port1 };
  };

  it('runs functions through a MessageChannel', async () => {
    const { port } = await open();
    expect(await runInWorker(root(), port, 'double', [3])).toBe(6);
  });

  it('that is removed rejects what waits [case 279]', async () => {
    const { frame, port } = await open();
    const op = root();
    const run = runInWorker(op, port, 'untilCanceled', []);
    await firstReport(op);
    frame.remove();
    expect(await errorOf(run)).toBeInstanceOf(WorkerError);
  });

  it('that was removed when nothing ran rejects what comes [case 279]', async () => {
    const { frame, port } = await open();
    await runInWorker(root(), port, 'double', [3]);
    frame.remove();
    expect(await errorOf(runInWorker(root(), port, 'double', [3]))).toBeInstanceOf(WorkerError);
  });
});
