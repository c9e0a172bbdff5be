import { afterEach, describe, expect, it, vi } from 'vitest';
import { createImport } from '../../readme/sources.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the sources of the README', () => {
  const openDialog = (): HTMLElement => document.createElement('dialog');
  const run = (op: ReturnType<typeof createImport>) => op.settle((op) => op.wait(new Promise(() => {})));

  it('end the import with its dialog', async () => {
    const dialog = openDialog();
    const op = createImport(dialog, []);
    const end = run(op);
    dialog.dispatchEvent(new Event('close'));
    expect(await end).toMatchObject({ status: 'canceled', reason: 'signal', error: { event: 'close' } });
  });

  it('end it when the browser goes offline', async () => {
    const op = createImport(openDialog(), []);
    const end = run(op);
    window.dispatchEvent(new Event('offline'));
    expect(await end).toMatchObject({ status: 'canceled', reason: 'signal', error: { event: 'offline' } });
  });

  it('end it five minutes after the page was hidden, not before', async () => {
    vi.useFakeTimers();
    const op = createImport(openDialog(), []);
    const end = run(op);
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(299_000);
    expect(op.status).toBe('running');
    await vi.advanceTimersByTimeAsync(1000);
    expect(await end).toMatchObject({ status: 'canceled', reason: 'hidden' });
  });

  it('end it when the queue is full and ten seconds have passed, and then alone', async () => {
    vi.useFakeTimers();
    const queue: string[] = [];
    const op = createImport(openDialog(), queue);
    const end = run(op);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(op.status).toBe('running');
    queue.push(...Array.from({ length: 1001 }, () => 'row'));
    await vi.advanceTimersByTimeAsync(100);
    expect(await end).toMatchObject({ status: 'canceled', reason: 'condition' });
    expect(vi.getTimerCount()).toBe(0);
  });
});
