import * as Comlink from 'comlink';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { operationTransferHandler } from 'use-cancelable/worker';
import type { Api } from './comlink.worker.ts';
import { errorOf, firstReport } from './support.ts';

const root = (options: ConstructorParameters<typeof Cancelable>[0] = {}): Cancelable =>
  new Cancelable({ parent: null, ...options });

function open(): Comlink.Remote<Api> {
  const worker = new Worker(new URL('./comlink.worker.ts', import.meta.url), { type: 'module' });
  onTestFinished(() => worker.terminate());
  return Comlink.wrap<Api>(worker);
}

describe('an operation as an argument of a function that Comlink calls', () => {
  beforeAll(() => {
    Comlink.transferHandlers.set('operation', operationTransferHandler);
  });

  it('arrives as a running operation with the same id [case 277]', async () => {
    const remote = open();
    const op = root({ name: 'hash' });
    const facts = await op.run((op) => op.wait(remote.facts(op)));
    expect(facts).toEqual({ id: op.id, name: 'hash', status: 'running' });
  });

  it('is canceled from home, and reports there [case 273]', async () => {
    const remote = open();
    const op = root();
    const run = op.run((op) => op.wait(remote.untilCanceled(op)));
    await firstReport(op);
    expect(op.progress.progress).toBe(30);
    op.cancel({ reason: 'signed out', message: 'Bye' });
    await errorOf(run);
    await expect.poll(() => remote.end(op.id)).toEqual({ status: 'canceled', reason: 'signed out', message: 'Bye' });
  });

  it('cancels home with reason and message [case 272]', async () => {
    const remote = open();
    const op = root();
    await errorOf(
      op.run(async (op) => {
        await op.wait(remote.cancels(op));
        await op.wait(new Promise<never>(() => {}));
      }),
    );
    expect([op.reason, op.message]).toEqual(['quota', 'No more today']);
  });

  it('ends when home does, in the same way', async () => {
    const remote = open();
    const good = root();
    await good.run((op) => op.wait(remote.keeps(op)));
    await expect.poll(() => remote.end(good.id)).toEqual({ status: 'completed', error: undefined });
    const bad = root();
    await errorOf(
      bad.run(async (op) => {
        await op.wait(remote.keeps(op));
        throw new Error('at home');
      }),
    );
    await expect.poll(() => remote.end(bad.id)).toEqual({ status: 'failed', error: 'at home' });
  });

  it('arrives as the handle of its shield, inside of one', async () => {
    const remote = open();
    const op = root();
    let status: unknown;
    await op.settle(async (op) => {
      op.cancel();
      await op.shield(async (shield) => ({ status } = await shield.wait(remote.facts(op))));
    });
    expect(status).toBe('running');
  });

  it('arrives ended if it has ended', async () => {
    const remote = open();
    const op = root();
    op.cancel('Too late');
    expect(await remote.facts(op)).toMatchObject({ id: op.id, status: 'canceled' });
  });
});
