import { expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { answer } from '../../readme/answer.ts';
import { chat } from '../../readme/chat.ts';
import { faults } from './faults.ts';
import { socketServer } from './sockets.ts';

it('the answer of the README can be stopped, and keeps its text', async () => {
  const { url, fate } = faults('parts', { parts: 'data: To be\n\n|data: , or\n\n', then: 'stall' });
  const op = new Cancelable({ parent: null });
  let count = 0;
  op.onProgress(() => void ((count += 1) === 2 && op.cancel('Stop')));
  const outcome = await op.settle((op) => answer(op, url, 'Which?'));
  expect(outcome).toMatchObject({ status: 'canceled', partialResult: 'To be, or' });
  expect(await fate()).toMatchObject({ method: 'POST', received: 6, sentWhole: false });
});

it('the chat of the README can be stopped, and keeps its text', async () => {
  const { url, log } = await socketServer();
  const op = new Cancelable({ parent: null });
  const run = op.settle((op) => chat(op, url, 'say To be|, or'));
  await expect.poll(() => op.context.partialResult).toBe('To be, or');
  op.cancel('Stop');
  expect(await run).toMatchObject({ status: 'canceled', partialResult: 'To be, or' });
  expect(await log('closed')).toEqual(['open', 'got say To be|, or', 'closed 1000']);
});

it('the chat of the README has the whole answer when the server is done', async () => {
  const { url } = await socketServer();
  const op = new Cancelable({ parent: null });
  expect(await op.run((op) => chat(op, url, 'answer To be|, or not'))).toBe('To be, or not');
});
