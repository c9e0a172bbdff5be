import { describe, expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable';
import { createOperationStore } from '../../../playground/operations/createOperationStore.ts';
import { RefusedError } from '../../../playground/requests/request.ts';
import { rootReason } from '../../../playground/requests/rootReason.ts';
import { whyChain, whyShielded, whyStopped } from '../../../playground/words/reasons.ts';
import { forever, untilCanceled } from '../operation/bodies.ts';
import { createGate } from '../operation/gate.ts';
import { growTree } from './growTree.ts';

/** How the playground explains the end of a single operation. */
function explain(operation: Cancelable): string {
  const store = createOperationStore();
  store.add(operation);
  const views = store.getSnapshot();
  return whyStopped(views[0]!, views);
}

describe('why an operation was canceled', () => {
  it.each([
    ['manual', undefined, 'by you'],
    ['manual', 'you pressed Esc', 'you pressed Esc'],
    ['unmount', undefined, 'you left the page'],
    ['hidden', undefined, 'the page was hidden'],
    ['superseded', undefined, 'a newer one took over'],
    ['dropped', undefined, 'one was already running'],
    ['signal', undefined, 'stopped from outside'],
    ['low battery', 'at 5 %', 'at 5 %'],
  ])('%s (%s) reads “%s”', (reason, message, words) => {
    const operation = new Cancelable({ parent: null });
    void operation.settle(untilCanceled);
    operation.cancel({ reason, message });
    expect(explain(operation)).toBe(words);
  });

  it('names the time that it had', async () => {
    const operation = new Cancelable({ parent: null, timeout: 5 });
    await operation.settle(untilCanceled);
    expect(explain(operation)).toBe('longer than 0.005 s');
  });

  it('names what it has stopped with, or says that it never started', async () => {
    const { store, find } = growTree({ Transfer: { Download: {}, Hash: {} } });
    const ended = find('Transfer').settle(() => find('Download').run(untilCanceled));
    find('Transfer').cancel();
    await ended;
    const views = store.getSnapshot();
    expect(views.map((view) => whyStopped(view, views))).toEqual(['by you', 'stopped with Transfer', 'never started']);
  });

  it('says that one has left the page when the boundary above it was unmounted', async () => {
    const boundary = new Cancelable({ parent: null });
    const transfer = boundary.child();
    const ended = boundary.settle(() => transfer.run(untilCanceled));
    boundary.cancel({ reason: 'unmount' });
    await ended;
    expect(explain(transfer)).toBe('you left the page');
    expect(rootReason(transfer)).toBe('unmount');
  });

  it('says so when the body went on', async () => {
    const operation = new Cancelable({ parent: null });
    const ended = operation.settle(forever);
    operation.cancel();
    await ended;
    expect(explain(operation)).toBe('ignored its signal');
  });
});

describe('what a shielded operation is about to do', () => {
  it('is to finish, also when what it belongs to has ended', async () => {
    const gate = createGate();
    const operation = new Cancelable({ parent: null });
    const store = createOperationStore();
    const ended = operation.settle((op) => op.shield(() => gate.promise, { name: 'Save draft' }));
    store.add(operation);
    const words = (): unknown => {
      const views = store.getSnapshot();
      return views.slice(1).map((view) => [view.name, view.status, whyShielded(view, views)]);
    };
    expect(words()).toEqual([['Save draft', 'shielded', 'will finish']]);
    operation.cancel();
    expect(words()).toEqual([['Save draft', 'shielded', 'still finishing']]);
    gate.open();
    await ended;
    expect(words()).toMatchObject([['Save draft', 'completed', expect.anything()]]);
  });
});

describe('why an operation failed', () => {
  it.each([
    ['the words of what was thrown', new Error('The disk is full.'), 'The disk is full.'],
    ['the status that the server answered', new RefusedError(503, 'made to fail\n'), 'HTTP 503'],
    ['what was thrown, if that is no error', 'nothing left', 'nothing left'],
  ])('is told with %s', async (_, thrown, words) => {
    const operation = new Cancelable({ parent: null });
    await operation.settle(() => Promise.reject(thrown));
    expect(explain(operation)).toBe(words);
  });

  it('names the deepest that failed, all the way up, and its siblings name it too', async () => {
    const operation = new Cancelable({ name: 'Pipeline', parent: null });
    const store = createOperationStore();
    store.add(operation);
    await operation.settle((op) =>
      op.child({ name: 'Analyze' }).run(async (op) => {
        void op.spawn(untilCanceled, { name: 'Count words' });
        await op.wait(op.spawn(fail, { name: 'Check links' }));
      }),
    );
    const views = store.getSnapshot();
    expect(views.map((view) => [view.name, whyStopped(view, views)])).toEqual([
      ['Pipeline', 'Check links failed'],
      ['Analyze', 'Check links failed'],
      ['Count words', '“Check links” failed'],
      ['Check links', 'broken'],
    ]);
  });
});

async function fail(op: Cancelable): Promise<void> {
  op.report('Checking');
  await op.sleep(0);
  throw new Error('broken');
}

describe('the chain of reasons', () => {
  it('leads from an operation to where it began', async () => {
    const { store, find } = growTree({ Pipeline: { Analyze: { Count: {} } } });
    const ended = find('Pipeline').settle(() => find('Analyze').run(() => find('Count').run(untilCanceled)));
    find('Pipeline').cancel();
    await ended;
    const views = store.getSnapshot();
    expect(views.map((view) => whyChain(view, views))).toEqual([
      'by you',
      'stopped with Pipeline ← by you',
      'stopped with Analyze ← stopped with Pipeline ← by you',
    ]);
  });
});
