import { expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { answer } from '../../readme/answer.ts';
import { faults } from './faults.ts';

it('the answer of the README can be stopped, and keeps its text', async () => {
  const { url, fate } = faults('parts', { parts: 'data: To be\n\n|data: , or\n\n', then: 'stall' });
  const op = new Cancelable({ parent: null });
  let count = 0;
  op.onProgress(() => void ((count += 1) === 2 && op.cancel('Stop')));
  const outcome = await op.settle((op) => answer(op, url, 'Which?'));
  expect(outcome).toMatchObject({ status: 'canceled', partialResult: 'To be, or' });
  expect(await fate()).toMatchObject({ method: 'POST', received: 6, sentWhole: false });
});
