import { Cancelable } from 'use-cancelable/core';
import { runInWorker } from 'use-cancelable/worker';

// A page of its own that calls into a shared worker and tells the one above it when that has begun. Its name is the address
// of the worker, so that both have the same one.
const worker = new SharedWorker(window.name, { type: 'module' });
const op = new Cancelable({ id: 'of the frame' });
op.onProgress(() => parent.postMessage('waiting', '*'));
void runInWorker(op, worker, 'untilCanceled', []);
