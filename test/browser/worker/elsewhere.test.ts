import { describe, expect, it, onTestFinished } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { runInWorker, type TypedPort } from 'use-cancelable/worker';
import type { Api } from './frame.ts';
import { errorOf, firstReport } from './support.ts';

/** The functions of a frame that has come from another origin: the same server by its other name. */
async function openElsewhere(): Promise<TypedPort<Api>> {
  const at = new URL('./frame.html', import.meta.url);
  at.hostname = at.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  const frame = document.createElement('iframe');
  frame.src = at.href;
  onTestFinished(() => frame.remove());
  const loaded = new Promise((resolve) => {
    frame.addEventListener('load', resolve);
  });
  document.body.append(frame);
  await loaded;
  expect(frame.contentDocument).toBe(null); // it is of another origin
  const { port1, port2 } = new MessageChannel();
  frame.contentWindow!.postMessage('port', at.origin, [port2]);
  return port1;
}

describe('a frame of another origin, whose locks are not seen here,', () => {
  it('may take its time to answer', async () => {
    const op = new Cancelable({ parent: null });
    // Several times as long as a lock that is free counts as one that has been left.
    expect(await runInWorker(op, await openElsewhere(), 'sleeps', [1000])).toBe('rested');
  });

  it('hears of a cancelation, and is not canceled before', async () => {
    const op = new Cancelable({ parent: null });
    const run = runInWorker(op, await openElsewhere(), 'untilCanceled', []);
    await firstReport(op);
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    expect(op.status).toBe('running');
    op.cancel('Stop');
    expect(await errorOf(run)).toBe(op.error);
    await op.closed;
    expect(op.context.partialResult).toBe('unwound');
  });
});
