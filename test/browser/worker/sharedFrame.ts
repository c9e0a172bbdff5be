import { Cancelable } from 'use-cancelable/core';
import { runInWorker } from 'use-cancelable/worker';

// A page of its own that calls into a shared worker and tells the one above it when that has begun. Its name says where the
// worker is, so that both have the same one, and how long the browser takes to give it a lock.
const { url, delay } = JSON.parse(window.name) as { url: string; delay: number };
const request = navigator.locks.request.bind(navigator.locks) as (...args: unknown[]) => Promise<unknown>;
Object.defineProperty(navigator.locks, 'request', {
  value: (...args: unknown[]) =>
    new Promise((resolve) => {
      setTimeout(() => resolve(request(...args)), delay);
    }),
});
const worker = new SharedWorker(url, { type: 'module' });
const op = new Cancelable({ id: `of a frame, ${delay}` });
op.onProgress(() => parent.postMessage('waiting', '*'));
void runInWorker(op, worker, 'untilCanceled', []);
