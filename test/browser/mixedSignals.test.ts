import { describe, expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable/core';

const untilCanceled = (op: Cancelable): Promise<never> => op.wait(new Promise<never>(() => {}));

describe('signals of several makers', () => {
  it('of another realm are followed, alone and beside one of this realm', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    try {
      const { AbortController: OtherController } = frame.contentWindow as unknown as typeof globalThis;
      for (const beside of [[], [new AbortController().signal]]) {
        const other = new OtherController();
        expect(other.signal).not.toBeInstanceOf(AbortSignal);
        const op = new Cancelable({ signal: other.signal, sources: beside, parent: null });
        const run = op.settle(untilCanceled);
        other.abort('from the frame');
        await run;
        expect([op.reason, (op.error as Error).cause]).toEqual(['signal', 'from the frame']);
      }
    } finally {
      frame.remove();
    }
  });

  it('that the platform cannot merge are not ignored in silence, and hold up no parent', async () => {
    const polyfilled = Object.assign(new EventTarget(), {
      aborted: false,
      reason: undefined,
    }) as unknown as AbortSignal;
    const parent = new Cancelable({ parent: null });
    const child = parent.child({ signal: polyfilled, sources: [new AbortController().signal] });
    const run = parent.settle(() => child.settle(untilCanceled));
    Object.assign(polyfilled, { aborted: true, reason: 'by hand' });
    polyfilled.dispatchEvent(new Event('abort'));
    await run;
    expect(parent.status).toBe('completed');
    // Followed, or refused in words: AbortSignal.any takes signals of the platform only.
    expect(['canceled', 'failed']).toContain(child.status);
  });
});
