import { describe, expect, it } from 'vitest';
import { Cancelable, fromEvent, offline, pageHidden, pageHide, resources } from 'use-cancelable/core';

const untilCanceled = (op: Cancelable): Promise<never> => op.wait(new Promise<never>(() => {}));

// What these sources read is the browser's: here it is asked for real.
describe('in a real browser', () => {
  it.each(['memory', 'storage'] as const)('%s is known, in percent [cases 167, 170]', async (name) => {
    const over = new Cancelable({ sources: [resources({ [name]: 0 })] });
    await expect(over.settle(untilCanceled)).resolves.toMatchObject({ reason: 'condition' });
    expect(over.message).toMatch(new RegExp(`${name} at \\d+%, limit 0%`));
    const within = new Cancelable({ timeout: 200, sources: [resources({ [name]: 100, interval: 20 })] });
    await expect(within.settle(untilCanceled)).resolves.toMatchObject({ reason: 'timeout' });
  });

  it('a battery that is charged or full never cancels [case 168]', async () => {
    const op = new Cancelable({ timeout: 200, sources: [resources({ battery: 0, interval: 20 })] });
    await expect(op.settle(untilCanceled)).resolves.toMatchObject({ reason: 'timeout' });
  });

  it('a page that is shown and on line lets the work complete [case 285]', async () => {
    const op = new Cancelable({ sources: [offline(), pageHidden(), pageHide()] });
    await expect(op.run(() => op.sleep(20).then(() => 'value'))).resolves.toBe('value');
  });

  it('a page that is left cancels in its last moment [case 280]', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const op = new Cancelable({ sources: [fromEvent(frame.contentWindow!, 'pagehide')] });
    const run = op.settle(untilCanceled);
    frame.remove();
    await expect(run).resolves.toMatchObject({ reason: 'signal', message: 'Operation canceled by signal pagehide' });
  });
});
