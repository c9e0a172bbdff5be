import { expect, it, vi } from 'vitest';
import { onOwnEnd } from '../../../src/worker/closing.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';

it('a port is closed and all hear of it, though one of them throws', async () => {
  const errors = collectReportedErrors();
  const { port1, port2 } = new MessageChannel();
  const [heard, onMessage] = [vi.fn<() => void>(), vi.fn<() => void>()];
  port2.addEventListener('message', onMessage);
  port2.start();
  onOwnEnd(port2, () => {
    throw new Error('deaf');
  });
  onOwnEnd(port2, heard);
  port2.close();
  port1.postMessage('anybody?');
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  expect(heard).toHaveBeenCalledTimes(1);
  expect(onMessage).not.toHaveBeenCalled();
  expect(errors).toEqual([new Error('deaf')]);
});
